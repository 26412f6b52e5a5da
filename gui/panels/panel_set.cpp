#include "gui/panels/inspector.hpp"
#include "gui/panels/ladder.hpp"
#include "gui/panels/ledger.hpp"
#include "gui/panels/lesson_card.hpp"
#include "gui/panels/panel.hpp"
#include "gui/panels/transcript.hpp"

namespace mailwalk::gui {

std::vector<std::unique_ptr<Panel>> make_panels() {
  std::vector<std::unique_ptr<Panel>> panels;
  panels.push_back(std::make_unique<LessonCard>());
  panels.push_back(std::make_unique<Ledger>());
  panels.push_back(std::make_unique<Ladder>());
  panels.push_back(std::make_unique<Transcript>());
  panels.push_back(std::make_unique<Inspector>());
  return panels;
}

}  // namespace mailwalk::gui
