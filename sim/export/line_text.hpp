// The lines of a session as text, the way they went over the wire.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "export/narrator.hpp"
#include "export/text.hpp"
#include "journal/session_lines.hpp"

namespace mailwalk::exporting {

struct ShownLine {
  enum class Kind { Wire, Remark };  // Remark: in place of lines that were left out
  Kind kind = Kind::Wire;
  std::string text;
};

// Who says it, and whether somebody who reads along sees it: "C", "S", "C tls", "S tls".
std::string_view speaker(const journal::SessionLine& line);

// Of a record that somebody sees who reads along.
std::string_view wire_speaker(journal::Side from);

// What it says and what it brings, a text for each line on the wire: content with its dots stuffed
// and the lone dot at the end. Passwords, ends of lines and long contents as the options have it.
std::vector<ShownLine> shown_lines(const journal::SessionLine& line, const TextOptions& options,
                                   const Narrator& narrator);

}  // namespace mailwalk::exporting
