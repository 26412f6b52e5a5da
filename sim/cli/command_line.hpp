// The command line: from words to options.
#pragma once

#include "cli/options.hpp"

namespace mailwalk::cli {

// REQUIRES the arguments of main().
Options parse_command_line(int argc, const char* const* argv);

}  // namespace mailwalk::cli
