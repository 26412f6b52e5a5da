// Keeps window and app going together: input in, time on, a frame when there is something new.
#pragma once

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
  // All must outlive it.
  MainLoop(Window& window, App& app, const GuiOptions& options, cli::Console& console);

  // Until the window is closed, or the picture that was asked for is written.
  cli::ExitCode run();

 private:
  void take_input();
  void play_next_key();
  void draw_frame();
  // Everything is played and nothing moves any more.
  [[nodiscard]] bool is_at_rest() const;
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
};

}  // namespace mailwalk::gui
