#include "gui/panels/side_by_side_page.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "gui/panels/panel_frame.hpp"
#include "gui/panels/transport.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/button.hpp"

namespace mailwalk::gui {
namespace {

// In em.
constexpr float kPageBar = 3.0F;
constexpr float kPageGap = 0.6F;
constexpr float kStageTitle = 2.2F;
constexpr float kStageCaption = 3.1F;
constexpr float kPageTransport = 3.0F;
constexpr float kRow = 1.6F;
constexpr std::size_t kMostDifferences = 4;

struct Places {
  Rect bar, left, right, transport, summary;
};

Places places(float width, float height, float em, std::size_t rows) {
  const float gap = em * kPageGap;
  const float summary =
      std::min(em * (kRow * (static_cast<float>(std::min(rows, kMostDifferences)) + 1) + 1.0F),
               height * 0.3F);
  Places it;
  it.bar = {0, 0, width, em * kPageBar};
  it.summary = {gap, height - gap - summary, width - 2 * gap, summary};
  it.transport = {gap, it.summary.y - gap - em * kPageTransport, width - 2 * gap,
                  em * kPageTransport};
  const float top = it.bar.bottom() + gap;
  const float half = (width - 3 * gap) / 2;
  const float room = std::max(it.transport.y - gap - top, 1.0F);
  it.left = {gap, top, half, room};
  it.right = {gap * 2 + half, top, half, room};
  return it;
}

// Of a side's card, the part for its stage.
Rect stage_part(const Rect& card, float em) {
  return {card.x, card.y + em * kStageTitle, card.w,
          std::max(card.h - em * (kStageTitle + kStageCaption), 1.0F)};
}

void draw_side(const SideBySideFrame& frame, OneSide& side, const UiFrame& ui, const Rect& place) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float em = ui.em();
  draw_card(ui, place);
  ImFont* title = ui.font(Face::Title);
  const std::string name =
      fitted(safe(frame.language.pick(side.run.name)), title, place.w - em * 2);
  draw_text(list, title, {place.center().x, place.y + em * 0.45F}, frame.theme.ink, name,
            Align::Center);
  // Both stages are only looked at here: nothing can be asked of them.
  Intents nothing;
  side.stage.draw(ui, stage_part(place, em), nothing);
  ImFont* font = ui.font(Face::Body);
  draw_paragraph(list, font, {place.x + em * 0.8F, place.bottom() - em * kStageCaption},
                 place.w - em * 1.6F, side.acts ? frame.theme.ink : frame.theme.muted, side.caption,
                 2);
}

// Where both stand, and where they are not the same. A click goes there.
void draw_progress(const SideBySideFrame& frame, const Rect& place, float em, Intents& intents) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const SideBySide& sides = frame.sides;
  const float size = static_cast<float>(std::max<std::uint64_t>(sides.size(), 1));
  const float middle = place.center().y;
  list.AddLine({place.x, middle}, {place.right(), middle}, paint(frame.theme.hairline), em * 0.2F);
  // At most one mark for every pixel, however long the runs are.
  const auto& unlike = sides.unlike_steps();
  auto next = unlike.begin();
  while (next != unlike.end()) {
    const float x = std::floor(place.x + place.w * static_cast<float>(*next) / size);
    list.AddLine({x, middle - em * 0.4F}, {x, middle + em * 0.4F}, paint(frame.theme.fault.line));
    const double beyond = static_cast<double>(x + 1 - place.x) / static_cast<double>(place.w);
    const auto step = static_cast<std::uint64_t>(std::max(beyond, 0.0) * static_cast<double>(size));
    next = std::upper_bound(next, unlike.end(), std::max(step, *next));
  }
  const float here = place.x + place.w * static_cast<float>(sides.at()) / size;
  list.AddRectFilled({here - em * 0.12F, middle - em * 0.8F},
                     {here + em * 0.12F, middle + em * 0.8F}, paint(frame.theme.ink), em * 0.1F);
  ImGui::SetCursorScreenPos(place.min());
  ImGui::InvisibleButton("progress", {std::max(place.w, 1.0F), std::max(place.h, 1.0F)});
  if (!ImGui::IsItemActive()) return;
  const float part = std::clamp((ImGui::GetIO().MousePos.x - place.x) / place.w, 0.0F, 1.0F);
  const auto step = static_cast<std::uint64_t>(part * size);
  intents.ask(intent::JumpToStep{step});
}

