// Standard output and standard error, with colours where somebody sees them.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "export/text.hpp"

namespace mailwalk::cli {

enum class Colour : std::uint8_t { Plain, Red, Yellow, Green, Bold };

class Console {
 public:
  // Colours are used on a terminal only, and not if NO_COLOR is set (https://no-color.org).
  Console(std::FILE* out, std::FILE* err);

  [[nodiscard]] bool shows_colours() const { return out_coloured_; }

  void print(std::string_view text, Colour colour = Colour::Plain);

  // "mailwalk: …" on standard error, with a line end. Whatever the text holds, it cannot command a
  // terminal.
  void complain(const Error& error);
  void complain(std::string_view text);
  // "note: …", "catatan: …", just so.
  void note(std::string_view text, exporting::Language language = exporting::Language::English);

  // Whether everything that was printed has got out; if not, why not. A reader that went away
  // ("mailwalk run 1 | head") has had what it wanted.
  Done flush();

 private:
  void tell(std::string_view label, Colour colour, std::string_view text);

  std::FILE* out_;
  std::FILE* err_;
  bool out_coloured_;
  bool err_coloured_;
  int write_error_ = 0;  // errno of the first that failed
};

}  // namespace mailwalk::cli
