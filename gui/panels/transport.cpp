#include "gui/panels/transport.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "export/time_words.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/button.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kSquare = 2.1F;  // in em
constexpr float kSpeedWidth = 3;
constexpr float kPlayWidth = 6.2F;  // with its word
constexpr float kButtonGap = 0.35F;

// Puts buttons side by side, from the left.
class ButtonRow {
 public:
  ButtonRow(const UiFrame& frame, const Rect& place)
      : frame_(frame), x_(place.x), y_(place.center().y - button_height(frame) / 2) {}

  bool add(const char* id, std::string_view label, std::string_view help, ButtonLook look) {
    if (look.width_px <= 0) look.width_px = button_width(frame_, label);
    ImGui::SetCursorScreenPos({x_, y_});
    x_ += look.width_px + frame_.em() * kButtonGap;
    const bool clicked = button(frame_, id, label, look);
    tooltip(frame_, help);
    return clicked;
  }
  [[nodiscard]] float end() const { return x_; }

 private:
  const UiFrame& frame_;
  float x_, y_;
};

// What there is room for beside the five buttons: the clock goes first, then the speed.
struct TransportParts {
  bool speed, clock;
};

bool is_roomy(const UiFrame& frame, const Rect& place) {
  return place.w > frame.em() * 40;
}

// Returns where the buttons end.
float draw_buttons(const UiFrame& frame, const Rect& place, TransportParts parts,
                   Intents& intents) {
  const Language& language = frame.language;
  const bool playing = frame.playback.is_playing();
  const bool roomy = is_roomy(frame, place);
  const std::string play_label =
      roomy ? fmt::format("{}  {}", playing ? icon::kPause : icon::kPlay,
                          language.text(playing ? "transport.pause" : "transport.play"))
            : std::string(playing ? icon::kPause : icon::kPlay);
  const float square = frame.em() * kSquare;
  ButtonRow row(frame, place);
  if (row.add("start", icon::kToStart, language.text("keys.start"), {.width_px = square})) {
    intents.ask(intent::JumpToStart{});
  }
  if (row.add("back", icon::kBack, language.text("keys.back"), {.width_px = square})) {
    intents.ask(intent::Step{Stride::Told, Direction::Back});
  }
  // As wide as the longer of its two words, so that nothing moves when it is pressed.
  const float play_width = roomy ? frame.em() * kPlayWidth : square;
  if (row.add("play", play_label, language.text("keys.play"),
              {.emphasis = Emphasis::Primary, .width_px = play_width})) {
    intents.ask(intent::TogglePlay{});
  }
  if (row.add("step", icon::kForward, language.text("keys.step"), {.width_px = square})) {
    intents.ask(intent::Step{Stride::Told, Direction::Forward});
  }
  if (row.add("end", icon::kToEnd, language.text("keys.end"), {.width_px = square})) {
    intents.ask(intent::JumpToEnd{});
  }
  const std::size_t speed = frame.playback.speed();
  if (!parts.speed) return row.end();
  if (row.add("speed", speed_text(speed), language.text("transport.speed"),
              {.emphasis = Emphasis::Quiet, .width_px = frame.em() * kSpeedWidth})) {
    intents.ask(intent::SetSpeed{(speed + 1) % kSpeeds.size()});
  }
  return row.end();
}

// Room for the largest numbers that this run has, so that the scrubber keeps its length.
float clock_width(const UiFrame& frame) {
  const std::uint64_t most = frame.document.index().size();
  return std::max(
      text_size(frame.language.format("transport.event", most, most), frame.font(Face::Strong)).x,
      text_size("00:00:00.000", frame.font(Face::Mono)).x);
}

TransportParts parts_for(const UiFrame& frame, const Rect& place) {
  const float em = frame.em();
  const float play = is_roomy(frame, place) ? kPlayWidth : kSquare;
  const float buttons = em * (4 * kSquare + play + 5 * kButtonGap);
  const float speed = em * (kSpeedWidth + kButtonGap);
  TransportParts parts{};
  parts.speed = buttons + speed <= place.w;
  parts.clock = buttons + speed + em + clock_width(frame) <= place.w;
  return parts;
}

// Two lines at the right end: which event, and what time it is there. Returns where they begin.
float draw_clock(const UiFrame& frame, const Rect& place) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const std::uint64_t at = frame.view.events;
  const std::string count =
      frame.language.format("transport.event", at, frame.document.index().size());
  const std::string clock = clock_text(frame.view.calendar, frame.view.now);
  ImFont* strong = frame.font(Face::Strong);
  ImFont* mono = frame.font(Face::Mono);
  const float middle = place.center().y;
  draw_text(list, strong, {place.right(), middle - strong->FontSize * 1.05F}, frame.theme.ink,
            count, Align::Right);
  draw_text(list, mono, {place.right(), middle}, frame.theme.muted, clock, Align::Right);
  return place.right() - clock_width(frame);
}

}  // namespace

std::string speed_text(std::size_t index) {
  const double speed = kSpeeds[index];
  return speed < 1 ? fmt::format("1/{:.0f}×", 1 / speed) : fmt::format("{:.0f}×", speed);
}

void Transport::draw(const UiFrame& frame, const Rect& place, Intents& intents) {
  ImGui::PushID("transport");
  const float margin = frame.em() * 0.9F;
  const Rect inside{place.x + margin, place.y, place.w - 2 * margin, place.h};
  const TransportParts parts = parts_for(frame, inside);
  const float left = draw_buttons(frame, inside, parts, intents) + frame.em() * 0.5F;
  const float right = parts.clock ? draw_clock(frame, inside) - frame.em() : inside.right();
  if (right - left > frame.em() * 2) {
    scrubber_.draw(frame, {left, place.y, right - left, place.h}, intents);
  }
  ImGui::PopID();
}

}  // namespace mailwalk::gui
