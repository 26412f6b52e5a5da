// `mailwalk serve`: the servers of a lesson on this computer's own TCP, for real clients.
#pragma once

#include "cli/console.hpp"
#include "cli/options.hpp"

namespace mailwalk::cli {

ExitCode serve_command(const ServeOptions& options, Console& console);

}  // namespace mailwalk::cli
