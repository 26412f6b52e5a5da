// How a card spends its room: what of a machine is shown below its name, where, and what goes first
// when there is little. One rule: what is taught is shown largest, and goes last. Letters stay when
// all else is gone; then who holds the lock, whose maildrop it is, what went wrong, what a device
// knows; meters and empty places go first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "gui/stage/scene.hpp"

namespace mailwalk::gui {

enum class CardPartKind : std::uint8_t {
  ShelfTitle,
  Letters,  // of a shelf: its letters, or the word that there are none
  Meter,    // of a shelf: how full it is
  Note,     // of a shelf: who holds it, or when it goes on
  Uids,     // of the device
  Trouble,  //
  Storage,  //
};

struct CardPart {
  CardPartKind kind = CardPartKind::Letters;
  std::size_t shelf = 0;  // of the card's shelves, where the part is one of a shelf
  float y = 0, h = 0;     // in em, from the top of the room
  int lines = 1;          // of words, or rows of letters
  // Letters whose title has no line of its own: it stands behind them.
  bool has_title_beside = false;
};

struct CardRoom {
  float width = 0, height = 0;  // in em
  float line = 1.3F;            // of words, in em: how far one is below another
  float letter_scale = 1;       // how large an envelope is, and the mark over it
};

// In how many lines of the room's width a text stands.
using LinesOf = std::function<int(const std::string& text)>;

// From top to bottom. No two parts overlap, and none ends below the room.
std::vector<CardPart> fill_card(const SceneCard& card, const CardRoom& room, const LinesOf& lines);

// In em, under a row of letters: a gap, and the board of a maildrop.
float below_letters(ShelfKind kind);

// How many envelopes stand in a row, and how high a row of this shelf is; in em.
std::size_t letters_in_row(const CardRoom& room);
float letter_row_height(const SceneShelf& shelf, float letter_scale);

// The largest of the sizes in which letters may be drawn with which every card shows what it shows
// in the least.
struct CardToFill {
  const SceneCard* card;
  CardRoom room;
  LinesOf lines;
};
float letter_scale_for(const std::vector<CardToFill>& cards, float most);

}  // namespace mailwalk::gui
