// `mailwalk list`: says what lessons there are.
#pragma once

#include "cli/console.hpp"
#include "cli/options.hpp"

namespace mailwalk::cli {

ExitCode list_command(const ListOptions& options, Console& console);

}  // namespace mailwalk::cli
