#include <csignal>
#include <cstdio>

#include "cli/program.hpp"

int main(int argc, char** argv) {
  // A reader that goes away ("mailwalk run 1 | head") must not keep files from being written.
  std::signal(SIGPIPE, SIG_IGN);
  mailwalk::cli::Console console(stdout, stderr);
  return static_cast<int>(mailwalk::cli::run_program(argc, argv, console));
}
