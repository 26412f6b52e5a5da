// `mailwalk check`: says what is wrong with lessons.
#pragma once

#include "cli/console.hpp"
#include "cli/options.hpp"

namespace mailwalk::cli {

ExitCode check_command(const CheckOptions& options, Console& console);

}  // namespace mailwalk::cli
