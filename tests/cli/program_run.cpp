#include "tests/cli/program_run.hpp"

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "tests/support/catch.hpp"
#include "world/scenario_load.hpp"

namespace mailwalk::test {

namespace fs = std::filesystem;

namespace {

std::string shell_quoted(const std::string& word) {
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

// MAILWALK_LESSONS and NO_COLOR of whoever runs the tests must not matter.
std::string command_line(const std::vector<std::string>& arguments,
                         const std::vector<std::string>& environment) {
  std::string line = "env -u MAILWALK_LESSONS -u NO_COLOR TERM=xterm";
  for (const std::string& setting : environment) line += " " + shell_quoted(setting);
  line += " " + shell_quoted(MAILWALK_PROGRAM);
  for (const std::string& argument : arguments) line += " " + shell_quoted(argument);
  return line;
}

int exit_code(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

ProgramRun run_mailwalk(const std::vector<std::string>& arguments,
                        const std::vector<std::string>& environment) {
  const TemporaryFolder folder;
  const std::string line = command_line(arguments, environment) + " > " +
                           shell_quoted(folder / "out") + " 2> " + shell_quoted(folder / "err");
  ProgramRun run;
  run.code = exit_code(std::system(line.c_str()));
  run.out = read_text(folder / "out");
  run.err = read_text(folder / "err");
  return run;
}

ProgramRun run_on_terminal(const std::vector<std::string>& arguments,
                           const std::vector<std::string>& environment) {
  const std::string line = command_line(arguments, environment);
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
  REQUIRE(child >= 0);
  if (child == 0) {
    execl("/bin/sh", "sh", "-c", line.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  ProgramRun run;
  std::array<char, 4'096> buffer;
  ssize_t count = 0;
  while ((count = read(terminal, buffer.data(), buffer.size())) > 0) {
    run.out.append(buffer.data(), static_cast<std::size_t>(count));
  }
  close(terminal);
  int status = 0;
  waitpid(child, &status, 0);
  run.code = exit_code(status);
  return run;
}

int run_shell(const std::string& line) {
  const std::string whole = "mailwalk=" + shell_quoted(MAILWALK_PROGRAM) + "; " + line;
  return exit_code(std::system(whole.c_str()));
}

std::string read_text(const fs::path& file) {
  const auto bytes = world::load_file(file.string(), 100'000'000);
  INFO(file);
  REQUIRE(bytes.ok());
  return std::string(bytes->view());
}

void write_text(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::FILE* stream = std::fopen(file.c_str(), "wb");
  REQUIRE(stream != nullptr);
  REQUIRE(std::fwrite(text.data(), 1, text.size(), stream) == text.size());
  REQUIRE(std::fclose(stream) == 0);
}

std::vector<std::string> files_below(const fs::path& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), folder).string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace mailwalk::test
