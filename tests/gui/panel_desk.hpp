// One panel without a window: a run, a place in it, and Dear ImGui with nobody who shows what it
// draws.
#pragma once

#include <imgui.h>

#include <memory>
#include <string>
#include <utility>

#include "gui/fonts.hpp"
#include "gui/panels/panel.hpp"
#include "gui/view_cache.hpp"
#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"

namespace mailwalk::test {

class PanelDesk {
 public:
  explicit PanelDesk(std::unique_ptr<gui::Document> document)
      : document_(std::move(document)),
        playback_(document_->index().start()),
        english_(load(exporting::Language::English)),
        indonesian_(load(exporting::Language::Indonesian)) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {2'000, 4'000};
    io.DeltaTime = 1.0F / 60;
    fonts_.build(*io.Fonts, {16, 16});
  }
  ~PanelDesk() { ImGui::DestroyContext(); }
  PanelDesk(const PanelDesk&) = delete;
  PanelDesk& operator=(const PanelDesk&) = delete;

  const gui::Document& document() const { return *document_; }
  std::uint64_t events() const { return document_->journal().size(); }
  gui::Playback& playback() { return playback_; }
  gui::Intents& intents() { return intents_; }
  gui::Selection& selection() { return selection_; }
  // Of what the last frame drew.
  static int vertices() { return ImGui::GetDrawData()->TotalVtxCount; }

  void stand_at(EventPosition position) { playback_.jump(position); }
  void speak(exporting::Language language) { language_ = language; }

  // One frame of the panel, at the top left corner.
  void draw(gui::Panel& panel, float width, float height) {
    size_ = {width, height};
    document_->catch_up();
    view_.look(*document_, playback_.position());
    const gui::UiFrame frame{*document_,
                             view_.after(),
                             view_.before(),
                             view_.version(),
                             view_.position(),
                             playback_,
                             selection_,
                             settings_,
                             gui::theme_named(settings_.theme),
                             fonts_,
                             language_ == exporting::Language::English ? english_ : indonesian_,
                             gui::Mode::Work,
                             caption_,
                             {}};
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size_);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, ImVec2(1, 1));
    ImGui::Begin("desk", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings);
    panel.draw(frame, intents_);
    ImGui::End();
    ImGui::PopStyleVar(2);
    ImGui::Render();
  }

  // A press and a release there, as frames see them.
  void click(gui::Panel& panel, ImVec2 at, ImGuiMouseButton mouse_button = 0) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = at;
    draw(panel, size_.x, size_.y);
    io.MouseDown[mouse_button] = true;
    draw(panel, size_.x, size_.y);
    io.MouseDown[mouse_button] = false;
    draw(panel, size_.x, size_.y);
  }

 private:
  static gui::Language load(exporting::Language which) {
    auto language = gui::Language::load(std::string(MAILWALK_SOURCE_DIR) + "/assets/lang", which);
    REQUIRE(language.ok());
    return std::move(*language);
  }

  std::unique_ptr<gui::Document> document_;
  gui::Playback playback_;
  gui::Language english_, indonesian_;
  exporting::Language language_ = exporting::Language::English;
  gui::ViewCache view_;
  gui::Selection selection_;
  gui::Settings settings_;
  gui::Fonts fonts_;
  gui::Intents intents_;
  std::string caption_;
  ImVec2 size_{500, 300};
};

}  // namespace mailwalk::test
