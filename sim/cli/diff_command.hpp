// `mailwalk diff`: says in what two recorded runs differ.
#pragma once

#include "cli/console.hpp"
#include "cli/options.hpp"

namespace mailwalk::cli {

// Ok if they have the same events, Different if not.
ExitCode diff_command(const DiffOptions& options, Console& console);

}  // namespace mailwalk::cli
