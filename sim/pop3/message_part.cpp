#include "pop3/message_part.hpp"

#include <cstddef>
#include <string_view>

namespace mailwalk::pop3 {
namespace {

constexpr std::string_view kCrlf = "\r\n";

// Where the line that starts at `start` ends, its CRLF included; the end of the text if it has
// none.
std::size_t line_end(std::string_view text, std::size_t start) {
  const std::size_t crlf = text.find(kCrlf, start);
  return crlf == std::string_view::npos ? text.size() : crlf + kCrlf.size();
}

// Behind the blank line that ends the header; the end of the text if there is no blank line.
std::size_t body_start(std::string_view text) {
  std::size_t position = 0;
  while (position < text.size()) {
    const bool blank = text.substr(position, kCrlf.size()) == kCrlf;
    position = line_end(text, position);
    if (blank) break;
  }
  return position;
}

}  // namespace

std::uint64_t octets_on_wire(const Bytes& content) {
  const std::string_view text = content.view();
  const bool complete = text.empty() || (text.size() >= kCrlf.size() &&
                                         text.substr(text.size() - kCrlf.size()) == kCrlf);
  return text.size() + (complete ? 0 : kCrlf.size());
}

Bytes top_part(const Bytes& content, std::uint32_t body_lines) {
  const std::string_view text = content.view();
  std::size_t end = body_start(text);
  for (std::uint32_t line = 0; line < body_lines && end < text.size(); ++line) {
    end = line_end(text, end);
  }
  return content.slice(0, end);
}

}  // namespace mailwalk::pop3
