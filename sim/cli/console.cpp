#include "cli/console.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "wire/printable.hpp"
#include "world/problems.hpp"

namespace mailwalk::cli {
namespace {

bool wants_colour(std::FILE* stream) {
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* terminal = std::getenv("TERM");
  if (terminal != nullptr && std::string_view(terminal) == "dumb") return false;
  return isatty(fileno(stream)) == 1;
}

std::string_view escape(Colour colour) {
  switch (colour) {
    case Colour::Plain: return "";
    case Colour::Red: return "\x1b[31m";
    case Colour::Yellow: return "\x1b[33m";
    case Colour::Green: return "\x1b[32m";
    case Colour::Bold: return "\x1b[1m";
  }
  return "";
}

std::string painted(std::string_view text, Colour colour, bool coloured) {
  if (!coloured || colour == Colour::Plain) return std::string(text);
  return fmt::format("{}{}\x1b[0m", escape(colour), text);
}

// Line by line: what is told often holds words of a command line, a file or a folder.
std::string printable_lines(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines += wire::printable(text.substr(0, end)) + '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

Console::Console(std::FILE* out, std::FILE* err)
    : out_(out), err_(err), out_coloured_(wants_colour(out)), err_coloured_(wants_colour(err)) {}

void Console::print(std::string_view text, Colour colour) {
  if (write_error_ != 0) return;
  const std::string bytes = painted(text, colour, out_coloured_);
  if (std::fwrite(bytes.data(), 1, bytes.size(), out_) != bytes.size()) write_error_ = errno;
}

Done Console::flush() {
  if (write_error_ == 0 && std::fflush(out_) != 0) write_error_ = errno;
  if (write_error_ == 0 || write_error_ == EPIPE) return done();
  return world::make_error(fmt::format("the standard output cannot be written: {}",
                                       std::generic_category().message(write_error_)));
}

void Console::tell(std::string_view label, Colour colour, std::string_view text) {
  const std::string line =
      fmt::format("{} {}", painted(label, colour, err_coloured_), printable_lines(text));
  // Nobody is left to tell if this fails.
  std::fwrite(line.data(), 1, line.size(), err_);
}

void Console::complain(const Error& error) {
  complain(error.text());
}
void Console::complain(std::string_view text) {
  tell("mailwalk:", Colour::Red, text);
}
void Console::note(std::string_view text, exporting::Language language) {
  const bool english = language == exporting::Language::English;
  tell(english ? "note:" : "catatan:", Colour::Yellow, text);
}

}  // namespace mailwalk::cli
