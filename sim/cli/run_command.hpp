// `mailwalk run`: runs a lesson to its end and prints what was said.
#pragma once

#include "cli/console.hpp"
#include "cli/options.hpp"

namespace mailwalk::cli {

ExitCode run_command(const RunOptions& options, Console& console);

}  // namespace mailwalk::cli
