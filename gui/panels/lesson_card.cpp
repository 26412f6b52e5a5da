#include "gui/panels/lesson_card.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "export/meanings_events.hpp"
#include "export/time_words.hpp"
#include "gui/panels/gate_card.hpp"
#include "gui/safe_text.hpp"
#include "gui/sight_words.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {
namespace {

void paragraph(const UiFrame& frame, Face face, Color color, std::string_view text) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* font = frame.font(face);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  // The card ends with a whole line.
  const float room = std::max(list.GetClipRectMax().y - at.y, 0.0F);
  const float line = paragraph_height(font, 1);
  list.PushClipRect(list.GetClipRectMin(), {at.x + width, at.y + std::floor(room / line) * line},
                    true);
  const float height = draw_paragraph(list, font, at, width, color, text);
  list.PopClipRect();
  ImGui::Dummy({width, height + frame.em() * 0.5F});
}

// The summary's line ends are those of the file, not of the card.
std::string in_one_line(std::string_view text) {
  std::string flowing(text);
  std::replace(flowing.begin(), flowing.end(), '\n', ' ');
  std::string line = safe(flowing);
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

// Whoever reads along on the line learns no more of what is encrypted than there is to be seen.
std::string_view explained(const UiFrame& frame) {
  const Telling& telling = frame.telling();
  if (telling.hides(frame.position())) return why_hidden(*frame.event(), frame.language);
  if (records_sent_in(telling, frame.position()) != kNoRow) {
    return frame.language.text("line.explained");
  }
  return exporting::explain(frame.event()->payload).in(frame.language.which());
}

}  // namespace

std::string lesson_story(const DocumentText& text, std::string_view branch,
                         const Language& language) {
  if (!branch.empty()) return language.format("lesson.branch", branch);
  return in_one_line(language.pick(text.summary));
}

void LessonCard::draw(const UiFrame& frame, Intents& intents) {
  Shown shows = Shown::Lesson;
  if (frame.gate) shows = frame.gate->is_answered() ? Shown::Verdict : Shown::Question;
  const bool is_new = std::exchange(shown_, shows) != shows;
  if (is_new) ImGui::SetScrollY(0);
  if (frame.gate) {
    draw_gate(frame, intents);
    if (is_new && shows == Shown::Verdict) ImGui::SetScrollHereY(1);
    return;
  }
  const DocumentText& text = frame.document.text();
  paragraph(frame, Face::Title, frame.theme.ink, safe(frame.language.pick(text.title)));
  const std::string story = lesson_story(text, frame.branch, frame.language);
  const bool is_branch = !frame.branch.empty();
  if (is_branch) paragraph(frame, Face::Body, frame.theme.fault.text, story);
  if (frame.event() != nullptr && frame.position() != frame.document.index().start()) {
    paragraph(frame, Face::Strong, frame.theme.muted, frame.language.text("lesson.now"));
    paragraph(frame, Face::Body, frame.theme.ink, explained(frame));
  }
  // The lesson's story stands first at the start, and last from then on.
  if (!is_branch) paragraph(frame, Face::Body, frame.theme.ink, story);
  const std::string date =
      exporting::date_words(frame.view.calendar, frame.view.now, frame.language.which());
  paragraph(frame, Face::Small, frame.theme.muted,
            frame.language.format("lesson.about", date, frame.view.seed));
}

}  // namespace mailwalk::gui
