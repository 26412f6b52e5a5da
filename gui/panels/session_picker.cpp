#include "gui/panels/session_picker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <variant>

#include "gui/row_words.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/button.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {
namespace {

std::string scope_text(const UiFrame& frame, const TranscriptScope& scope) {
  if (const auto* session = std::get_if<ConnectionId>(&scope)) {
    return safe(session_title(frame, *session));
  }
  if (const auto* machine = std::get_if<NodeId>(&scope)) {
    return frame.language.format("transcript.machine", safe(machine_name(frame, *machine)));
  }
  return std::string(frame.language.text("transcript.all"));
}

// Connections are numbered as they begin: those up to the last one that anybody has seen.
std::uint32_t sessions_known(const UiFrame& frame) {
  const RunRows& rows = frame.telling().rows();
  const std::uint32_t known = rows.begun(frame.playback.furthest());
  std::uint32_t low = 0;
  std::uint32_t high = frame.document.index().connection_count();
  while (low < high) {
    const std::uint32_t middle = low + (high - low + 1) / 2;
    const RunSession* session = rows.session(ConnectionId{middle});
    const bool begun =
        session != nullptr && session->call != kNoRow && session->call.value() < known;
    low = begun ? middle : low;
    high = begun ? high : middle - 1;
  }
  return low;
}

bool draw_choice(const UiFrame& frame, int id, const TranscriptScope& choice, float width) {
  ImGui::PushID(id);
  const bool chosen = ImGui::Selectable("##choice", false, 0, {width, frame.em() * 1.7F});
  const ImVec2 at = ImGui::GetItemRectMin();
  draw_text(*ImGui::GetWindowDrawList(), frame.font(Face::Body),
            {at.x + frame.em() * 0.4F, at.y + frame.em() * 0.3F}, frame.theme.ink,
            fitted(scope_text(frame, choice), frame.font(Face::Body), width - frame.em()));
  ImGui::PopID();
  return chosen;
}

void draw_choices(const UiFrame& frame, Intents& intents) {
  const float width = frame.em() * 30;
  int id = 0;
  if (draw_choice(frame, id++, {}, width)) intents.ask(intent::Select{});
  for (const auto& [machine, view] : frame.view.machines) {
    if (draw_choice(frame, id++, machine, width)) intents.ask(intent::Select{machine});
  }
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(sessions_known(frame)),
                frame.em() * 1.7F + ImGui::GetStyle().ItemSpacing.y);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const ConnectionId session{static_cast<std::uint32_t>(i) + 1};
      if (draw_choice(frame, id + i, session, width)) intents.ask(intent::Select{session});
    }
  }
}

}  // namespace

void draw_session_picker(const UiFrame& frame, const TranscriptScope& scope, float width_px,
                         Intents& intents) {
  ImFont* font = frame.font(Face::Strong);
  const float em = frame.em();
  const std::string text = fitted(scope_text(frame, scope), font, width_px - em * 3.2F);
  const std::string label = fmt::format("{}  {}", text, icon::kDown);
  if (button(frame, "scope", label, {.emphasis = Emphasis::Quiet})) ImGui::OpenPopup("scopes");
  tooltip(frame, frame.language.text("transcript.scope"));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(em * 0.6F, em * 0.6F));
  ImGui::SetNextWindowSizeConstraints({em * 8, em * 3}, {em * 34, em * 24});
  if (ImGui::BeginPopup("scopes")) {
    draw_choices(frame, intents);
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

}  // namespace mailwalk::gui
