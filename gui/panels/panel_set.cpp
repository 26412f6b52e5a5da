#include "gui/panels/ladder.hpp"
#include "gui/panels/lesson_card.hpp"
#include "gui/panels/panel.hpp"
#include "gui/panels/transcript.hpp"

namespace mailwalk::gui {

std::vector<std::unique_ptr<Panel>> make_panels() {
  std::vector<std::unique_ptr<Panel>> panels;
  panels.push_back(std::make_unique<LessonCard>());
  panels.push_back(std::make_unique<Ladder>());
  panels.push_back(std::make_unique<Transcript>());
  return panels;
}

}  // namespace mailwalk::gui
