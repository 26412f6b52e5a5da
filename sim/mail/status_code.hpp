// The enhanced status codes of delivery reports: "5.1.1" (RFC 3463).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailwalk::mail {

struct StatusCode {
  std::uint8_t class_digit = 5;  // 2 success, 4 persistent transient failure, 5 permanent failure
  std::uint16_t subject = 0;     // 0 to 999
  std::uint16_t detail = 0;      // 0 to 999

  // "5.1.1"
  [[nodiscard]] std::string text() const;

  // "5.1.1" and nothing else; nullopt for another class, leading zeros or numbers above 999.
  static std::optional<StatusCode> parse(std::string_view text);

  friend bool operator==(const StatusCode&, const StatusCode&) = default;
};

}  // namespace mailwalk::mail
