// A machine's card in the scene: what lies where on it.
#pragma once

#include "gui/stage/scene.hpp"
#include "journal/machine_view.hpp"

namespace mailwalk::gui {

SceneCard make_card(const SceneRequest& request, const journal::Machine& machine, CardKind kind);

}  // namespace mailwalk::gui
