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

constexpr std::array<Tick, 3> kProtocols{Tick::Smtp, Tick::Pop3, Tick::Names};

// Where several events share a column, marks of effects keep so far from each other, in em.
constexpr float kMarkGap = 0.6F;

// Colour and shape of a kind; heights are parts of the scrubber's. Each differs in its height, so
// that none needs its colour.
struct TickLook {
  Color color;
  float height;
};

TickLook look_of_tick(const Theme& theme, Tick kind) {
  switch (kind) {
    case Tick::Quiet: return {theme.hairline, 0.2F};
    case Tick::Smtp: return {theme.smtp.line, 0.55F};
    case Tick::Pop3: return {theme.pop3.line, 0.35F};
    case Tick::Names: return {theme.names.line, 0.45F};
    case Tick::Person: return {theme.ink, 0.65F};
    case Tick::Effect: return {theme.muted, 0.85F};
    case Tick::Fault: return {theme.fault.line, 1.0F};
  }
  return {theme.hairline, 0.2F};
}

bool is_spoken(Tick kind) {
  return std::find(kProtocols.begin(), kProtocols.end(), kind) != kProtocols.end();
}

class TickPainter {
 public:
  TickPainter(const UiFrame& frame, const Rect& place)
      : theme_(frame.theme),
        place_(place),
        width_(std::max(1.0F, std::round(frame.em() / 9))),
        head_(std::max(1.0F, std::round(frame.em() / 16))),
        mark_gap_(frame.em() * kMarkGap) {}

  void draw(const TickColumn& column) {
    const float x = std::round(place_.x + column.x);
    const TickLook below = look_of_tick(theme_, column.spoken);
    const float base = post(x, below, place_.bottom());
    if (is_spoken(column.kind) || column.kind == Tick::Quiet) return;
    const bool is_effect = column.kind == Tick::Effect;
    if (is_effect && column.events > 1 && x < last_mark_ + mark_gap_) return;
    if (is_effect) last_mark_ = x;
    const TickLook look = look_of_tick(theme_, column.kind);
    const bool has_base = is_effect && is_spoken(column.spoken);
    const float top = post(x, look, has_base ? base : place_.bottom());
    // A square on top, so that effects are found without colours. No circle: hundreds of them would
    // cost more than the rest of the window.
    if (is_effect) fill({x - head_, top - head_}, {x + width_ + head_, top + width_ + head_}, look);
    if (column.kind == Tick::Fault) fill({x - width_, top}, {x + 2 * width_, top + width_}, look);
  }

 private:
  // Returns where it ends above.
  float post(float x, const TickLook& look, float bottom) {
    const float top = place_.bottom() - place_.h * look.height;
    fill({x, top}, {x + width_, bottom}, look);
    return top;
  }
  void fill(ImVec2 min, ImVec2 max, const TickLook& look) {
    ImGui::GetWindowDrawList()->AddRectFilled(min, max, paint(look.color));
  }

  const Theme& theme_;
  const Rect& place_;
  float width_, head_, mark_gap_;
  float last_mark_ = -1e9F;
};

void draw_columns(const UiFrame& frame, const Rect& place, const std::vector<TickColumn>& columns) {
  TickPainter painter(frame, place);
  for (const TickColumn& column : columns) painter.draw(column);
}

// Of which most was said; Quiet if nothing was.
Tick most_spoken(const TickCounts& counts) {
  const auto count_of = [&](Tick kind) { return counts[static_cast<std::size_t>(kind)]; };
  const Tick most = *std::max_element(kProtocols.begin(), kProtocols.end(),
                                      [&](Tick a, Tick b) { return count_of(a) < count_of(b); });
  return count_of(most) == 0 ? Tick::Quiet : most;
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
      made.push_back({scrubber_x(begin, events, width_px), kind, most_spoken(counts),
                      static_cast<std::uint32_t>(end - begin)});
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
