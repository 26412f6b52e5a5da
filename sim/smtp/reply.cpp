#include "smtp/reply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "base/ascii.hpp"
#include "smtp/limits.hpp"

namespace mailwalk::smtp {

namespace {

// To ask for memory once.
constexpr std::size_t kTypicalReplyOctets = 64;

// What of a line is left for text behind "550-5.999.999 " and before CRLF.
constexpr std::size_t kTextOctets = kReplyLineOctets - 16;

constexpr bool continues_utf8(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// textstring = 1*(%d09 / %d32-126) (RFC 5321 section 4.2); more under SMTPUTF8.
void make_sendable(std::string& text) {
  if (text.size() > kTextOctets) {
    std::size_t end = kTextOctets;
    while (end > 0 && continues_utf8(text[end])) --end;
    text.resize(end);
  }
  std::replace_if(
      text.begin(), text.end(), [](char c) { return ascii::is_control(c) && c != '\t'; }, '?');
}

std::vector<std::string> one_line(std::string line) {
  std::vector<std::string> lines;
  lines.push_back(std::move(line));
  return lines;
}

}  // namespace

Reply::Reply(int code, std::string line) : Reply(code, std::nullopt, one_line(std::move(line))) {}

Reply::Reply(int code, StatusDetail status, std::string line)
    : Reply(code, std::optional(status), one_line(std::move(line))) {}

Reply::Reply(int code, std::optional<StatusDetail> status, std::vector<std::string> lines)
    : code_(code), status_(status), lines_(std::move(lines)) {
  assert(code >= 200 && code <= 599);
  assert(!lines_.empty());
  if (is_intermediate()) status_.reset();
  for (std::string& line : lines_) make_sendable(line);
}

std::optional<EnhancedCode> Reply::enhanced() const {
  if (!status_) return std::nullopt;
  return EnhancedCode{static_cast<std::uint8_t>(code_ / 100), status_->subject, status_->detail};
}

void Reply::set_status(std::optional<StatusDetail> status) {
  if (!is_intermediate()) status_ = status;
}

void Reply::append_to(std::string& wire) const {
  const std::array<char, 3> code = {static_cast<char>('0' + code_ / 100),
                                    static_cast<char>('0' + code_ / 10 % 10),
                                    static_cast<char>('0' + code_ % 10)};
  const std::string status = status_ ? enhanced()->text() : std::string();
  wire.reserve(wire.size() + kTypicalReplyOctets * lines_.size());
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const bool last = i + 1 == lines_.size();
    wire.append(code.data(), code.size());
    if (!last) {
      wire += '-';
    } else if (!status.empty() || !lines_[i].empty() || code_ == 334) {
      wire += ' ';  // 334 has it even where nothing follows (RFC 4954 section 4)
    }
    wire += status;
    if (!status.empty() && !lines_[i].empty()) wire += ' ';
    wire += lines_[i];
    wire += "\r\n";
  }
}

std::string Reply::to_wire() const {
  std::string wire;
  append_to(wire);
  return wire;
}

std::string Reply::text() const {
  const std::string rest = status_text();
  return fmt::format("{}{}{}", code_, rest.empty() ? "" : " ", rest);
}

std::string Reply::status_text() const {
  std::string text = status_ ? enhanced()->text() : "";
  for (const std::string& line : lines_) {
    if (!line.empty()) text += (text.empty() ? "" : " ") + line;
  }
  return text;
}

}  // namespace mailwalk::smtp
