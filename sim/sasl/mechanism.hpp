// The ways of logging in that SMTP's and POP3's AUTH share (SASL, RFC 4422).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mailwalk::sasl {

enum class Mechanism : std::uint8_t {
  Plain,        // RFC 4616: the password itself
  Login,        // never standardised, and everywhere: the password itself, after two questions
  CramMd5,      // RFC 2195: a digest of the password and of what the server asks
  ScramSha256,  // RFC 5802, 7677: both sides prove that they know the password
};
inline constexpr std::array kMechanisms{Mechanism::Plain, Mechanism::Login, Mechanism::CramMd5,
                                        Mechanism::ScramSha256};

// "CRAM-MD5"
std::string_view name(Mechanism mechanism);

// In any case, compared whole.
std::optional<Mechanism> mechanism_from(std::string_view word);

// Whether who reads along learns the password.
constexpr bool sends_password(Mechanism mechanism) {
  return mechanism == Mechanism::Plain || mechanism == Mechanism::Login;
}

}  // namespace mailwalk::sasl
