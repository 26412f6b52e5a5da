// Cause before effect: while something that was under way still travels, the window shows the
// state before it arrived.
#pragma once

#include <vector>

#include "gui/documents.hpp"
#include "gui/language.hpp"
#include "gui/playback.hpp"
#include "gui/stage/scene.hpp"

namespace mailwalk::gui {

// The first part of a motion, in which things arrive; in the rest those that are new set out.
inline constexpr double kArrivalShare = 0.45;

class Arrivals {
 public:
  // Made anew only when another motion begins. Once a frame, before anything is looked at.
  void look(const Document& document, const Playback& playback, const Language& language,
            exporting::Sight sight);

  // The position whose state is to be seen: where a person stands, or the one before as long as
  // something arrives.
  [[nodiscard]] EventPosition shown(const Playback& playback) const;
  // That were under way when the motion began, and are not when it ends.
  [[nodiscard]] const std::vector<ScenePacket>& packets() const { return packets_; }

 private:
  const Document* document_ = nullptr;
  EventPosition from_ = kNoEvent, to_ = kNoEvent;
  exporting::Language language_ = exporting::Language::English;
  exporting::Sight sight_ = exporting::Sight::Insider;
  std::vector<ScenePacket> packets_;
};

}  // namespace mailwalk::gui
