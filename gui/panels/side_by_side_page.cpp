#include "gui/panels/side_by_side_page.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "export/time_words.hpp"
#include "gui/panels/panel_frame.hpp"
#include "gui/panels/transport.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/button.hpp"

namespace mailwalk::gui {
namespace {

constexpr std::size_t kMostDifferences = 4;

// In em: what is around the two stages. Presented, all room is theirs but for the transport.
struct PageSizes {
  float bar, gap, title, caption, transport, row;  // row: of the figures
};
PageSizes page_sizes(Mode mode) {
  if (mode == Mode::Present) return {0, 0.2F, 1.7F, 2.9F, 2.4F, 0};
  return {3.0F, 0.6F, 2.2F, 3.7F, 3.0F, 1.6F};
}

struct Places {
  Rect bar, left, right, transport, summary;
};

Places places(const SideBySidePlace& page) {
  const PageSizes sizes = page_sizes(page.mode);
  const float em = page.em;
  const float gap = em * sizes.gap;
  const auto rows = static_cast<float>(std::min(page.rows, kMostDifferences));
  const bool has_figures = sizes.row > 0;
  const float summary =
      has_figures ? std::min(em * (sizes.row * (rows + 1) + 1.0F), page.height * 0.3F) : 0.0F;
  Places it;
  it.bar = {0, 0, page.width, em * sizes.bar};
  it.summary = {gap, page.height - gap - summary, page.width - 2 * gap, summary};
  it.transport = {gap, it.summary.y - (has_figures ? gap : 0.0F) - em * sizes.transport,
                  page.width - 2 * gap, em * sizes.transport};
  const float top = it.bar.bottom() + gap;
  const float half = (page.width - 3 * gap) / 2;
  const float room = std::max(it.transport.y - gap - top, 1.0F);
  it.left = {gap, top, half, room};
  it.right = {gap * 2 + half, top, half, room};
  return it;
}

// Of a side's card, the part for its stage.
Rect stage_part(const Rect& card, float em, Mode mode) {
  const PageSizes sizes = page_sizes(mode);
  return {card.x, card.y + em * sizes.title, card.w,
          std::max(card.h - em * (sizes.title + sizes.caption), 1.0F)};
}

// As large as the stage's words where it has room on two lines; rather smaller than cut.
void draw_side_caption(const SideBySideFrame& frame, const OneSide& side, const UiFrame& ui,
                       const Rect& place) {
  constexpr int kLines = 2;
  ImFont* font = ui.font(frame.mode == Mode::Present ? Face::Body : Face::Title);
  if (paragraph_lines(font, place.w, side.caption) > kLines) font = ui.font(Face::Body);
  draw_paragraph(*ImGui::GetWindowDrawList(), font, place.min(), place.w,
                 side.acts ? frame.theme.ink : frame.theme.muted, side.caption, kLines);
}

void draw_side(const SideBySideFrame& frame, OneSide& side, const UiFrame& ui, const Rect& place) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float em = ui.em();
  draw_card(ui, place);
  ImFont* title = ui.font(Face::Title);
  const std::string name =
      fitted(safe(frame.language.pick(side.run.name)), title, place.w - em * 2);
  draw_text(list, title, {place.center().x, place.y + em * 0.3F}, frame.theme.ink, name,
            Align::Center);
  // Both stages are only looked at here: nothing can be asked of them.
  Intents nothing;
  side.stage.draw(ui, stage_part(place, em, frame.mode), nothing);
  draw_side_caption(frame, side, ui,
                    {place.x + em * 0.8F, place.bottom() - em * page_sizes(frame.mode).caption,
                     place.w - em * 1.6F, em * page_sizes(frame.mode).caption});
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

// Which step, and what time it is on the side that is further. Returns where it begins.
float draw_step_count(const SideBySideFrame& frame, const UiFrame& ui, const Rect& place) {
  const SideBySide& sides = frame.sides;
  const std::string count = frame.language.format("side.step", sides.at(), sides.size());
  const std::string most = frame.language.format("side.step", sides.size(), sides.size());
  const journal::WorldView& left = sides.left().view.after();
  const journal::WorldView& right = sides.right().view.after();
  const std::string clock = clock_text(left.calendar, std::max(left.now, right.now));
  ImFont* font = ui.font(Face::Small);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float y = place.center().y;
  draw_text(list, font, {place.right(), y - font->FontSize}, frame.theme.ink, count, Align::Right);
  draw_text(list, font, {place.right(), y}, frame.theme.muted, clock, Align::Right);
  return place.right() - std::max(text_size(most, font).x, text_size(clock, font).x);
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
  float right = place.right() - em * 0.7F;
  if (frame.mode == Mode::Present) {  // the bar with the way out is not there
    right -= em * 2.1F;
    ImGui::SetCursorScreenPos({right, place.center().y - button_height(ui) / 2});
    if (button(ui, "leave", icon::kCross, {.width_px = em * 2.1F})) intents.ask(intent::Leave{});
    tooltip(ui, frame.language.text("side.back"));
    right -= em * 0.5F;
  }
  right = draw_step_count(frame, ui, {x, place.y, right - x, place.h});
  draw_progress(frame, {x + em, place.y, right - x - em * 2, place.h}, em, intents);
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
    y += em * page_sizes(frame.mode).row;
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

std::pair<Rect, Rect> side_by_side_stages(const SideBySidePlace& page) {
  const Places it = places(page);
  return {stage_part(it.left, page.em, page.mode), stage_part(it.right, page.em, page.mode)};
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
  const Places it = places({size.x, size.y, left.em(), frame.mode, frame.sides.summary().size()});
  if (it.bar.h > 0) draw_bar(frame, left, it.bar, intents);
  ImGui::PushID("left");
  draw_side(frame, frame.sides.left(), left, it.left);
  ImGui::PopID();
  ImGui::PushID("right");
  draw_side(frame, frame.sides.right(), right, it.right);
  ImGui::PopID();
  draw_transport(frame, left, it.transport, intents);
  if (it.summary.h > 0) draw_summary(frame, left, it.summary);
}

}  // namespace mailwalk::gui
