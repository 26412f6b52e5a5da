// The parameters of MAIL and RCPT: SIZE=, BODY=, SMTPUTF8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "mail/address.hpp"
#include "mail/envelope.hpp"
#include "smtp/extensions.hpp"
#include "smtp/reply.hpp"

namespace mailwalk::smtp {

// What MAIL says beyond the reverse-path.
struct MailParameters {
  std::optional<std::uint64_t> size_bytes;         // SIZE=, RFC 1870 section 5
  mail::BodyType body = mail::BodyType::SevenBit;  // BODY=, RFC 6152 section 2
  mail::Utf8 utf8 = mail::Utf8::Refused;           // SMTPUTF8, RFC 6531 section 3.4

  friend bool operator==(const MailParameters&, const MailParameters&) = default;
};

// Reads " SIZE=1000 BODY=8BITMIME" as it stands behind the path of a MAIL command: empty, or a
// space before each parameter. A parameter of an extension that is not in `offered` is unknown. The
// Reply says what is wrong: 501 5.5.4 (syntax, value, given twice) or 555 5.5.4 (unknown).
std::variant<MailParameters, Reply> parse_mail_parameters(std::string_view text,
                                                          ExtensionSet offered);

// The same behind the path of RCPT, where none of the extensions has a parameter.
// nullopt if there is nothing to object to.
std::optional<Reply> check_rcpt_parameters(std::string_view text);

// The other way: " SIZE=1000 BODY=8BITMIME", or nothing.
std::string to_text(const MailParameters& parameters);

}  // namespace mailwalk::smtp
