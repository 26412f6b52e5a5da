#include "gui/stage/card_sizes.hpp"

#include <algorithm>

namespace mailwalk::gui {
namespace {

constexpr float kTitleLine = 1.45F;
constexpr float kTitleLineOfTwo = 1.3F;
constexpr float kSubtitleLine = 1.15F;
constexpr float kHeadPad = 0.55F;
constexpr float kTightHeadPad = 0.4F;

// Height below the head and the strip.
CardHeights body_heights(const PlannedMachine& machine, Density density) {
  const bool is_tight = density == Density::Tight;
  switch (machine.kind) {
    case CardKind::Sender: return {is_tight ? 2.0F : 2.5F, 8.2F};
    case CardKind::Mta: return {is_tight ? 2.0F : 2.5F, 5.2F};
    case CardKind::Mailbox: {
      const auto maildrops = static_cast<float>(std::max(machine.maildrops, 1U));
      const float letters = 3.2F * maildrops;
      const float titles = maildrops > 1 ? 1.35F * maildrops : 0;
      return {letters + titles + (is_tight ? 0.0F : 1.6F), 2.0F + 8.0F * maildrops};
    }
    case CardKind::Receiver: return {is_tight ? 2.0F : 2.5F, 8.6F};
    case CardKind::NameServer: return {0, 0};
  }
  return {2, 5};
}

}  // namespace

float head_height(CardKind kind, HeadStyle head, Density density) {
  const int lines = head.lines(kind);
  const bool is_tight = density == Density::Tight;
  const float line = lines > 1 || is_tight ? kTitleLineOfTwo : kTitleLine;
  const float pad = is_tight ? kTightHeadPad : kHeadPad;
  const float title = line * static_cast<float>(lines);
  if (kind == CardKind::Receiver) return pad + title + head.mode_line;
  const bool has_subtitle =
      head.subtitle == Subtitle::Shown && !is_tight && kind != CardKind::NameServer;
  // A second line of the name takes the place of the host.
  return pad + (has_subtitle ? std::max(title, kTitleLine + kSubtitleLine) : title);
}

CardHeights card_heights(const PlannedMachine& machine, HeadStyle head, Density density) {
  const float above = head_height(machine.kind, head, density);
  // Questions and answers rest below its name, whoever asks.
  if (machine.kind == CardKind::NameServer) return {above + kStripHeight, above + kStripHeight};
  const float strip = density == Density::Tight ? 0.0F : kStripHeight;
  const CardHeights body = body_heights(machine, density);
  return {above + strip + body.least, above + strip + body.wanted};
}

}  // namespace mailwalk::gui
