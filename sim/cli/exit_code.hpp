// What the program tells the shell. `mailwalk --help` explains the same numbers.
#pragma once

#include <cstdint>

namespace mailwalk::cli {

enum class ExitCode : std::uint8_t {
  Ok = 0,
  NotDelivered = 1,  // the run was fine, but some mail did not arrive
  Different = 1,     // of diff: the two runs are not the same
  Usage = 2,         // the command line is wrong
  BadInput = 3,      // a lesson, mail or recording that is not there, or has mistakes
  CannotWrite = 4,   // a file or the standard output
  Internal = 5,      // our own fault, or no memory
  CannotListen = 6,  // of serve: a port is taken, or an address is not this computer's
};

}  // namespace mailwalk::cli
