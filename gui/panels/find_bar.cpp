#include "gui/panels/find_bar.hpp"

#include <algorithm>
#include <string>

#include "gui/safe_text.hpp"
#include "gui/widgets/button.hpp"

namespace mailwalk::gui {

void FindBar::open() {
  open_ = true;
  wants_focus_ = true;
}

bool FindBar::close() {
  if (!open_) return false;
  open_ = false;
  has_focus_ = false;
  asked_.reset();
  finder_.seek({});
  typed_.front() = '\0';
  return true;
}

std::optional<RowId> FindBar::work(const UiFrame& frame, RowId here) {
  if (!open_) return std::nullopt;
  finder_.seek(typed_.data());
  finder_.work(frame.document, frame.telling().rows(), frame.language.which());
  if (!asked_) return std::nullopt;
  const std::optional<RowId> match = finder_.nearest(here, *asked_);
  if (match) found_ = *match;
  if (match || !finder_.is_working()) asked_.reset();
  return match;
}

std::string FindBar::count_text(const UiFrame& frame) const {
  if (finder_.text().empty()) return {};
  const std::size_t all = finder_.matches().size();
  if (finder_.is_working()) return frame.language.format("transcript.matches_so_far", all);
  if (all == 0) return std::string(frame.language.text("transcript.no_match"));
  const std::size_t rank = finder_.rank(found_);
  return rank == 0 ? frame.language.format("transcript.matches", all)
                   : frame.language.format("transcript.match_of", rank, all);
}

void FindBar::draw_field(const UiFrame& frame, float width) {
  const Theme& theme = frame.theme;
  const float pad = (button_height(frame) - frame.font(Face::Mono)->FontSize) / 2;
  ImGui::PushFont(frame.font(Face::Mono));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(frame.em() * 0.5F, pad));
  ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, frame.em() * 0.4F);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, paint(theme.well));
  ImGui::PushStyleColor(ImGuiCol_Text, paint(theme.ink));
  ImGui::PushStyleColor(ImGuiCol_TextDisabled, paint(theme.muted));
  ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, paint(theme.smtp.line, 0.35F));
  ImGui::SetNextItemWidth(width);
  if (wants_focus_) ImGui::SetKeyboardFocusHere();
  wants_focus_ = false;
  const std::string hint(frame.language.text("transcript.find_hint"));
  const bool entered = ImGui::InputTextWithHint(
      "##sought", hint.c_str(), typed_.data(), typed_.size(), ImGuiInputTextFlags_EnterReturnsTrue);
  has_focus_ = ImGui::IsItemActive();
  ImGui::PopStyleColor(4);
  ImGui::PopStyleVar(2);
  ImGui::PopFont();
  if (entered) {
    asked_ = ImGui::GetIO().KeyShift ? Direction::Back : Direction::Forward;
    wants_focus_ = true;
  }
}

void FindBar::draw(const UiFrame& frame, const Rect& place) {
  const float em = frame.em();
  const float square = em * 1.9F;
  const float gap = em * 0.2F;
  const std::string count = count_text(frame);
  ImFont* font = frame.font(Face::Small);
  const float count_width = count.empty() ? 0 : text_size(count, font).x + em * 0.6F;
  const float field = std::max(place.w - count_width - 3 * (square + gap), em * 4);
  ImGui::SetCursorScreenPos(place.min());
  draw_field(frame, field);
  draw_text(*ImGui::GetWindowDrawList(), font,
            {place.x + field + em * 0.4F, place.center().y - font->FontSize / 2}, frame.theme.muted,
            count);
  float x = place.x + field + count_width + gap;
  const auto add = [&](const char* id, const char* label, std::string_view help) {
    ImGui::SetCursorScreenPos({x, place.y});
    x += square + gap;
    const bool clicked =
        button(frame, id, label, {.emphasis = Emphasis::Quiet, .width_px = square});
    tooltip(frame, help);
    return clicked;
  };
  if (add("previous", icon::kUp, frame.language.text("transcript.previous_match"))) {
    asked_ = Direction::Back;
  }
  if (add("next", icon::kNext, frame.language.text("transcript.next_match"))) {
    asked_ = Direction::Forward;
  }
  if (add("close", icon::kCross, frame.language.text("transcript.close_find"))) close();
}

}  // namespace mailwalk::gui
