#include "gui/stage/shelf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "gui/safe_text.hpp"
#include "gui/stage/envelope.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kMarkSize = 0.68F;  // of an envelope's height

// How many columns of letters fit, and which letters have a place.
struct ShelfGrid {
  std::size_t columns, places;
  ShelfPart shown;
};
ShelfGrid grid_for(const StageFrame& frame, const SceneShelf& shelf, const LetterRows& where) {
  const float em = frame.em();
  const std::size_t columns =
      letters_in_row({where.place.w / em, where.place.h / em, 0, where.scale});
  const std::size_t places = columns * static_cast<std::size_t>(where.rows);
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

// Over the letter, and as large against it as in a row of usual size.
void draw_mark(const StageFrame& frame, const SceneLetter& letter, const Rect& rect) {
  const bool ghost = letter.shape == LetterShape::Ghost;
  const std::string mark = ghost ? std::string(frame.language().text("stage.marked"))
                           : letter.session_number ? fmt::format("{}", *letter.session_number)
                                                   : std::string();
  if (mark.empty()) return;
  ImFont* font = frame.font(ghost ? Face::Strong : Face::Body);
  const float room = rect.w * 1.08F;  // of the gap beside it, too
  float size = std::round(rect.h * kMarkSize);
  const float wide = font->CalcTextSizeA(size, 1e9F, 0, mark.c_str()).x;
  size *= std::min(1.0F, room / wide);
  const float width = font->CalcTextSizeA(size, 1e9F, 0, mark.c_str()).x;
  const ImVec2 at(std::round(rect.center().x - width / 2), std::round(rect.y - size * 1.1F));
  frame.list.AddText(font, size, at, paint(frame.theme().muted), mark.c_str());
}

// Where the next letter would lie.
void draw_title_beside(const StageFrame& frame, const SceneShelf& shelf, const Rect& next,
                       float right) {
  ImFont* font = frame.font(frame.words_face());
  const std::string& title = shelf.short_title.empty() ? shelf.title : shelf.short_title;
  const float room = right - next.x;
  if (room < frame.em() * 2) return;
  draw_text(frame.list, font, {next.x, next.center().y - font->FontSize / 2}, frame.theme().muted,
            fitted(title, font, room));
}

void draw_letters(const StageFrame& frame, const SceneShelf& shelf, const LetterRows& where) {
  const Rect& place = where.place;
  const float size = frame.em() * where.scale;
  const ShelfGrid grid = grid_for(frame, shelf, where);
  const float step_x = size * (kEnvelopeWidth + kLetterGap);
  const float step_y = std::min(frame.em() * letter_row_height(shelf, where.scale), place.h);
  // Rows end where the place does: the room above is for marks.
  const float first_bottom = place.bottom() - step_y * static_cast<float>(where.rows - 1);
  const float below = frame.em() * below_letters(shelf.kind);
  const auto rect_at = [&](std::size_t i) {
    const auto column = static_cast<float>(i % grid.columns);
    const auto row = static_cast<float>(i / grid.columns);
    const float bottom = first_bottom + row * step_y - std::min(below, place.h * 0.15F);
    const float height = std::min(size * kEnvelopeHeight, place.h * 0.85F);
    return Rect{place.x + column * step_x, bottom - height, size * kEnvelopeWidth, height};
  };
  const ShelfPart& shown = grid.shown;
  std::size_t place_at = 0;
  if (shown.begin > 0) draw_more(frame, rect_at(place_at++), step_x * 0.95F, shown.begin);
  for (std::size_t i = shown.begin; i < shown.begin + shown.count; ++i) {
    const SceneLetter& letter = shelf.letters[i - shelf.first];
    const Rect rect = rect_at(place_at++);
    const bool selected = touches_copy(frame.ui.selection, letter.copy);
    draw_envelope(frame, rect, {letter.number, letter.shape, selected ? Marked::Yes : Marked::No});
    draw_mark(frame, letter, rect);
    frame.spots.push_back({rect, letter.copy});
  }
  const std::size_t behind = shelf.total - shown.begin - shown.count;
  if (behind > 0 && place_at < std::max<std::size_t>(grid.places, 1)) {
    const Rect rect = rect_at(place_at++);
    draw_more(frame, rect, std::max(place.right() - rect.x, size * kEnvelopeWidth), behind);
  }
  const bool has_room_beside = place_at % grid.columns != 0;
  if (where.has_title_beside && has_room_beside) {
    draw_title_beside(frame, shelf, rect_at(place_at), place.right());
  }
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

void draw_shelf_title(const StageFrame& frame, const SceneShelf& shelf, const Rect& place) {
  ImFont* font = frame.font(frame.words_face());
  const bool is_long = !shelf.short_title.empty() && text_size(shelf.title, font).x > place.w;
  draw_text(frame.list, font, place.min(), frame.theme().muted,
            fitted(is_long ? shelf.short_title : shelf.title, font, place.w));
}

void draw_shelf_letters(const StageFrame& frame, const SceneShelf& shelf, const LetterRows& where) {
  const Rect& place = where.place;
  if (shelf.total == 0) {
    draw_text(frame.list, frame.font(frame.words_face()), place.min(), frame.theme().ghost.text,
              frame.language().text("stage.empty"));
  } else {
    draw_letters(frame, shelf, where);
  }
  if (shelf.kind != ShelfKind::Maildrop) return;
  // The board under a maildrop's letters.
  const float y = place.bottom() - frame.em() * below_letters(shelf.kind) / 2;
  frame.list.AddLine({place.x, y}, {place.right(), y}, paint(frame.theme().hairline),
                     frame.stroke() * 1.6F);
}

void draw_shelf_note(const StageFrame& frame, const SceneShelf& shelf, const Rect& place,
                     int lines) {
  const Color color = shelf.is_locked    ? frame.theme().pop3.text
                      : shelf.is_trouble ? frame.theme().fault.text
                                         : frame.theme().muted;
  std::string text = shelf.note;
  if (shelf.is_locked) text = fmt::format("{} {}", icon::kLock, text);
  if (shelf.is_trouble) text = fmt::format("{} {}", icon::kClock, text);
  draw_paragraph(frame.list, frame.font(frame.words_face()), place.min(), place.w, color, text,
                 lines);
}

}  // namespace mailwalk::gui
