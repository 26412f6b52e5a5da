// The lesson that is open: its title, and what there is to look at.
#pragma once

#include "gui/panels/panel.hpp"

namespace mailwalk::gui {

class LessonCard : public Panel {
 public:
  [[nodiscard]] std::string_view key() const override { return "lesson"; }
  [[nodiscard]] Dock dock() const override { return Dock::Right; }
  void draw(const UiFrame& frame, Intents& intents) override;

 private:
  // What of a gate was last in sight: a question from its beginning, a verdict to its end.
  enum class Shown : std::uint8_t { Lesson, Question, Verdict };
  Shown shown_ = Shown::Lesson;
};

}  // namespace mailwalk::gui
