// Bytes from the wire, or from a file, as text that can be shown: nothing in them can command a
// terminal. Whoever prints what somebody else wrote prints it so.
#pragma once

#include <string>
#include <string_view>

namespace mailwalk::wire {

// Printable UTF-8 stays. Control characters become their pictures (ESC: ␛), bidirectional and other
// invisible controls their number (U+202E: ‹U+202E›), octets that are no UTF-8 their value (‹E9›).
// A tab stays a tab if it stands inside a line, as in a folded field.
std::string printable(std::string_view bytes);

}  // namespace mailwalk::wire
