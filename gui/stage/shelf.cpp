#include "gui/stage/shelf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "gui/safe_text.hpp"
#include "gui/stage/envelope.hpp"
#include "gui/stage/meter.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kShelfTitle = 1.35F;   // em
constexpr float kLetterGap = 0.3F;     //
constexpr float kShelfRowGap = 0.45F;  //
constexpr float kMarkLine = 1.05F;     // over a letter on a maildrop's shelf: its number, or DELE
constexpr float kGrace = 0.35F;        // so much of the last row's gap may be missing
constexpr float kNoteLine = 1.25F;     //

bool has_marks(const SceneShelf& shelf) {
  return shelf.kind == ShelfKind::Maildrop;
}

float row_height(const SceneShelf& shelf) {
  return kEnvelopeHeight + kShelfRowGap + (has_marks(shelf) ? kMarkLine : 0.0F);
}

// How many columns of letters fit, and which letters have a place.
struct ShelfGrid {
  std::size_t columns, places;
  ShelfPart shown;
};
ShelfGrid grid_for(const StageFrame& frame, const SceneShelf& shelf, const Rect& place) {
  const float step = frame.em() * (kEnvelopeWidth + kLetterGap);
  const auto columns =
      static_cast<std::size_t>(std::max((place.w + frame.em() * kLetterGap) / step, 1.0F));
  const auto rows = static_cast<std::size_t>(std::max(
      (place.h + frame.em() * (kShelfRowGap + kGrace)) / (frame.em() * row_height(shelf)), 0.0F));
  const std::size_t places = columns * rows;
  ShelfPart shown = shelf_part(shelf.total, shelf.first + shelf.focus, places);
  // Of a very large one only some are known.
  const std::size_t end = std::min(shown.begin + shown.count, shelf.first + shelf.letters.size());
  shown.begin = std::max(shown.begin, shelf.first);
  shown.count = end - std::min(end, shown.begin);
  return {columns, places, shown};
}

// "+12 more", or "+12" where there is little room, and smaller rather than cut: half a number would
// be another one.
void draw_more(const StageFrame& frame, const Rect& rect, float room, std::size_t count) {
  ImFont* font = frame.font(Face::Small);
  std::string more = frame.language().format("stage.more", count);
  if (text_size(more, font).x > room) more = fmt::format("+{}", count);
  const float width = text_size(more, font).x;
  const float size = font->FontSize * std::min(1.0F, room / std::max(width, 1.0F));
  frame.list.AddText(font, size, {rect.x, rect.center().y - size / 2}, paint(frame.theme().ink),
                     more.c_str());
}

void draw_mark(const StageFrame& frame, const SceneLetter& letter, const Rect& rect) {
  const bool ghost = letter.shape == LetterShape::Ghost;
  std::string mark = ghost                   ? std::string(frame.language().text("stage.marked"))
                     : letter.session_number ? fmt::format("{}", *letter.session_number)
                                             : std::string();
  ImFont* font = frame.font(Face::Small);
  draw_text(frame.list, font, {rect.center().x, rect.y - font->FontSize * 1.1F},
            frame.theme().muted, mark, Align::Center);
}

// Returns where the last row ends.
float draw_letters(const StageFrame& frame, const SceneShelf& shelf, const Rect& place) {
  const float em = frame.em();
  const ShelfGrid grid = grid_for(frame, shelf, place);
  const float step_x = em * (kEnvelopeWidth + kLetterGap);
  const float step_y = em * row_height(shelf);
  const float above = has_marks(shelf) ? em * kMarkLine : 0;
  const auto rect_at = [&](std::size_t i) {
    const auto column = static_cast<float>(i % grid.columns);
    const auto row = static_cast<float>(i / grid.columns);
    return Rect{place.x + column * step_x, place.y + above + row * step_y, em * kEnvelopeWidth,
                em * kEnvelopeHeight};
  };
  const ShelfPart& shown = grid.shown;
  std::size_t place_at = 0;
  if (shown.begin > 0) draw_more(frame, rect_at(place_at++), step_x * 0.95F, shown.begin);
  for (std::size_t i = shown.begin; i < shown.begin + shown.count; ++i) {
    const SceneLetter& letter = shelf.letters[i - shelf.first];
    const Rect rect = rect_at(place_at++);
    const bool selected = touches_copy(frame.ui.selection, letter.copy);
    draw_envelope(frame, rect, {letter.number, letter.shape, selected ? Marked::Yes : Marked::No});
    if (has_marks(shelf)) draw_mark(frame, letter, rect);
    frame.spots.push_back({rect, letter.copy});
  }
  const std::size_t behind = shelf.total - shown.begin - shown.count;
  if (behind > 0 && place_at < std::max<std::size_t>(grid.places, 1)) {
    const Rect rect = rect_at(place_at++);
    const float room = std::max(place.right() - rect.x, em * kEnvelopeWidth);
    draw_more(frame, rect, room, behind);
  }
  const std::size_t rows = (place_at + grid.columns - 1) / grid.columns;
  return place.y + static_cast<float>(std::max<std::size_t>(rows, 1)) * step_y;
}

