#include "gui/main_loop.hpp"

#include <imgui.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "cli/write_file.hpp"
#include "gui/report.hpp"

namespace mailwalk::gui {
namespace {

// After a long sleep the next frame goes on where the last one stopped.
constexpr double kLongestFrame_s = 0.1;

}  // namespace

MainLoop::MainLoop(Window& window, App& app, const GuiOptions& options, cli::Console& console,
                   KeepSettings keep_settings)
    : window_(window),
      app_(app),
      options_(options),
      console_(console),
      pacer_(window.refresh_rate()),
      last_s_(window.now_s()),
      keep_settings_(std::move(keep_settings)),
      kept_(app.settings()) {
  // Wherever the mouse happens to be, it is no part of a picture.
  if (options.screenshot_file) ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NoMouse;
}

void MainLoop::take_input() {
  if (window_.take_input()) pacer_.input();
  for (const KeyStroke& stroke : window_.take_strokes()) {
    const bool is_typed = ImGui::GetIO().WantTextInput && is_for_text_field(stroke);
    if (!is_typed) app_.press(stroke);
  }
  const std::vector<std::string> dropped = window_.take_dropped_files();
  if (!dropped.empty()) app_.ask(intent::OpenFile{dropped.front()});
}

// As a person would: who presses a key has seen what the last one did.
void MainLoop::play_next_key() {
  if (next_key_ == options_.strokes.size() || app_.is_moving() || !pacer_.is_settled()) return;
  app_.press(options_.strokes[next_key_++]);
  pacer_.input();
}

bool MainLoop::is_at_rest() const {
  return next_key_ == options_.strokes.size() && !app_.is_moving() && pacer_.is_settled();
}

Pace MainLoop::pace() const {
  if (!is_at_rest()) return Pace::Move;
  if (app_.is_listening()) return Pace::Listen;
  return ImGui::GetIO().WantTextInput ? Pace::Blink : Pace::Sleep;
}

void MainLoop::draw_frame() {
  const double now = window_.now_s();
  app_.pass(std::clamp(now - last_s_, 0.0, kLongestFrame_s));
  last_s_ = now;
  window_.set_full_screen(app_.full_screen() == FullScreen::Yes);

  const Window::Size size = window_.size();
  const float scale = options_.scale.value_or(window_.content_scale());
  const FontSizes wanted =
      app_.wanted_fonts(static_cast<float>(size.width), static_cast<float>(size.height), scale);
  const bool first = pacer_.frames() == 0;
  const Characters characters = first ? Characters::Common : Characters::All;
  if (fonts_.sizes() != wanted || fonts_.characters() != characters) {
    fonts_.build(*ImGui::GetIO().Fonts, wanted, characters);
    window_.upload_fonts();
    if (first) {
      for (const std::string& note : fonts_.notes()) console_.note(note);
    }
  }
  window_.draw(theme_named(app_.settings().theme).paper, [&] { app_.draw(fonts_); });
  pacer_.drew(window_.now_s());
}

void MainLoop::keep_settings() {
  const Window::Size size = window_.size_on_screen();
  app_.set_window_size(size.width, size.height);
  if (kept_ == app_.settings()) return;
  kept_ = app_.settings();
  keep_settings_(kept_);
}

Done MainLoop::write_report() {
  if (!options_.report_file) return done();
  return cli::write_file(*options_.report_file, report_json(app_, pacer_.frames()));
}

Done MainLoop::write_picture() {
  const Color ground = theme_named(app_.settings().theme).paper;
  return write_png(window_.picture(ground), *options_.screenshot_file);
}

cli::ExitCode MainLoop::run() {
  bool reported = false;  // since the last thing that changed
  while (!window_.wants_to_close() && !app_.is_told_to_end()) {
    window_.wait(pacer_.next(pace(), window_.now_s()));
    take_input();
    if (app_.listen()) pacer_.input();
    if (app_.is_listening() && reported && is_at_rest()) continue;
    play_next_key();
    draw_frame();
    if (!is_at_rest()) {
      reported = false;
      continue;
    }
    if (reported) continue;
    reported = true;
    keep_settings();
    Done written = write_report();
    if (written && options_.screenshot_file) written = write_picture();
    if (!written) {
      console_.complain(written.error());
      return cli::ExitCode::CannotWrite;
    }
    if (options_.screenshot_file) return cli::ExitCode::Ok;
  }
  app_.end_live();
  keep_settings();
  return cli::ExitCode::Ok;
}

}  // namespace mailwalk::gui
