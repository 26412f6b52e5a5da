// The whole window without a window: Dear ImGui with nobody who shows what it draws.
#pragma once

#include <imgui.h>

#include <string>

#include "gui/app.hpp"
#include "tests/support/catch.hpp"

namespace mailwalk::test {

class HeadlessApp {
 public:
  explicit HeadlessApp(float width = 1'280, float height = 720, float scale = 1)
      : scale_(scale), app_(gui::Settings{}, languages(), lessons()) {
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    resize(width, height);
  }
  ~HeadlessApp() { ImGui::DestroyContext(); }
  HeadlessApp(const HeadlessApp&) = delete;
  HeadlessApp& operator=(const HeadlessApp&) = delete;

  gui::App& app() { return app_; }
  void resize(float width, float height) { ImGui::GetIO().DisplaySize = {width, height}; }

  void open(const std::string& id) {
    const Done opened =
        app_.open(std::string(MAILWALK_SOURCE_DIR) + "/lessons/" + id + "/lesson.toml");
    INFO((opened ? std::string() : opened.error().text()));
    REQUIRE(opened.ok());
  }
  void press(const std::string& keys) {
    const auto strokes = gui::parse_strokes(keys);
    REQUIRE(strokes.ok());
    for (const gui::KeyStroke& stroke : *strokes) {
      app_.press(stroke);
      frame(1);
      finish_work();
    }
  }
  // A press and a release there, in pixels of the window, as frames see them.
  void click(float x, float y, ImGuiMouseButton mouse_button = ImGuiMouseButton_Left) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {x, y};
    frame();
    io.MouseDown[mouse_button] = true;
    frame();
    io.MouseDown[mouse_button] = false;
    frame();
    frame();
  }
  // What takes longer than a frame on a slow machine, but for playing, is waited for.
  void finish_work() {
    const auto plays = [this] {
      return app_.playback() != nullptr && app_.playback()->is_playing();
    };
    for (int i = 0; i < 10'000 && app_.is_moving() && !plays(); ++i) frame(1);
  }
  // Goes on until nothing moves any more.
  void settle() {
    frame(1);
    for (int i = 0; i < 10'000 && app_.is_moving(); ++i) frame(1);
    CHECK_FALSE(app_.is_moving());
  }
  // As if every shape had to be drawn anew: none can be where it was in the fonts' texture.
  void forget_shapes() { fonts_.build(*ImGui::GetIO().Fonts, fonts_.sizes()); }
  // One frame, so many seconds after the last one.
  void frame(double seconds = 1.0 / 60) {
    app_.pass(seconds);
    ImGuiIO& io = ImGui::GetIO();
    const gui::FontSizes wanted = app_.wanted_fonts(io.DisplaySize.x, io.DisplaySize.y, scale_);
    if (fonts_.sizes() != wanted) fonts_.build(*io.Fonts, wanted);
    io.DeltaTime = 1.0F / 60;
    ImGui::NewFrame();
    app_.draw(fonts_);
    ImGui::Render();
    REQUIRE(ImGui::GetDrawData()->TotalVtxCount > 0);
  }

 private:
  static gui::Languages languages() {
    const std::string folder = std::string(MAILWALK_SOURCE_DIR) + "/assets/lang";
    auto english = gui::Language::load(folder, exporting::Language::English);
    auto indonesian = gui::Language::load(folder, exporting::Language::Indonesian);
    REQUIRE(english.ok());
    REQUIRE(indonesian.ok());
    return {std::move(*english), std::move(*indonesian)};
  }
  static std::vector<gui::LessonEntry> lessons() {
    auto listed = gui::list_lessons();
    REQUIRE(listed.ok());
    return *listed;
  }

  float scale_;
  gui::App app_;
  gui::Fonts fonts_;
};

}  // namespace mailwalk::test
