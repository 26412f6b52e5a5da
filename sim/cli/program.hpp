// The program without main(): from the command line to the exit code.
#pragma once

#include "cli/console.hpp"
#include "cli/exit_code.hpp"

namespace mailwalk::cli {

ExitCode run_program(int argc, const char* const* argv, Console& console);

}  // namespace mailwalk::cli
