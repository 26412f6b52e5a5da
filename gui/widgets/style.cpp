#include "gui/widgets/style.hpp"

#include <imgui.h>

#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {
namespace {

ImVec4 vec(Color color, float opacity = 1) {
  return ImGui::ColorConvertU32ToFloat4(paint(color, opacity));
}

}  // namespace

void apply_style(const Theme& theme, float em) {
  // From a fresh base each time: sizes that are scaled again and again would drift.
  ImGuiStyle style;
  style.WindowPadding = {em * 0.6F, em * 0.5F};
  style.FramePadding = {em * 0.5F, em * 0.3F};
  style.ItemSpacing = {em * 0.5F, em * 0.3F};
  style.ScrollbarSize = em * 0.7F;
  style.WindowRounding = style.PopupRounding = style.FrameRounding = em * 0.4F;
  style.ScrollbarRounding = em * 0.35F;
  style.PopupBorderSize = 1;
  style.Colors[ImGuiCol_Text] = vec(theme.ink);
  style.Colors[ImGuiCol_TextDisabled] = vec(theme.muted);
  style.Colors[ImGuiCol_PopupBg] = vec(theme.card);
  style.Colors[ImGuiCol_WindowBg] = vec(theme.card);
  style.Colors[ImGuiCol_Border] = vec(theme.hairline);
  style.Colors[ImGuiCol_FrameBg] = vec(theme.well);
  style.Colors[ImGuiCol_FrameBgHovered] = vec(theme.well);
  style.Colors[ImGuiCol_FrameBgActive] = vec(theme.hairline);
  style.Colors[ImGuiCol_Header] = vec(theme.smtp.soft);
  style.Colors[ImGuiCol_HeaderHovered] = vec(theme.well);
  style.Colors[ImGuiCol_HeaderActive] = vec(theme.hairline);
  style.Colors[ImGuiCol_Button] = vec(theme.well);
  style.Colors[ImGuiCol_ButtonHovered] = vec(theme.hairline);
  style.Colors[ImGuiCol_ButtonActive] = vec(theme.hairline);
  style.Colors[ImGuiCol_ScrollbarBg] = vec(theme.card, 0);
  style.Colors[ImGuiCol_ScrollbarGrab] = vec(theme.hairline);
  style.Colors[ImGuiCol_ScrollbarGrabHovered] = vec(theme.muted);
  style.Colors[ImGuiCol_ScrollbarGrabActive] = vec(theme.muted);
  style.Colors[ImGuiCol_TextSelectedBg] = vec(theme.smtp.line, 0.3F);
  ImGui::GetStyle() = style;
}

}  // namespace mailwalk::gui
