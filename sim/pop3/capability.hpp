// What a server says it can do: the lines of CAPA (RFC 2449 sections 5 and 6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace mailwalk::pop3 {

enum class Capability : std::uint8_t {
  Other,  // one that we do not know
  Top,
  User,
  Sasl,
  RespCodes,
  AuthRespCode,
  LoginDelay,
  Pipelining,
  Expire,
  Uidl,
  Stls,
  Implementation,
};
// "RESP-CODES"; empty for Other.
std::string_view name(Capability capability);

struct CapabilityLine {
  Capability capability = Capability::Other;
  std::string text;  // the whole line: "EXPIRE NEVER"
  friend bool operator==(const CapabilityLine&, const CapabilityLine&) = default;
};

struct Capabilities {
  std::vector<CapabilityLine> lines;

  [[nodiscard]] bool has(Capability capability) const;
  // What stands behind the keyword of its first line; empty if nothing does.
  [[nodiscard]] std::string_view arguments(Capability capability) const;
  // REQUIRES `capability` is not Other.
  void add(Capability capability, std::string_view arguments = {});

  // As CRLF lines, and back. Lines that we do not know are kept; nullopt if there are more than
  // `max_lines`.
  [[nodiscard]] Bytes content() const;
  static std::optional<Capabilities> parse(std::string_view content, std::size_t max_lines);

  friend bool operator==(const Capabilities&, const Capabilities&) = default;
};

}  // namespace mailwalk::pop3
