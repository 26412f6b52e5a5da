// Encoded words: text outside ASCII in header fields, "=?UTF-8?Q?caf=C3=A9?=" (RFC 2047).
#pragma once

#include <string>
#include <string_view>

namespace mailwalk::mail {

// For people: every encoded word in UTF-8, US-ASCII, ISO-8859-1 or windows-1252 decoded, blanks
// between two neighbours dropped (section 6.2). Words in other charsets or badly encoded are shown
// raw. Always one line of valid UTF-8: control characters become blanks, stray octets U+FFFD.
std::string decode_words(std::string_view value);

// UTF-8 text as a field value of 7-bit words: as it is if it is printable ASCII that comes through
// folding and nobody could take for an encoded word; else encoded words, short enough for one to
// stand on a line with a field's name, and blanks between them.
std::string encode_words(std::string_view utf8_text);

}  // namespace mailwalk::mail
