#include "gui/panels/scrubber.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace mailwalk::gui {
namespace {

constexpr float kColumnPixels = 3;

// Which kind stands for a column that holds several: the rarer and weightier one.
constexpr std::array<Tick, kTickKinds> kByWeight{
    Tick::Fault, Tick::Effect, Tick::Person, Tick::Pop3, Tick::Smtp, Tick::Names, Tick::Quiet};

// Colour and shape of a kind; heights are parts of the scrubber's.
struct TickLook {
  Color color;
  float height;
  bool has_head;  // a square on top, so that effects are found without colours
};

TickLook look_of_tick(const Theme& theme, Tick kind) {
  switch (kind) {
    case Tick::Quiet: return {theme.hairline, 0.25F, false};
    case Tick::Smtp: return {theme.smtp.line, 0.5F, false};
    case Tick::Pop3: return {theme.pop3.line, 0.5F, false};
    case Tick::Names: return {theme.names.line, 0.4F, false};
    case Tick::Person: return {theme.ink, 0.6F, false};
    case Tick::Effect: return {theme.muted, 0.85F, true};
    case Tick::Fault: return {theme.fault.line, 1.0F, false};
  }
  return {theme.hairline, 0.25F, false};
}

void draw_columns(const UiFrame& frame, const Rect& place, const std::vector<TickColumn>& columns) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = std::max(1.0F, std::round(frame.em() / 9));
  const float head = std::max(1.0F, std::round(frame.em() / 16));
  for (const TickColumn& column : columns) {
    const TickLook look = look_of_tick(frame.theme, column.kind);
    const float x = std::round(place.x + column.x);
    const float top = place.bottom() - place.h * look.height;
    list.AddRectFilled({x, top}, {x + width, place.bottom()}, paint(look.color));
    // No circle: hundreds of them would cost more than the rest of the window.
    if (look.has_head) {
      list.AddRectFilled({x - head, top - head}, {x + width + head, top + width + head},
                         paint(look.color));
    }
    if (column.kind == Tick::Fault) {
      list.AddRectFilled({x - width, top}, {x + 2 * width, top + width}, paint(look.color));
    }
  }
}

}  // namespace

float scrubber_x(std::uint64_t position, std::uint64_t events, float width_px) {
  if (events <= 1) return 0;
  return static_cast<float>(static_cast<double>(position) / static_cast<double>(events - 1) *
                            static_cast<double>(width_px));
}

std::uint64_t scrubber_position(float x, std::uint64_t events, float width_px) {
  if (events <= 1 || width_px <= 0) return 0;
  const double share = std::clamp(static_cast<double>(x) / static_cast<double>(width_px), 0.0, 1.0);
  return static_cast<std::uint64_t>(std::llround(share * static_cast<double>(events - 1)));
}

std::vector<TickColumn> tick_columns(const TickHistogram& ticks, float width_px) {
  const std::uint64_t events = ticks.size();
  const auto most = static_cast<std::uint64_t>(std::max(width_px / kColumnPixels, 1.0F));
  const std::uint64_t columns = std::min(events, most);
  std::vector<TickColumn> made;
  for (std::uint64_t i = 0; i < columns; ++i) {
    const std::uint64_t begin = events * i / columns;
    const std::uint64_t end = events * (i + 1) / columns;
    const TickCounts counts = ticks.count(begin, end);
    for (const Tick kind : kByWeight) {
      if (counts[static_cast<std::size_t>(kind)] == 0) continue;
      made.push_back(
          {scrubber_x(begin, events, width_px), kind, static_cast<std::uint32_t>(end - begin)});
      break;
    }
  }
  return made;
}

void Scrubber::draw(const UiFrame& frame, const Rect& place, Intents& intents) {
  const TickHistogram& ticks = frame.document.index().ticks();
  if (document_ != &frame.document || events_ != ticks.size() || width_px_ != place.w) {
    document_ = &frame.document;
    events_ = ticks.size();
    width_px_ = place.w;
    columns_ = tick_columns(ticks, place.w);
  }
  ImGui::SetCursorScreenPos(place.min());
  ImGui::InvisibleButton("scrubber", {std::max(place.w, 1.0F), std::max(place.h, 1.0F)});
  if (ImGui::IsItemActive() && events_ > 0) {
    const float x = ImGui::GetIO().MousePos.x - place.x;
    const EventPosition there{scrubber_position(x, events_, place.w)};
    const EventPosition start = frame.document.index().start();
    // Before the start there is no stage yet.
    const EventPosition to = start != kNoEvent && there < start ? start : there;
    if (to != frame.position()) intents.ask(intent::JumpTo{to});
  }
  const Rect ticks_place{place.x, place.y + place.h * 0.25F, place.w, place.h * 0.5F};
  kept_.show(frame, ticks_place, [&] { draw_columns(frame, ticks_place, columns_); });
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddLine({place.x, ticks_place.bottom()}, {place.right(), ticks_place.bottom()},
               paint(frame.theme.hairline));
  const std::uint64_t at = frame.position() == kNoEvent ? 0 : frame.position().value();
  const float x = std::round(place.x + scrubber_x(at, events_, place.w));
  const float half = std::max(1.0F, frame.em() / 9);
  list.AddRectFilled({x - half, place.y + place.h * 0.1F}, {x + half, place.y + place.h * 0.9F},
                     paint(frame.theme.ink), half);
}

}  // namespace mailwalk::gui
