#include "gui/panels/ladder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "gui/panels/ladder_rows.hpp"
#include "gui/panels/lifelines.hpp"
#include "gui/row_words.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/button.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kUnit = 0.6F;       // of a row's height, in em
constexpr float kLadderBar = 0.9F;  // room for the scroll bar, in em

float gutter_width(const UiFrame& frame) {
  const std::size_t lanes = std::max<std::size_t>(frame.telling().ladder().lanes(), 1);
  const float label = text_size("#000 :110", frame.font(Face::Small)).x;
  return label + frame.em() * (0.6F + 0.55F * static_cast<float>(lanes));
}

// What can be seen: as far as anybody has been.
std::uint32_t rows_known(const UiFrame& frame) {
  return frame.telling().rows().begun(frame.playback.furthest());
}

RowRange rows_in_sight(const RowStack& stack, const ScrollView& scroll, float height, float unit,
                       std::uint32_t known) {
  const auto units_at = [&](double px) {
    return static_cast<std::uint64_t>(std::max(px, 0.0) / static_cast<double>(unit));
  };
  const double end = scroll.offset() + static_cast<double>(height);
  const auto first = static_cast<std::uint32_t>(stack.index_at(units_at(scroll.offset())));
  const auto last = static_cast<std::uint32_t>(stack.index_at(units_at(end)));
  return {std::min(first, known), std::min(last + 1, known)};
}

// A line across: what is above it has happened.
void draw_position_line(const UiFrame& frame, const LadderPlace& place, std::uint32_t begun) {
  const float y = place.y_of(frame.telling().ladder().stack().height(begun));
  if (y < place.rows.y || y > place.rows.bottom()) return;
  const float em = frame.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 color = paint(frame.theme.ink);
  list.AddLine({place.gutter.x, y}, {place.rows.right(), y}, color, std::max(1.0F, em / 10));
  list.AddTriangleFilled({place.gutter.x, y - em * 0.3F}, {place.gutter.x, y + em * 0.3F},
                         {place.gutter.x + em * 0.4F, y}, color);
}

// Near its head an arrow is where it arrives, elsewhere where it was sent.
EventPosition event_at(const UiFrame& frame, const LadderPlace& place, const Row& row, float x) {
  const float from = place.lifelines.x_of(row.from);
  const float to = place.lifelines.x_of(row.to);
  const bool at_head = std::abs(x - to) < std::abs(x - from);
  const bool has_arrived = state_at(row, frame.playback.furthest()) == RowState::Arrived;
  return at_head && has_arrived ? row.arrived : row.at;
}

std::string tip_of(const UiFrame& frame, const Row& row, EventSentences& sentences) {
  const journal::Journal& journal = frame.document.journal();
  std::string tip = safe(sentences.of(frame, row.at));
  const VirtualTime sent = journal[row.at].time;
  tip += "\n" + clock_text(frame.view.calendar, sent);
  if (state_at(row, frame.playback.furthest()) == RowState::Arrived && row.arrived != row.at) {
    const VirtualTime arrived = journal[row.arrived].time;
    tip += fmt::format(" → {}   ({})", clock_text(frame.view.calendar, arrived),
                       duration_text(arrived - sent));
  }
  const std::string session = safe(session_title(frame, row.connection));
  return session.empty() ? tip : tip + "\n" + session;
}

// Click selects, a second one goes there, a right click asks what can be done.
void take_mouse(const UiFrame& frame, const LadderPlace& place, RowRange shown,
                EventSentences& sentences, Intents& intents) {
  const Rect area{place.gutter.x, place.rows.y, place.rows.right() - place.gutter.x, place.rows.h};
  ImGui::SetCursorScreenPos(area.min());
  ImGui::InvisibleButton("rows", {std::max(area.w, 1.0F), std::max(area.h, 1.0F)});
  if (!ImGui::IsItemHovered() || shown.begin >= shown.end) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const double units =
      (static_cast<double>(mouse.y) - place.top_px) / static_cast<double>(place.unit_px);
  const Telling& telling = frame.telling();
  const std::size_t at =
      telling.ladder().stack().index_at(static_cast<std::uint64_t>(std::max(units, 0.0)));
  if (at >= shown.end) return;
  const Row& row = telling.rows()[RowId{static_cast<std::uint32_t>(at)}];
  const bool on_bracket = place.gutter.contains(mouse) && row.connection != kNoConnection;
  const EventPosition event = event_at(frame, place, row, mouse.x);
  const Selection what = on_bracket ? Selection(row.connection) : Selection(event);
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) intents.ask(intent::Select{what});
  if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) intents.ask(intent::JumpTo{event});
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Right)) {
    intents.ask(intent::OfferMenu{what, mouse.x, mouse.y});
  }
  tooltip(frame,
          on_bracket ? safe(session_title(frame, row.connection)) : tip_of(frame, row, sentences));
}

}  // namespace

