// What is on its way at a position: commands, replies, letters, questions to the DNS.
#pragma once

#include <vector>

#include "gui/stage/scene.hpp"

namespace mailwalk::gui {

// At most one in each direction of a connection: the last thing that was said there and has not
// arrived whole.
std::vector<ScenePacket> make_packets(const SceneRequest& request);

}  // namespace mailwalk::gui
