// The program with the window, from its command line to its exit code.
#pragma once

#include "cli/console.hpp"
#include "cli/exit_code.hpp"

namespace mailwalk::gui {

cli::ExitCode run_program(int argc, const char* const* argv, cli::Console& console);

}  // namespace mailwalk::gui
