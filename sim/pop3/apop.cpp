#include "pop3/apop.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

#include "base/ascii.hpp"

namespace mailwalk::pop3 {

std::string make_stamp(std::uint64_t serial, std::uint64_t drawn, std::string_view host_name) {
  return fmt::format("<{}.{}@{}>", serial, drawn, host_name);
}

// timestamp = msg-id of RFC 822 (RFC 1939 section 7): local part, "@" and domain in angle brackets.
std::optional<std::string> find_stamp(std::string_view greeting_text) {
  const std::size_t start = greeting_text.find('<');
  if (start == std::string_view::npos) return std::nullopt;
  const std::size_t end = greeting_text.find('>', start);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view stamp = greeting_text.substr(start, end - start + 1);
  if (stamp.find('@') == std::string_view::npos) return std::nullopt;
  for (const char c : stamp) {
    if (c == ' ' || ascii::is_control(c) || ascii::is_8bit(c)) return std::nullopt;
  }
  return std::string(stamp);
}

std::optional<std::string> apop_digest(std::string_view stamp, std::string_view password) {
  const std::string hashed = std::string(stamp) + std::string(password);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(hashed.data(), hashed.size(), digest.data(), &size, EVP_md5(), nullptr) != 1) {
    return std::nullopt;
  }
  std::string text;
  for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

bool apop_available() {
  return apop_digest({}, {}).has_value();
}

}  // namespace mailwalk::pop3
