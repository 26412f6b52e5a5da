// Addresses of machines in place of a domain: "[192.0.2.1]", "[IPv6:2001:db8::1]" (RFC 5321 section
// 4.1.3).
#pragma once

#include <string_view>

namespace mailwalk::mail {

// With its brackets. IPv6 is the only tag that was ever registered, so no other form is one.
bool is_address_literal(std::string_view text);

}  // namespace mailwalk::mail
