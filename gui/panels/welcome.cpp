#include "gui/panels/welcome.hpp"

#include <imgui.h>

#include "gui/safe_text.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

void draw_welcome(const BareFrame& frame, const std::vector<LessonEntry>& lessons,
                  const WelcomeNote& note, Intents& intents) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float em = frame.em();
  const float width = ImGui::GetIO().DisplaySize.x - em * 6;
  float y = em * 3;
  draw_text(list, frame.font(Face::Title), {em * 3, y}, frame.theme.ink, "Mailwalk");
  y += em * 2.2F;
  y +=
      draw_paragraph(list, frame.font(Face::Body), {em * 3, y}, width, frame.theme.ink,
                     frame.language.text(lessons.empty() ? "welcome.no_lessons" : "welcome.title"));
  y += em * 0.6F;
  y +=
      draw_paragraph(list, frame.font(Face::Body), {em * 3, y}, width, note.color, safe(note.text));
  y += em;
  for (const LessonEntry& lesson : lessons) {
    ImGui::PushID(&lesson);
    ImGui::SetCursorScreenPos({em * 3, y});
    if (ImGui::InvisibleButton("lesson", {em * 24, em * 2})) {
      intents.ask(intent::OpenFile{lesson.file});
    }
    const Color color = ImGui::IsItemHovered() ? frame.theme.smtp.text : frame.theme.ink;
    ImFont* font = frame.font(Face::Strong);
    draw_text(list, font, {em * 3, y + em * 0.4F}, color,
              safe_fitted(frame.language.pick(lesson.title), font, width));
    ImGui::PopID();
    y += em * 2.1F;
  }
}

}  // namespace mailwalk::gui
