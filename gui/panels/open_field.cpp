#include "gui/panels/open_field.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "gui/safe_text.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {
namespace {

constexpr std::size_t kMostShown = 8;

// "run.mailwalk · /home/ani": what it is comes first, and where it lies is the first to be cut. A
// lesson is called as its folder is.
std::string words_for(const std::string& named) {
  std::filesystem::path file(named);
  if (file.filename() == "lesson.toml") file = file.parent_path();
  const std::string folder = file.parent_path().string();
  const std::string name = file.filename().string();
  return folder.empty() ? name : fmt::format("{} · {}", name, folder);
}

}  // namespace

void OpenField::open() {
  open_ = true;
  wants_focus_ = true;
  name_.fill(0);
}

void OpenField::draw_recent(const BareFrame& frame, Intents& intents) {
  const float em = frame.em();
  ImFont* font = frame.font(Face::Body);
  const auto& recent = frame.settings.recent;
  for (std::size_t i = 0; i < std::min(recent.size(), kMostShown); ++i) {
    ImGui::PushID(static_cast<int>(i));
    const float width = ImGui::GetContentRegionAvail().x;
    if (ImGui::Selectable("##recent", false, 0, {width, em * 1.7F})) {
      intents.ask(intent::OpenFile{recent[i]});
      close();
    }
    const ImVec2 at = ImGui::GetItemRectMin();
    draw_text(*ImGui::GetWindowDrawList(), font, {at.x + em * 0.3F, at.y + em * 0.3F},
              frame.theme.ink, safe_fitted(words_for(recent[i]), font, width - em));
    ImGui::PopID();
  }
}

void OpenField::draw(const BareFrame& frame, Intents& intents) {
  if (!open_) return;
  const float em = frame.em();
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float width = std::min(em * 36, screen.x - em);
  ImGui::SetNextWindowPos({(screen.x - width) / 2, std::min(em * 5, screen.y * 0.1F)});
  ImGui::SetNextWindowSize({width, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(em, em));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(em * 0.5F, em * 0.5F));
  ImGui::Begin("###open", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_AlwaysAutoResize);
  draw_card_over_all(frame.theme.card, frame.theme.ink, em * 0.6F);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text(*ImGui::GetWindowDrawList(), frame.font(Face::Strong), at, frame.theme.ink,
            fitted(frame.language.text("open.title"), frame.font(Face::Strong), width - em * 2));
  ImGui::Dummy({width - em * 2, em * 1.6F});
  ImGui::PushFont(frame.font(Face::Mono));
  if (wants_focus_) ImGui::SetKeyboardFocusHere();
  wants_focus_ = false;
  ImGui::SetNextItemWidth(width - em * 2);
  const bool entered =
      ImGui::InputText("##name", name_.data(), name_.size(), ImGuiInputTextFlags_EnterReturnsTrue);
  ImGui::PopFont();
  const float hint = draw_paragraph(*ImGui::GetWindowDrawList(), frame.font(Face::Small),
                                    ImGui::GetCursorScreenPos(), width - em * 2, frame.theme.muted,
                                    frame.language.text("open.hint"));
  ImGui::Dummy({1, hint + em * 0.4F});
  draw_recent(frame, intents);
  ImGui::End();
  ImGui::PopStyleVar(2);
  if (!entered || name_[0] == '\0') return;
  intents.ask(intent::OpenFile{std::string(name_.data())});
  close();
}

}  // namespace mailwalk::gui
