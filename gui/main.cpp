#include <csignal>
#include <cstdio>

#include "gui/program.hpp"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  mailwalk::cli::Console console(stdout, stderr);
  return static_cast<int>(mailwalk::gui::run_program(argc, argv, console));
}
