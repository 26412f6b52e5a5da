// A reply of SMTP: code, optional enhanced status code, text lines (RFC 5321 section 4.2, RFC
// 3463).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/status_code.hpp"

namespace mailwalk::smtp {

// Subject and detail of an enhanced status code, without its class: {1, 1} of "5.1.1". The class
// always comes from the reply's code, so that the two cannot disagree.
struct StatusDetail {
  std::uint16_t subject = 0;  // 0 to 999
  std::uint16_t detail = 0;   // 0 to 999

  friend bool operator==(const StatusDetail&, const StatusDetail&) = default;
};

// A whole enhanced status code: the same thing in a reply and in a delivery report.
using EnhancedCode = mail::StatusCode;

class Reply {
 public:
  // REQUIRES 200 <= code <= 599, and at least one line. Control characters in a line become '?'
  // and a line is cut where it would exceed 512 octets on the wire: nothing quoted in a reply can
  // break it. A status with a 3xx code is dropped (RFC 3463 has no class 3).
  Reply(int code, std::string line);
  Reply(int code, StatusDetail status, std::string line);
  Reply(int code, std::optional<StatusDetail> status, std::vector<std::string> lines);

  [[nodiscard]] int code() const { return code_; }
  [[nodiscard]] std::optional<EnhancedCode> enhanced() const;
  // At least one; without code, enhanced code and CRLF.
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

  [[nodiscard]] bool is_positive() const { return code_ < 400; }           // 2xx, 3xx
  [[nodiscard]] bool is_completion() const { return code_ / 100 == 2; }    // 2xx
  [[nodiscard]] bool is_intermediate() const { return code_ / 100 == 3; }  // 3xx
  [[nodiscard]] bool is_transient() const { return code_ / 100 == 4; }     // 4xx
  [[nodiscard]] bool is_permanent() const { return code_ / 100 == 5; }     // 5xx

  // With this status, or with none, instead of its own.
  void set_status(std::optional<StatusDetail> status);

  // "250-mx.b.test\r\n250 SIZE 1000\r\n"; an enhanced code stands on every line (RFC 2034 section
  // 4).
  [[nodiscard]] std::string to_wire() const;
  void append_to(std::string& wire) const;

  // All lines in one, for people and diagnostics: "550 5.1.1 <x@b.test>: no such user".
  [[nodiscard]] std::string text() const;
  // The same without the reply code: "5.1.1 <x@b.test>: no such user".
  [[nodiscard]] std::string status_text() const;

  friend bool operator==(const Reply&, const Reply&) = default;

 private:
  int code_;
  std::optional<StatusDetail> status_;
  std::vector<std::string> lines_;
};

}  // namespace mailwalk::smtp
