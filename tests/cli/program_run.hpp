// Running the real program, as a shell would, and looking at what it says and leaves.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.hpp"

namespace mailwalk::test {

struct ProgramRun {
  int code = -1;  // exit code; -1 if it did not exit by itself
  std::string out;
  std::string err;
};

// Words after the program's name, and "NAME=value" for its environment.
ProgramRun run_mailwalk(const std::vector<std::string>& arguments,
                        const std::vector<std::string>& environment = {});

// The same on a terminal; out has both streams.
ProgramRun run_on_terminal(const std::vector<std::string>& arguments,
                           const std::vector<std::string>& environment = {});

// The exit code of a line for the shell, in which "$mailwalk" is the program.
int run_shell(const std::string& line);

std::string read_text(const std::filesystem::path& file);
void write_text(const std::filesystem::path& file, const std::string& text);

// All files below a folder, as paths relative to it, in order.
std::vector<std::string> files_below(const std::filesystem::path& folder);

}  // namespace mailwalk::test
