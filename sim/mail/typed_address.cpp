#include "mail/typed_address.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstddef>
#include <cstdint>

#include "base/ascii.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::mail {

namespace {

constexpr std::string_view kEscape = "\\x{";

// utf-8-addr-xtext = 1*( QCHAR / EmbeddedUnicodeChar );  EmbeddedUnicodeChar = "\x{" HEXPOINT "}"
// QCHAR            = %x21-2a / %x2c-3c / %x3e-5b / %x5d-7e  ; not + = \ or blank
std::string to_xtext(std::string_view address) {
  std::string xtext;
  while (!address.empty()) {
    const char32_t c = wire::utf8_code_point(address);
    if (c > ' ' && c <= '~' && c != '+' && c != '=' && c != '\\') {
      xtext += static_cast<char>(c);
    } else {
      xtext += fmt::format("\\x{{{:X}}}", static_cast<std::uint32_t>(c));
    }
    address.remove_prefix(wire::utf8_length(address));
  }
  return xtext;
}

bool is_scalar_value(std::uint32_t c) {
  return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

// The other direction; characters that are not escaped stand for themselves.
std::optional<std::string> from_xtext(std::string_view xtext) {
  std::string address;
  while (true) {
    const std::size_t escape = xtext.find(kEscape);
    address.append(xtext.substr(0, escape));
    if (escape == std::string_view::npos) return address;
    xtext.remove_prefix(escape + kEscape.size());
    std::uint32_t c = 0;
    const char* end = xtext.data() + xtext.size();
    const auto read = std::from_chars(xtext.data(), end, c, 16);
    if (read.ec != std::errc{} || read.ptr == end || *read.ptr != '}' || !is_scalar_value(c)) {
      return std::nullopt;
    }
    wire::append_utf8(address, c);
    xtext.remove_prefix(static_cast<std::size_t>(read.ptr + 1 - xtext.data()));
  }
}

// A mailbox, or Postmaster alone.
std::optional<Mailbox> parse_recipient(std::string_view address) {
  const std::string path = "<" + std::string(address) + ">";
  ParsedPath parsed = parse_forward_path(path, Utf8::Allowed);
  if (!parsed.ok() || !parsed.rest.empty()) return std::nullopt;
  return parsed.mailbox;
}

}  // namespace

std::string typed_address_text(const Mailbox& mailbox) {
  const std::string address = mailbox.text();
  if (wire::is_ascii(address)) return "rfc822; " + address;
  return "utf-8; " + to_xtext(wire::to_valid_utf8(address));
}

std::optional<Mailbox> parse_typed_address(std::string_view text) {
  const std::size_t semicolon = text.find(';');
  if (semicolon == std::string_view::npos) return std::nullopt;
  const std::string_view type = ascii::trim(text.substr(0, semicolon));
  const std::string_view address = ascii::trim(text.substr(semicolon + 1));
  if (ascii::iequals(type, "rfc822")) return parse_recipient(address);
  if (!ascii::iequals(type, "utf-8")) return std::nullopt;
  const auto decoded = from_xtext(address);
  return decoded ? parse_recipient(*decoded) : std::nullopt;
}

}  // namespace mailwalk::mail
