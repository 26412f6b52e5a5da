// A command, a reply or a letter on its way along a link.
#pragma once

#include "gui/stage/stage_frame.hpp"

namespace mailwalk::gui {

// Where packets are while something moves: those that were under way go on and arrive, then those
// that are new set out to where they rest.
struct PacketMotion {
  float arriving = 1;  // of the packets of the position before, from rest to the end: 0 to 1
  float leaving = 1;   // of the new ones, from their sender to rest
};
// Of a fraction of the whole motion, eased.
PacketMotion packet_motion(double fraction, bool something_arrives);

// A packet at a part of its way: 0 is its sender, 0.5 where it rests, 1 its receiver.
void draw_packet(const StageFrame& frame, const ScenePacket& packet, float part);

// A datagram needs no connection, so its way is only there while it travels; it runs below the
// cards.
void draw_datagram_way(const StageFrame& frame, const ScenePacket& packet);

}  // namespace mailwalk::gui
