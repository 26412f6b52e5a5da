// What the command line of the window asks for, as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cli/exit_code.hpp"
#include "export/text.hpp"
#include "gui/keys.hpp"
#include "gui/settings.hpp"
#include "gui/ui_frame.hpp"
#include "net/tcp_network.hpp"

namespace mailwalk::gui {

struct WindowSize {
  int width, height;
};

struct GuiOptions {
  std::string file;  // as `mailwalk run` takes it; empty: the first lesson
  std::optional<std::uint64_t> at;
  std::optional<exporting::Language> language;
  std::optional<ThemeName> theme;
  std::optional<WindowSize> size;
  std::optional<float> scale;
  Mode mode = Mode::Work;
  exporting::Sight sight = exporting::Sight::Insider;
  std::optional<net::TcpOptions> live;  // the lesson is served there
  std::vector<KeyStroke> strokes;
  std::optional<std::string> screenshot_file;
  std::optional<std::string> report_file;
};

// The command line was answered by itself (--help, --version), or cannot be understood.
struct Answered {
  std::string text;
  cli::ExitCode code = cli::ExitCode::Ok;
};

std::variant<GuiOptions, Answered> parse_command_line(int argc, const char* const* argv);

}  // namespace mailwalk::gui
