#include "wire/printable.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "wire/utf8.hpp"

namespace mailwalk::wire {
namespace {

// Characters that change how others are shown, or show nothing themselves.
bool is_invisible(char32_t c) {
  return (c >= 0x80 && c < 0xA0) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

void append_octet(std::string& out, unsigned char octet) {
  if (octet == '\t' || (octet >= 0x20 && octet < 0x7F)) {
    out += static_cast<char>(octet);
  } else if (octet < 0x20) {
    out += "\xE2\x90";  // U+2400 and on: pictures of the control characters
    out += static_cast<char>(0x80 + octet);
  } else if (octet == 0x7F) {
    out += "\xE2\x90\xA1";
  } else {
    out += fmt::format("‹{:02X}›", octet);
  }
}

}  // namespace

std::string printable(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t octets = wire::utf8_length(bytes);
    if (octets <= 1) {
      append_octet(out, static_cast<unsigned char>(bytes.front()));
    } else if (const char32_t c = wire::utf8_code_point(bytes); is_invisible(c)) {
      out += fmt::format("‹U+{:04X}›", static_cast<std::uint32_t>(c));
    } else {
      out += bytes.substr(0, octets);
    }
    bytes.remove_prefix(octets <= 1 ? 1 : octets);
  }
  return out;
}

}  // namespace mailwalk::wire
