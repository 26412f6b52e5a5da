// What a panel is given to draw one frame: everything it may see, and nothing it may change.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/virtual_time.hpp"
#include "export/text.hpp"
#include "gui/documents.hpp"
#include "gui/fonts.hpp"
#include "gui/gates.hpp"
#include "gui/language.hpp"
#include "gui/playback.hpp"
#include "gui/selection.hpp"
#include "gui/settings.hpp"
#include "gui/theme.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::gui {

enum class Mode : std::uint8_t { Work, Present };
// Who goes on by keys is not kept from seeing by what a resting mouse says.
enum class Tips : std::uint8_t { Shown, Hidden };

struct UiFrame {
  const Document& document;
  const journal::WorldView& view;    // right after the event at the position
  const journal::WorldView& before;  // and right before it
  std::uint64_t view_version;        // changes whenever `view` does
  EventPosition shown;               // what is looked at: where it is played, or right before it
  const Playback& playback;
  const Selection& selection;
  const Settings& settings;
  const Theme& theme;
  const Fonts& fonts;
  const Language& language;
  Mode mode = Mode::Work;
  const std::string& caption;  // one sentence about the event at the position
  Duration skipped;            // of virtual time, since the last thing that was told
  exporting::Sight sight = exporting::Sight::Insider;  // of what is encrypted
  std::optional<OpenGate> gate = std::nullopt;         // that asks at the position
  std::string_view branch = {};  // its name, where the run is one; empty: it is as it was opened
  Tips tips = Tips::Shown;

  // The run as it is told to whoever looks.
  [[nodiscard]] const Telling& telling() const { return document.index().telling(sight); }
  // Whose state is shown. While something arrives, playback stands a step further already.
  [[nodiscard]] EventPosition position() const { return shown; }
  // The event at the position; nullptr at the very start.
  [[nodiscard]] const journal::Event* event() const {
    return position() == kNoEvent ? nullptr : &document.journal()[position()];
  }
  // The size of running text, in pixels: distances are told in it.
  [[nodiscard]] float em() const { return fonts.sizes().panel_px; }
  [[nodiscard]] ImFont* font(Face face) const { return fonts.panel(face); }
};

}  // namespace mailwalk::gui
