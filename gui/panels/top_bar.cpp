#include "gui/panels/top_bar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "gui/panels/branch_path.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/button.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kLessonWidth = 22;  // of a row in the menu, in em

std::string numbered_title(const LessonEntry& lesson, const Language& language) {
  const std::string title = safe(language.pick(lesson.title));
  return lesson.order == 0 ? title : fmt::format("{} · {}", lesson.order, title);
}

// Below the lessons: a recording, or a lesson that lies elsewhere.
void draw_open_row(const UiFrame& frame, Intents& intents) {
  if (ImGui::Selectable("##open", false, 0, {frame.em() * kLessonWidth, frame.em() * 1.8F})) {
    intents.ask(intent::AskForFile{});
  }
  const ImVec2 at = ImGui::GetItemRectMin();
  draw_text(*ImGui::GetWindowDrawList(), frame.font(Face::Body),
            {at.x + frame.em() * 0.4F, at.y + frame.em() * 0.35F}, frame.theme.ink,
            frame.language.text("bar.open_file"));
}

void draw_lesson_menu(const UiFrame& frame, const std::vector<LessonEntry>& lessons,
                      Intents& intents) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(frame.em() * 0.7F, frame.em() * 0.7F));
  hang_popup_below(frame, frame.em() * (kLessonWidth + 1.4F));
  if (ImGui::BeginPopup("lessons")) {
    for (const LessonEntry& lesson : lessons) {
      ImGui::PushID(&lesson);
      if (ImGui::Selectable("##lesson", false, 0, {frame.em() * kLessonWidth, frame.em() * 1.8F})) {
        intents.ask(intent::OpenFile{lesson.file});
      }
      const ImVec2 at = ImGui::GetItemRectMin();
      draw_text(*ImGui::GetWindowDrawList(), frame.font(Face::Body),
                {at.x + frame.em() * 0.4F, at.y + frame.em() * 0.35F}, frame.theme.ink,
                numbered_title(lesson, frame.language));
      ImGui::PopID();
    }
    ImGui::Separator();
    draw_open_row(frame, intents);
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

// The program's name and the lesson that is open, from the left up to `end`. Returns where it ends.
float draw_lesson_title(const UiFrame& frame, const Rect& place, float end,
                        const std::vector<LessonEntry>& lessons, Intents& intents) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float em = frame.em();
  ImFont* font = frame.font(Face::Title);
  draw_text(list, font, {place.x + em * 1.1F, place.center().y - font->FontSize / 2},
            frame.theme.ink, "Mailwalk");
  const float x = place.x + em * 2.4F + text_size("Mailwalk", font).x;
  const float room = end - x - em * 2;
  if (room < em * 4) return x;
  const std::string title = safe(frame.language.pick(frame.document.text().title));
  const std::string label =
      fmt::format("{}   {}", fitted(title, frame.font(Face::Strong), room - em * 3), icon::kDown);
  ImGui::SetCursorScreenPos({x, place.center().y - button_height(frame) / 2});
  if (button(frame, "lesson", label, {.emphasis = Emphasis::Quiet})) ImGui::OpenPopup("lessons");
  tooltip(frame, frame.language.text("bar.open"));
  draw_lesson_menu(frame, lessons, intents);
  return x + button_width(frame, label);
}

struct BarButton {
  const char* id;
  std::string label;
  const char* help;  // key of a text
  Chosen chosen;
  Intent intent;
};

std::vector<BarButton> bar_buttons(const UiFrame& frame, Chosen live) {
  using exporting::Language;
  const bool english = frame.language.which() == Language::English;
  const bool light = frame.settings.theme == ThemeName::Light;
  const auto chosen = [](bool is) { return is ? Chosen::Yes : Chosen::No; };
  return {
      {"id", "Indonesia", "keys.language", chosen(!english),
       intent::SetLanguage{Language::Indonesian}},
      {"en", "English", "keys.language", chosen(english), intent::SetLanguage{Language::English}},
      {"smaller", "A−", "keys.smaller", Chosen::No,
       intent::ChangeTextSize{intent::TextSize::Smaller}},
      {"larger", "A+", "keys.larger", Chosen::No, intent::ChangeTextSize{intent::TextSize::Larger}},
      {"theme", light ? icon::kMoon : icon::kSun, "keys.theme", Chosen::No, intent::ToggleTheme{}},
      {"sight", icon::kEye, "keys.sight", chosen(frame.sight == exporting::Sight::Eavesdropper),
       intent::ToggleSight{}},
      {"modes", icon::kColumns, "keys.other_mode", Chosen::No,
       intent::ShowSideBySide{intent::Beside::OtherMode}},
      {"live", icon::kLive, "keys.live", live, intent::ToggleLive{}},
      {"present", std::string(frame.language.text("bar.present")), "keys.present", Chosen::No,
       intent::TogglePresentation{}},
      {"keys", "?", "keys.all", Chosen::No, intent::ToggleKeysPage{}},
  };
}

}  // namespace

void draw_top_bar(const UiFrame& frame, const Rect& place, const OpenThings& open,
                  Intents& intents) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(place.min(), place.max(), paint(frame.theme.card));
  list.AddLine({place.x, place.bottom()}, place.max(), paint(frame.theme.hairline));
  ImGui::PushID("top_bar");
  std::vector<BarButton> buttons = bar_buttons(frame, open.live);
  const float gap = frame.em() * 0.2F;
  float x = place.right() - frame.em();
  for (const BarButton& it : buttons) x -= button_width(frame, it.label) + gap;
  // In a very narrow window the lesson's name goes first, then the buttons at the left.
  while (!buttons.empty() && x < place.x + frame.em() * 8) {
    x += button_width(frame, buttons.front().label) + gap;
    buttons.erase(buttons.begin());
  }
  // Where there are branches, the lesson's name gives way to them.
  const float share = open.runs.size() > 1 ? 0.55F : 0.8F;
  const float end =
      draw_lesson_title(frame, place, place.x + (x - place.x) * share, open.lessons, intents);
  draw_branch_path(frame, {end, place.y, x - end - frame.em(), place.h}, open.runs, open.shown,
                   intents);
  for (const BarButton& it : buttons) {
    ImGui::SetCursorScreenPos({x, place.center().y - button_height(frame) / 2});
    if (button(frame, it.id, it.label, {.emphasis = Emphasis::Quiet, .chosen = it.chosen})) {
      intents.ask(it.intent);
    }
    tooltip(frame, frame.language.text(it.help));
    x += button_width(frame, it.label) + gap;
  }
  ImGui::PopID();
}

}  // namespace mailwalk::gui
