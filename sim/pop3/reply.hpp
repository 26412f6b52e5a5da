// POP3 replies: "+OK" or "-ERR", perhaps a response code, a text, perhaps lines that follow.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace mailwalk::pop3 {

enum class Status : std::uint8_t {
  Ok,
  Err,
  Continue,  // "+ ": within AUTH, the server's turn in a dialogue (RFC 5034 section 4)
};

// The codes in brackets that tell a program why (RFC 2449 section 8, RFC 3206 section 4).
enum class ResponseCode : std::uint8_t {
  InUse,       // [IN-USE]: another session holds the maildrop
  LoginDelay,  // [LOGIN-DELAY]: too soon after the last login
  SysTemp,     // [SYS/TEMP]: the server's fault, and it will pass
  SysPerm,     // [SYS/PERM]: the server's fault, and a person must help
  Auth,        // [AUTH]: the name or the password is wrong
};
// "IN-USE", without brackets.
std::string_view name(ResponseCode code);

// Longest first line of a reply, CRLF included (RFC 1939 section 3, RFC 2449 section 4).
inline constexpr std::size_t kReplyLineOctets = 512;

struct Reply {
  Status status = Status::Ok;
  std::optional<ResponseCode> code;
  std::string text;              // for people, without the code; never parsed but for the greeting
  std::optional<Bytes> content;  // of a multi-line reply: CRLF lines, before dot-stuffing

  [[nodiscard]] bool is_ok() const { return status == Status::Ok; }
  // "-ERR [IN-USE] maildrop is locked": the first line without CRLF. Text beyond 512 octets is cut,
  // and control characters in it become "?".
  [[nodiscard]] std::string first_line() const;
  // All octets that go on the wire, content stuffed and ended.
  [[nodiscard]] std::string to_wire() const;

  friend bool operator==(const Reply&, const Reply&) = default;
};

Reply ok(std::string text);
Reply ok(std::string text, Bytes content);
Reply go_on(std::string base64);
Reply err(std::string text, std::optional<ResponseCode> code = std::nullopt);

// The first line of a reply, without CRLF; nullopt if it begins with none of them. A code that we
// do not know stays in the text. Status words are read in upper case only (RFC 1939 section 3).
std::optional<Reply> parse_first_line(std::string_view line);

}  // namespace mailwalk::pop3
