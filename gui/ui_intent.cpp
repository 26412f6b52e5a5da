#include "gui/ui_intent.hpp"

#include <type_traits>
#include <utility>

#include "base/one_of.hpp"

namespace mailwalk::gui {

bool is_for_whole_window(const Intent& intent) {
  using namespace intent;  // NOLINT: a list of them
  return std::visit(
      [](const auto& it) {
        return is_one_of<std::decay_t<decltype(it)>, OpenFile, AskForFile, SetLanguage,
                         ToggleLanguage, SetTheme, ToggleTheme, ChangeTextSize, ToggleReducedMotion,
                         TogglePresentation, ToggleFullScreen, ToggleKeysPage, Leave>;
      },
      intent);
}

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