// Where the position goes, the view goes too; a person who scrolls stays until then. Half of it is
// for what has been: there a person reads how it came to this.
void Ladder::follow(const UiFrame& frame, float place_px) {
  const float unit = std::round(frame.em() * kUnit * 4) / 4;
  if (followed_version_ == frame.view_version && followed_unit_px_ == unit) return;
  followed_version_ = frame.view_version;
  followed_unit_px_ = unit;
  const std::uint32_t begun = frame.telling().rows().begun(frame.position());
  const std::uint64_t here = frame.telling().ladder().stack().height(begun);
  const auto half = static_cast<std::uint64_t>(place_px / 2 / unit);
  const std::uint64_t from = here - std::min(here, half);
  const auto first = static_cast<std::uint32_t>(frame.telling().ladder().stack().index_at(from));
  show_rows(frame, {begun == 0 ? 0 : std::min(first, begun - 1), begun}, place_px);
}

void Ladder::show_rows(const UiFrame& frame, RowRange rows, float place_px) {
  const RowStack& stack = frame.telling().ladder().stack();
  const auto px = [&](std::uint64_t units) {
    return static_cast<double>(units) * static_cast<double>(followed_unit_px_);
  };
  const double margin = static_cast<double>(frame.em());
  const double whole = px(stack.height(rows_known(frame))) + margin;
  scroll_.show({px(stack.height(rows.begin)), px(stack.height(rows.end)) + margin},
               static_cast<double>(place_px), whole);
}

// An event that is selected anywhere comes into sight here.
void Ladder::show_selected(const UiFrame& frame, float place_px) {
  if (seen_selection_ == frame.selection) return;
  seen_selection_ = frame.selection;
  const auto* event = std::get_if<EventPosition>(&frame.selection);
  if (event == nullptr) return;
  const RowId row = frame.telling().rows().row_of(*event);
  if (row == kNoRow || row.value() >= rows_known(frame)) return;
  show_rows(frame, {row.value(), row.value() + 1}, place_px);
}

void Ladder::draw(const UiFrame& frame, Intents& intents) {
  const float em = frame.em();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float gutter = gutter_width(frame);
  const Rect heads{at.x + gutter, at.y, std::max(room.x - gutter - em * kLadderBar, 1.0F), room.y};
  const Lifelines lifelines(frame, heads);
  const float head = lifelines.head_height(frame);
  const Rect rows{heads.x, at.y + head, heads.w, room.y - head};
  if (rows.h < em) return;
  lifelines.draw_heads(frame, heads, intents);

  follow(frame, rows.h);
  show_selected(frame, rows.h);
  const RowStack& stack = frame.telling().ladder().stack();
  const std::uint32_t known = rows_known(frame);
  const double whole =
      static_cast<double>(stack.height(known)) * static_cast<double>(followed_unit_px_) +
      static_cast<double>(em);
  const Rect scrolled{at.x, rows.y, room.x, rows.h};
  scroll_.update(frame, scrolled, whole, static_cast<double>(em) * 5);

  const LadderPlace place{lifelines,
                          rows,
                          {at.x, rows.y, gutter, rows.h},
                          static_cast<double>(rows.y) - scroll_.offset(),
                          followed_unit_px_};
  const RowRange shown = rows_in_sight(stack, scroll_, rows.h, followed_unit_px_, known);
  const std::uint32_t begun = frame.telling().rows().begun(frame.position());
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(scrolled.min(), {rows.right() + em * 0.2F, rows.bottom()}, true);
  kept_.show(frame, {rows, place.gutter, place.top_px, place.unit_px}, [&] {
    lifelines.draw_lines(frame, rows);
    draw_ladder_rows(frame, place, shown, texts_);
    draw_brackets(frame, place, shown, begun);
    draw_position_line(frame, place, begun);
  });
  list.PopClipRect();
  take_mouse(frame, place, shown, texts_.sentences, intents);
}

}  // namespace mailwalk::gui
