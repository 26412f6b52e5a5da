#include "gui/ui_intent.hpp"

#include <utility>

namespace mailwalk::gui {

// Here, and not in every panel: what a vector does with such a variant takes long to compile.
Intents::Intents() = default;
Intents::~Intents() = default;

void Intents::ask(Intent intent) {
  asked_.push_back(std::move(intent));
}

std::vector<Intent> Intents::take() {
  return std::exchange(asked_, {});
}

}  // namespace mailwalk::gui
