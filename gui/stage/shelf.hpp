// A row of letters with its title: an outbox, a queue, a maildrop, what lies on a device.
#pragma once

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

// The least height with which it can be drawn, in em: a title and one row.
float least_shelf_height(const SceneShelf& shelf);

// Fills the place as far as there are letters; what does not fit is told as a number.
void draw_shelf(const StageFrame& frame, const SceneShelf& shelf, const Rect& place);

}  // namespace mailwalk::gui
