// A row of letters with its title: an outbox, a queue, a maildrop, what lies on a device. Where its
// parts lie on a card is told by card_parts.
#pragma once

#include "gui/stage/card_parts.hpp"
#include "gui/stage/stage_frame.hpp"

namespace mailwalk::gui {

// Of the letters of a shelf, those that have a place on it: `count` from `begin` on. The first
// place tells how many lie before them, the last one how many behind, where there are such and more
// than two places.
struct ShelfPart {
  std::size_t begin = 0, count = 0;
  friend bool operator==(const ShelfPart&, const ShelfPart&) = default;
};
// The part in which this letter lies. It goes on by whole parts, so that letters stay where they
// are while a session goes through them.
ShelfPart shelf_part(std::size_t total, std::size_t letter, std::size_t places);

void draw_shelf_title(const StageFrame& frame, const SceneShelf& shelf, const Rect& place);
struct LetterRows {
  Rect place;
  int rows;
  float scale;            // of the envelopes' usual size
  bool has_title_beside;  // the shelf's, behind the letters
};
// As far as there are letters; what does not fit is told as a number.
void draw_shelf_letters(const StageFrame& frame, const SceneShelf& shelf, const LetterRows& where);
void draw_shelf_note(const StageFrame& frame, const SceneShelf& shelf, const Rect& place,
                     int lines);

}  // namespace mailwalk::gui
