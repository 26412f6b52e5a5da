#include "gui/panels/inspector.hpp"

#include "gui/inspector/inspect.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/copy_mark.hpp"

namespace mailwalk::gui {
namespace {

// The thing's name, with its envelope if it is a letter.
void draw_heading(Flow& flow, const Inspection& inspection) {
  const UiFrame& frame = flow.frame();
  const float em = flow.em();
  ImFont* font = frame.font(Face::Strong);
  const float indent = inspection.letter ? em * 1.9F : 0;
  const ImVec2 at = flow.cursor();
  if (inspection.letter) {
    draw_copy_mark(flow.list(), frame.theme, {at.x, at.y, em * 1.4F, em}, *inspection.letter,
                   CopyLook::Closed);
  }
  const float height =
      draw_paragraph(flow.list(), font, {at.x + indent, at.y}, flow.width() - indent,
                     frame.theme.ink, inspection.heading, 3);
  flow.take(height);
  flow.gap(0.25F);
}

}  // namespace

void Inspector::look(const UiFrame& frame) {
  MadeOf now{frame.document.text().named, &frame.document, frame.document.index().size(),
             frame.view_version,          frame.selection, frame.language.which()};
  if (now == made_of_) return;
  const bool is_other = now.selection != made_of_.selection ||
                        (now.selection == Selection{} && now.view_version != made_of_.view_version);
  made_of_ = now;
  is_new_ = is_new_ || is_other;
  const bool nothing_has_happened =
      frame.selection == Selection{} && frame.position() == frame.document.index().start();
  inspection_ = {};
  if (nothing_has_happened) return;
  inspection_ =
      inspect(frame.selection, {frame.document, frame.before, frame.view, frame.position(),
                                frame.language, letters_, frame.sight, frame.playback.furthest()});
}

void Inspector::draw(const UiFrame& frame, Intents& intents) {
  look(frame);
  if (is_new_) ImGui::SetScrollY(0);
  is_new_ = false;
  Flow flow(frame);
  if (inspection_.blocks.empty()) {
    flow.paragraph(Face::Body, frame.theme.muted, frame.language.text("inspect.nothing"));
    return;
  }
  if (frame.selection != Selection{}) {
    flow.paragraph(Face::Small, frame.theme.muted, frame.language.text("inspect.selected"), 1);
  }
  draw_heading(flow, inspection_);
  draw_inspection(flow, inspection_, octets_, intents);
}

}  // namespace mailwalk::gui
