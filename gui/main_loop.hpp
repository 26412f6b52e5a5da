// Keeps window and app going together: input in, time on, a frame when there is something new.
#pragma once

#include <functional>

#include "cli/console.hpp"
#include "cli/exit_code.hpp"
#include "gui/app.hpp"
#include "gui/fonts.hpp"
#include "gui/frame_pacer.hpp"
#include "gui/options.hpp"
#include "gui/window.hpp"

namespace mailwalk::gui {

class MainLoop {
 public:
  // Called with settings that have changed, each time the window comes to rest: what was chosen is
  // kept, whatever happens afterwards.
  using KeepSettings = std::function<void(const Settings&)>;

  // All must outlive it.
  MainLoop(Window& window, App& app, const GuiOptions& options, cli::Console& console,
           KeepSettings keep_settings);

  // Until the window is closed, or the picture that was asked for is written.
  cli::ExitCode run();

 private:
  void take_input();
  void play_next_key();
  void draw_frame();
  // Everything is played and nothing moves any more.
  [[nodiscard]] bool is_at_rest() const;
  [[nodiscard]] Pace pace() const;
  void keep_settings();
  Done write_report();
  Done write_picture();

  Window& window_;
  App& app_;
  const GuiOptions& options_;
  cli::Console& console_;
  Fonts fonts_;
  FramePacer pacer_;
  std::size_t next_key_ = 0;
  double last_s_;
  KeepSettings keep_settings_;
  Settings kept_;
};

}  // namespace mailwalk::gui
