// `mailwalk show`: tells a recorded run: all of it, one moment, or the story of one letter.
#pragma once

#include "cli/console.hpp"
#include "cli/options.hpp"

namespace mailwalk::cli {

ExitCode show_command(const ShowOptions& options, Console& console);

}  // namespace mailwalk::cli
