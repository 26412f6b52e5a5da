#include "gui/panels/call_page.hpp"

#include <imgui.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "gui/safe_text.hpp"
#include "gui/widgets/flow.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kCallLine = 1.3F;  // in em
constexpr float kHanging = 2;

std::string_view without_blanks(std::string_view line) {
  return line.substr(std::min(line.find_first_not_of(' '), line.size()));
}

// Cut at blanks where it is wider than this; from the second line on there is less room.
std::vector<std::string_view> in_lines(ImFont* font, std::string_view words, float width,
                                       float hanging) {
  std::vector<std::string_view> lines;
  float room = width;
  for (; !words.empty(); room = width - hanging) {
    const char* end = font->CalcWordWrapPositionA(1, words.data(), words.data() + words.size(),
                                                  std::max(room, font->FontSize));
    const auto length = std::max<std::size_t>(static_cast<std::size_t>(end - words.data()), 1);
    lines.push_back(words.substr(0, length));
    words = without_blanks(words.substr(length));
  }
  return lines;
}

// All of it can be read and typed: what goes on in another line hangs below its beginning. A click
// on a line copies it.
void draw_call_line(const BareFrame& frame, std::string_view line, float width, Intents& intents) {
  const float em = frame.em();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string_view words = without_blanks(line);
  if (words.empty()) return ImGui::Dummy({width, em * 1.5F});
  ImFont* font = frame.font(Face::Mono);
  const float indent = static_cast<float>(line.size() - words.size()) * em * 0.3F;
  const float hanging = em * kHanging;
  const auto lines = in_lines(font, words, width - indent - em * 2, hanging);
  const float height = em * (0.2F + kCallLine * static_cast<float>(lines.size()));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (ImGui::InvisibleButton("line", {width, height})) {
    intents.ask(intent::CopyText{std::string(words), 1});
  }
  if (ImGui::IsItemHovered()) {
    list.AddRectFilled(at, {at.x + width, at.y + height}, paint(frame.theme.well), em * 0.3F);
    draw_text(list, frame.font(Face::Body), {at.x + width - em * 0.4F, at.y + em * 0.2F},
              frame.theme.muted, icon::kCopy, Align::Right);
  }
  const Color color = indent == 0 ? frame.theme.smtp.text : frame.theme.ink;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const float x = at.x + indent + (i == 0 ? 0 : hanging);
    const float y = at.y + em * (0.2F + kCallLine * static_cast<float>(i));
    draw_text(list, font, {x, y}, color, lines[i]);
  }
}

}  // namespace

void CallPage::draw(const BareFrame& frame, const std::string& how_to_call, Intents& intents) {
  if (!open_) return;
  const float em = frame.em();
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const ImVec2 size(std::min(em * 56, screen.x - em), std::min(em * 32, screen.y - em * 6));
  ImGui::SetNextWindowPos({(screen.x - size.x) / 2, (screen.y - size.y) / 2});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(em * 1.5F, em));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::Begin("###call", nullptr,
               ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                   ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoMove);
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_card_over_all(frame.theme.card, frame.theme.ink, em * 0.6F);
  draw_text(*ImGui::GetWindowDrawList(), frame.font(Face::Title), at, frame.theme.ink,
            frame.language.text("live.call_title"));
  ImGui::Dummy({width, em * 1.9F});
  const float height = draw_paragraph(*ImGui::GetWindowDrawList(), frame.font(Face::Body),
                                      ImGui::GetCursorScreenPos(), width, frame.theme.muted,
                                      frame.language.text("live.call_hint"));
  ImGui::Dummy({width, height + em * 0.6F});
  std::string_view rest = how_to_call;
  for (int id = 0; !rest.empty(); ++id) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    ImGui::PushID(id);
    draw_call_line(frame, rest.substr(0, end), width, intents);
    ImGui::PopID();
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  ImGui::End();
  ImGui::PopStyleVar(2);
}

}  // namespace mailwalk::gui