void draw_transport(const SideBySideFrame& frame, const UiFrame& ui, const Rect& place,
                    Intents& intents) {
  const float em = ui.em();
  draw_card(ui, place);
  float x = place.x + em * 0.7F;
  const auto add = [&](const char* id, const char* label, const char* help, Intent intent) {
    ImGui::SetCursorScreenPos({x, place.center().y - button_height(ui) / 2});
    if (button(ui, id, label, {.width_px = em * 2.1F})) intents.ask(std::move(intent));
    tooltip(ui, frame.language.text(help));
    x += em * 2.45F;
  };
  add("start", icon::kToStart, "keys.start", intent::JumpToStart{});
  add("back", icon::kBack, "keys.back", intent::Step{Stride::Told, Direction::Back});
  add("play", frame.sides.is_playing() ? icon::kPause : icon::kPlay, "keys.play",
      intent::TogglePlay{});
  add("step", icon::kForward, "keys.step", intent::Step{Stride::Told, Direction::Forward});
  add("end", icon::kToEnd, "keys.end", intent::JumpToEnd{});
  const std::size_t speed = frame.sides.speed();
  ImGui::SetCursorScreenPos({x, place.center().y - button_height(ui) / 2});
  if (button(ui, "speed", speed_text(speed), {.emphasis = Emphasis::Quiet, .width_px = em * 3})) {
    intents.ask(intent::SetSpeed{(speed + 1) % kSpeeds.size()});
  }
  tooltip(ui, frame.language.text("transport.speed"));
  x += em * 3.1F;
  draw_progress(frame, {x + em, place.y, place.right() - x - em * 2, place.h}, em, intents);
}

void draw_summary(const SideBySideFrame& frame, const UiFrame& ui, const Rect& place) {
  draw_card(ui, place);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float em = ui.em();
  const float column = place.w / 3;
  float y = place.y + em * 0.5F;
  const auto line = [&](Face face, Color color, const std::string& what, const std::string& left,
                        const std::string& right) {
    ImFont* font = ui.font(face);
    const float room = column - em * 1.5F;
    draw_text(list, font, {place.x + em, y}, color, fitted(what, font, room));
    draw_text(list, font, {place.x + column + em, y}, color, fitted(left, font, room));
    draw_text(list, font, {place.x + 2 * column + em, y}, color, fitted(right, font, room));
    y += em * kRow;
  };
  line(Face::Strong, frame.theme.muted, std::string(frame.language.text("side.what")),
       safe(frame.language.pick(frame.sides.left().run.name)),
       safe(frame.language.pick(frame.sides.right().run.name)));
  // What differs comes first: there may be more than there is room for.
  std::size_t rows = 0;
  for (const bool differs : {true, false}) {
    for (const SummaryRow& row : frame.sides.summary()) {
      if (row.differs != differs || rows == kMostDifferences) continue;
      line(differs ? Face::Strong : Face::Body, differs ? frame.theme.ink : frame.theme.muted,
           differs ? "≠  " + row.what : row.what, row.left, row.right);
      ++rows;
    }
  }
}

void draw_bar(const SideBySideFrame& frame, const UiFrame& ui, const Rect& place,
              Intents& intents) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float em = ui.em();
  list.AddRectFilled(place.min(), place.max(), paint(frame.theme.card));
  list.AddLine({place.x, place.bottom()}, place.max(), paint(frame.theme.hairline));
  const std::string back(frame.language.text("side.back"));
  const float width = button_width(ui, back);
  ImFont* font = ui.font(Face::Title);
  const std::string title =
      frame.language.format("side.title", safe(frame.language.pick(ui.document.text().title)));
  draw_text(list, font, {place.x + em * 1.1F, place.center().y - font->FontSize / 2},
            frame.theme.ink, fitted(title, font, place.w - width - em * 4));
  ImGui::SetCursorScreenPos({place.right() - width - em, place.center().y - button_height(ui) / 2});
  if (button(ui, "leave", back)) intents.ask(intent::Leave{});
}

}  // namespace

std::pair<Rect, Rect> side_by_side_stages(float width, float height, float em, std::size_t rows) {
  const Places it = places(width, height, em, rows);
  return {stage_part(it.left, em), stage_part(it.right, em)};
}

void draw_side_by_side(const SideBySideFrame& frame, Intents& intents) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const Selection nothing{};
  const auto ui_of = [&](OneSide& side) {
    return UiFrame{*side.run.document,
                   side.view.after(),
                   side.view.before(),
                   side.view.version(),
                   side.view.position(),
                   side.playback,
                   nothing,
                   frame.settings,
                   frame.theme,
                   frame.fonts,
                   frame.language,
                   frame.mode,
                   side.caption,
                   Duration{}};
  };
  const UiFrame left = ui_of(frame.sides.left());
  const UiFrame right = ui_of(frame.sides.right());
  const Places it = places(size.x, size.y, left.em(), frame.sides.summary().size());
  draw_bar(frame, left, it.bar, intents);
  ImGui::PushID("left");
  draw_side(frame, frame.sides.left(), left, it.left);
  ImGui::PopID();
  ImGui::PushID("right");
  draw_side(frame, frame.sides.right(), right, it.right);
  ImGui::PopID();
  draw_transport(frame, left, it.transport, intents);
  draw_summary(frame, left, it.summary);
}

}  // namespace mailwalk::gui
