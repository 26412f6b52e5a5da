#include "gui/stage/arrivals.hpp"

#include <algorithm>

#include "gui/stage/scene_packet.hpp"

namespace mailwalk::gui {
namespace {

bool is_same_packet(const ScenePacket& a, const ScenePacket& b) {
  return a.says == b.says && a.from == b.from;
}

std::vector<ScenePacket> packets_at(const Document& document, EventPosition position,
                                    const Language& language, exporting::Sight sight) {
  const journal::WorldView view = document.timeline().view_at(position);
  return make_packets({document.journal(), document.index(), view, position, language, sight});
}

}  // namespace

void Arrivals::look(const Document& document, const Playback& playback, const Language& language,
                    exporting::Sight sight) {
  const auto& motion = playback.motion();
  const EventPosition from = motion ? motion->from : kNoEvent;
  const EventPosition to = motion ? motion->to : kNoEvent;
  if (document_ == &document && from_ == from && to_ == to && language_ == language.which() &&
      sight_ == sight) {
    return;
  }
  document_ = &document;
  from_ = from;
  to_ = to;
  language_ = language.which();
  sight_ = sight;
  packets_.clear();
  if (from == kNoEvent) return;
  packets_ = packets_at(document, from, language, sight);
  if (packets_.empty()) return;
  const std::vector<ScenePacket> still = packets_at(document, to, language, sight);
  std::erase_if(packets_, [&](const ScenePacket& packet) {
    return std::any_of(still.begin(), still.end(),
                       [&](const ScenePacket& other) { return is_same_packet(packet, other); });
  });
}

EventPosition Arrivals::shown(const Playback& playback) const {
  const auto& motion = playback.motion();
  const bool arrives = motion && !packets_.empty() && motion->fraction() < kArrivalShare;
  return arrives ? motion->from : playback.position();
}

}  // namespace mailwalk::gui
