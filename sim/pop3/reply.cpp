#include "pop3/reply.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "wire/dot_codec.hpp"

namespace mailwalk::pop3 {
namespace {

constexpr std::string_view kOk = "+OK";
constexpr std::string_view kErr = "-ERR";
constexpr std::string_view kContinue = "+";

constexpr std::array<std::pair<ResponseCode, std::string_view>, 5> kCodes{{
    {ResponseCode::InUse, "IN-USE"},
    {ResponseCode::LoginDelay, "LOGIN-DELAY"},
    {ResponseCode::SysTemp, "SYS/TEMP"},
    {ResponseCode::SysPerm, "SYS/PERM"},
    {ResponseCode::Auth, "AUTH"},
}};

constexpr bool codes_stand_in_order() {
  for (std::size_t i = 0; i < kCodes.size(); ++i) {
    if (static_cast<std::size_t>(kCodes[i].first) != i) return false;
  }
  return true;
}
static_assert(codes_stand_in_order());

constexpr std::string_view status_word(Status status) {
  switch (status) {
    case Status::Ok: return kOk;
    case Status::Err: return kErr;
    case Status::Continue: return kContinue;
  }
  return {};
}

std::optional<ResponseCode> parse_code(std::string_view text) {
  for (const auto& [code, code_name] : kCodes) {
    if (ascii::iequals(text, code_name)) return code;
  }
  return std::nullopt;
}

// "[" resp-code "]" at the start of the text, which loses it if the code is known.
std::optional<ResponseCode> take_code(std::string_view& text) {
  if (text.empty() || text.front() != '[') return std::nullopt;
  const std::size_t end = text.find(']');
  if (end == std::string_view::npos) return std::nullopt;
  const auto code = parse_code(text.substr(1, end - 1));
  if (!code) return std::nullopt;
  text.remove_prefix(end + 1);
  if (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return code;
}

}  // namespace

std::string_view name(ResponseCode code) {
  return kCodes[static_cast<std::size_t>(code)].second;
}

std::string Reply::first_line() const {
  std::string line(status_word(status));
  if (code) line.append(" [").append(name(*code)).append("]");
  if (!text.empty() || status == Status::Continue) line.append(" ").append(text);
  for (char& c : line) {
    if (ascii::is_control(c)) c = '?';
  }
  constexpr std::size_t kLongest = kReplyLineOctets - 2;  // without CRLF
  if (line.size() > kLongest) line.resize(kLongest);
  return line;
}

std::string Reply::to_wire() const {
  std::string wire = first_line() + "\r\n";
  if (content) wire += wire::dot_encode(content->view());
  return wire;
}

Reply ok(std::string text) {
  return {Status::Ok, std::nullopt, std::move(text), std::nullopt};
}

Reply ok(std::string text, Bytes content) {
  return {Status::Ok, std::nullopt, std::move(text), std::move(content)};
}

Reply go_on(std::string base64) {
  return {Status::Continue, std::nullopt, std::move(base64), std::nullopt};
}

Reply err(std::string text, std::optional<ResponseCode> code) {
  return {Status::Err, code, std::move(text), std::nullopt};
}

std::optional<Reply> parse_first_line(std::string_view line) {
  Reply reply;
  std::string_view rest;
  if (line.substr(0, kOk.size()) == kOk) {
    rest = line.substr(kOk.size());
  } else if (line.substr(0, kErr.size()) == kErr) {
    reply.status = Status::Err;
    rest = line.substr(kErr.size());
  } else if (line.substr(0, kContinue.size() + 1) == "+ " || line == kContinue) {
    reply.status = Status::Continue;
    reply.text = line.substr(std::min(line.size(), kContinue.size() + 1));
    return reply;
  } else {
    return std::nullopt;
  }
  if (!rest.empty()) {
    if (rest.front() != ' ') return std::nullopt;
    rest.remove_prefix(1);
  }
  reply.code = take_code(rest);
  reply.text = rest;
  return reply;
}

}  // namespace mailwalk::pop3