// On two lines if there is room for them.
void draw_note(const StageFrame& frame, const SceneShelf& shelf, const Rect& place, float y) {
  const float line = frame.em() * kNoteLine;
  if (shelf.note.empty() || y + line > place.bottom() + frame.em() * 0.3F) return;
  ImFont* font = frame.font(Face::Small);
  const Color color = shelf.is_locked    ? frame.theme().pop3.text
                      : shelf.is_trouble ? frame.theme().fault.text
                                         : frame.theme().muted;
  std::string text = shelf.note;
  if (shelf.is_locked) text = fmt::format("{} {}", icon::kLock, text);
  if (shelf.is_trouble) text = fmt::format("{} {}", icon::kClock, text);
  const int lines = y + 2 * line <= place.bottom() + frame.em() * 0.3F ? 2 : 1;
  draw_paragraph(frame.list, font, {place.x, y}, place.w, color, text, lines);
}

// What the letters on a device are is plain without words: from the last row, and where room is
// dear.
bool has_title(const StageFrame& frame, const SceneShelf& shelf, const Rect& place) {
  if (shelf.kind != ShelfKind::Inbox) return true;
  return frame.ui.mode == Mode::Work &&
         (shelf.total == 0 || place.h >= frame.em() * (kShelfTitle + row_height(shelf)));
}

}  // namespace

ShelfPart shelf_part(std::size_t total, std::size_t letter, std::size_t places) {
  if (total <= places) return {0, total};
  // Hardly any room: the letter itself and one mark, or only the mark.
  if (places == 2) return {letter, 1};
  if (places < 2) return {0, 0};
  const std::size_t at_start = places - 1;  // nothing lies before them
  if (letter < at_start) return {0, at_start};
  const std::size_t part = places - 2;
  const std::size_t rest = total - at_start;
  // The last part needs no mark behind it.
  const std::size_t last = rest < places ? 0 : (rest - places + part) / part;
  const std::size_t number = std::min((letter - at_start) / part, last);
  const std::size_t begin = at_start + number * part;
  return {begin, number == last ? total - begin : part};
}

float least_shelf_height(const SceneShelf& shelf) {
  return kShelfTitle + row_height(shelf);
}

void draw_shelf(const StageFrame& frame, const SceneShelf& shelf, const Rect& place) {
  const float em = frame.em();
  ImFont* font = frame.font(Face::Small);
  const bool titled = has_title(frame, shelf, place);
  // Where a line over the letters would leave them no room, it stands before them.
  const bool is_low = titled && shelf.total > 0 &&
                      place.h < em * (least_shelf_height(shelf) - kShelfRowGap - kGrace);
  const float title_w =
      is_low ? std::min(text_size(shelf.title, font).x + em * 0.5F, place.w * 0.5F) : place.w;
  if (titled) {
    draw_text(frame.list, font, {place.x, place.y}, frame.theme().muted,
              fitted(shelf.title, font, title_w));
  }
  const float left = is_low ? title_w : 0;
  const float meter_h = shelf.meter ? em * kMeterHeight : 0;
  const float note_h = shelf.note.empty() ? 0 : em * kNoteLine;
  const float top = place.y + (titled && !is_low ? em * kShelfTitle : 0);
  const float least = em * row_height(shelf);
  const bool roomy = place.bottom() - top >= least + meter_h + note_h;
  const float letters_h = std::max(place.bottom() - top - (roomy ? meter_h + note_h : 0), 0.0F);
  float y = 0;
  if (shelf.total == 0) {
    draw_text(frame.list, font, {place.x, top}, frame.theme().ghost.text,
              frame.language().text("stage.empty"));
    y = top + em * 1.4F;
  } else {
    y = draw_letters(frame, shelf, {place.x + left, top, place.w - left, letters_h});
  }
  // The board under a maildrop's letters.
  if (shelf.kind == ShelfKind::Maildrop && y < place.bottom()) {
    if (shelf.total == 0) y = top + em * row_height(shelf);
    frame.list.AddLine({place.x, y - em * 0.2F}, {place.right(), y - em * 0.2F},
                       paint(frame.theme().hairline), frame.stroke() * 1.6F);
    y += em * 0.35F;
  }
  if (shelf.meter && y + meter_h <= place.bottom() + em * 0.3F) {
    draw_meter(frame, {place.x, y, place.w, meter_h}, *shelf.meter);
    y += meter_h;
  }
  draw_note(frame, shelf, place, y);
}

}  // namespace mailwalk::gui
