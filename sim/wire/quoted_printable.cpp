#include "wire/quoted_printable.hpp"

#include <cstddef>
#include <optional>

#include "base/ascii.hpp"

namespace mailwalk::wire {

namespace {

constexpr std::size_t kMaxLineOctets = 76;  // RFC 2045 section 6.7 rule 5, with a soft break's "="
constexpr char kDigits[] = "0123456789ABCDEF";

// One octet as it stands in a line, literal or escaped. A blank is literal unless it ends the line.
std::string encoded_octet(char c, bool ends_line) {
  const bool literal = ascii::is_blank(c) ? !ends_line : c > ' ' && c <= '~' && c != '=';
  if (literal) return std::string(1, c);
  const auto octet = static_cast<unsigned char>(c);
  return {'=', kDigits[octet >> 4], kDigits[octet & 15]};
}

void encode_line(std::string& out, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool last = i + 1 == line.size();
    const std::string octet = encoded_octet(line[i], last);
    const std::size_t room = last ? kMaxLineOctets : kMaxLineOctets - 1;
    if (column + octet.size() > room) {
      out += "=\r\n";
      column = 0;
    }
    out += octet;
    column += octet.size();
  }
}

std::optional<unsigned> hex_value(char c) {
  if (ascii::is_digit(c)) return static_cast<unsigned>(c - '0');
  const char lower = ascii::lower(c);
  if (lower >= 'a' && lower <= 'f') return static_cast<unsigned>(lower - 'a' + 10);
  return std::nullopt;
}

// The octet of the escape "=XX" at the start of text.
std::optional<char> escaped_octet(std::string_view text) {
  if (text.size() < 3 || text[0] != '=') return std::nullopt;
  const auto high = hex_value(text[1]);
  const auto low = hex_value(text[2]);
  if (!high || !low) return std::nullopt;
  return static_cast<char>(*high << 4 | *low);
}

std::string_view without_trailing_blanks(std::string_view line) {
  while (!line.empty() && ascii::is_blank(line.back())) line.remove_suffix(1);
  return line;
}

void decode_line(std::string& out, std::string_view line) {
  while (!line.empty()) {
    const auto octet = escaped_octet(line);
    out += octet.value_or(line.front());
    line.remove_prefix(octet ? 3 : 1);
  }
}

}  // namespace

std::string quoted_printable_encode(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  while (true) {
    const std::size_t end = text.find("\r\n");
    encode_line(out, text.substr(0, end));
    if (end == std::string_view::npos) return out;
    out += "\r\n";
    text.remove_prefix(end + 2);
  }
}

std::string quoted_printable_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t end = text.find("\r\n");
    const bool ended = end != std::string_view::npos;
    std::string_view line = without_trailing_blanks(text.substr(0, end));
    const bool soft_break = !line.empty() && line.back() == '=';
    if (soft_break) line.remove_suffix(1);
    decode_line(out, line);
    if (ended && !soft_break) out += "\r\n";
    text.remove_prefix(ended ? end + 2 : text.size());
  }
  return out;
}

}  // namespace mailwalk::wire
