// The lesson that is open: its title, and what there is to look at.
#pragma once

#include <string>
#include <string_view>

#include "gui/documents.hpp"
#include "gui/language.hpp"
#include "gui/panels/panel.hpp"

namespace mailwalk::gui {

// What it is all about, in one line that is safe to draw. A branch has another story than the
// lesson: there it tells what was changed. `branch` is its name, or empty.
std::string lesson_story(const DocumentText& text, std::string_view branch,
                         const Language& language);

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
