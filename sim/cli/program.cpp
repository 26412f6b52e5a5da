#include "cli/program.hpp"

#include <exception>
#include <new>
#include <variant>

#include "cli/check_command.hpp"
#include "cli/command_line.hpp"
#include "cli/diff_command.hpp"
#include "cli/list_command.hpp"
#include "cli/run_command.hpp"
#include "cli/serve_command.hpp"
#include "cli/show_command.hpp"

namespace mailwalk::cli {
namespace {

ExitCode perform(const RunOptions& options, Console& console) {
  return run_command(options, console);
}
ExitCode perform(const ServeOptions& options, Console& console) {
  return serve_command(options, console);
}
ExitCode perform(const ShowOptions& options, Console& console) {
  return show_command(options, console);
}
ExitCode perform(const DiffOptions& options, Console& console) {
  return diff_command(options, console);
}
ExitCode perform(const CheckOptions& options, Console& console) {
  return check_command(options, console);
}
ExitCode perform(const ListOptions& options, Console& console) {
  return list_command(options, console);
}
ExitCode perform(const Answered& answered, Console& console) {
  if (answered.code == ExitCode::Ok) {
    console.print(answered.text);
  } else {
    console.complain(answered.text);
  }
  return answered.code;
}

}  // namespace

ExitCode run_program(int argc, const char* const* argv, Console& console) {
  ExitCode code = ExitCode::Internal;
  try {
    code = std::visit([&](const auto& options) { return perform(options, console); },
                      parse_command_line(argc, argv));
  } catch (const std::bad_alloc&) {
    console.complain("not enough memory; close other programs, or take a shorter lesson or mail");
  } catch (const std::exception& exception) {
    // Of a library: our own code throws nothing.
    console.complain(exception.what());
  }
  const Done flushed = console.flush();
  if (flushed) return code;
  console.complain(flushed.error());
  return ExitCode::CannotWrite;
}

}  // namespace mailwalk::cli
