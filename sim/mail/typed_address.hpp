// Addresses in delivery reports: "rfc822; bob@b.test" (RFC 3464 section 2.1.2), and outside ASCII
// "utf-8; b\x{F6}b@b.test" (RFC 6533 section 3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/address.hpp"

namespace mailwalk::mail {

std::string typed_address_text(const Mailbox& mailbox);

// nullopt for another type of address or what is none.
std::optional<Mailbox> parse_typed_address(std::string_view text);

}  // namespace mailwalk::mail
