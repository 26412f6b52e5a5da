// The service extensions that Mailwalk speaks, and what the other side offers of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sasl/mechanism.hpp"

namespace mailwalk::smtp {

enum class Extension {
  Pipelining,           // RFC 2920
  Size,                 // RFC 1870
  EightBitMime,         // RFC 6152
  EnhancedStatusCodes,  // RFC 2034
  SmtpUtf8,             // RFC 6531
  StartTls,             // RFC 3207
  Auth,                 // RFC 4954
};
inline constexpr std::size_t kExtensionCount = static_cast<std::size_t>(Extension::Auth) + 1;

// The EHLO keyword: "8BITMIME".
std::string_view name(Extension extension);

// The extension of this EHLO keyword, in any case.
std::optional<Extension> extension_from(std::string_view keyword);

// A set of extensions. SMTPUTF8 never stands in it without 8BITMIME (RFC 6531 section 3.1).
class ExtensionSet {
 public:
  constexpr ExtensionSet() = default;
  constexpr ExtensionSet(std::initializer_list<Extension> extensions) {
    for (const Extension extension : extensions) add(extension);
  }
  // All that need nothing but the session: not TLS, and nobody who could log in.
  static constexpr ExtensionSet usual() {
    return {Extension::Pipelining, Extension::Size, Extension::EightBitMime,
            Extension::EnhancedStatusCodes, Extension::SmtpUtf8};
  }

  [[nodiscard]] constexpr bool has(Extension extension) const {
    return (bits_ & bit(extension)) != 0;
  }
  constexpr void add(Extension extension) {
    bits_ |= bit(extension);
    if (extension == Extension::SmtpUtf8) bits_ |= bit(Extension::EightBitMime);
  }
  constexpr void remove(Extension extension) {
    bits_ &= ~bit(extension);
    if (extension == Extension::EightBitMime) bits_ &= ~bit(Extension::SmtpUtf8);
  }

  friend constexpr bool operator==(ExtensionSet, ExtensionSet) = default;

 private:
  static constexpr std::uint32_t bit(Extension extension) {
    return std::uint32_t{1} << static_cast<unsigned>(extension);
  }
  std::uint32_t bits_ = 0;
};

// What a server said in its reply to EHLO.
struct OfferedExtensions {
  ExtensionSet known;
  // From "SIZE n"; nullopt if there is no SIZE, or SIZE without a number, or SIZE 0 (no fixed
  // limit).
  std::optional<std::uint64_t> size_limit_bytes;
  std::vector<sasl::Mechanism> mechanisms;  // from "AUTH PLAIN LOGIN", those that we know

  friend bool operator==(const OfferedExtensions&, const OfferedExtensions&) = default;
};

// Reads the lines of a 250 reply to EHLO; the first is the greeting and is skipped. Keywords that
// Mailwalk does not speak are passed over.
OfferedExtensions parse_offered(const std::vector<std::string>& reply_lines);

}  // namespace mailwalk::smtp
