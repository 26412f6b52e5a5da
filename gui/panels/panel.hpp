// A panel beside the stage: draws what it is given, and asks for what a person wants.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"

namespace mailwalk::gui {

enum class Dock : std::uint8_t { Right, Bottom };

inline constexpr float kUnlimitedEm = 1e6F;

// A small class rather than a function, so that a panel may keep how far it is scrolled or what is
// sought in it; of the run it keeps nothing.
class Panel {
 public:
  virtual ~Panel() = default;

  // In settings, and the text "panel.KEY" is its title.
  [[nodiscard]] virtual std::string_view key() const = 0;
  [[nodiscard]] virtual Dock dock() const = 0;
  // Into the current ImGui window, which is as large as the panel.
  virtual void draw(const UiFrame& frame, Intents& intents) = 0;
  // It never needs to be higher than this, with so many letters in the view; in em, without its
  // title.
  [[nodiscard]] virtual float most_em(std::size_t /*letters*/) const { return kUnlimitedEm; }
  // What nobody else does: find, copy. What it does not know it passes over. It is asked only while
  // it is drawn, as are the next three.
  virtual void handle(const Intent& /*intent*/) {}
  // Before it draws the next time. False: it has no scrolling of its own, its window has.
  virtual bool scroll_by(double /*px*/) { return false; }
  // Escape: closes what is open in it. False: nothing is.
  virtual bool leave() { return false; }
  // Has something to go on with in the next frame, even if nobody touches a key.
  [[nodiscard]] virtual bool is_working() const { return false; }
};

// All panels, in the order in which they stand in their docks. A new one is added in panel_set.cpp.
std::vector<std::unique_ptr<Panel>> make_panels();

}  // namespace mailwalk::gui
