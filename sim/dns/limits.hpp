// The limits of DNS as Mailwalk speaks it, each with where it comes from.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/virtual_time.hpp"

namespace mailwalk::dns {

inline constexpr std::size_t kHeaderOctets = 12;    // RFC 1035 section 4.1.1
inline constexpr std::size_t kMaxLabelOctets = 63;  // RFC 1035 section 2.3.4
inline constexpr std::size_t kMaxNameOctets = 255;  // same; with all length octets and the root's

inline constexpr std::size_t kMaxStringOctets = 255;  // RFC 1035 section 3.3: one of a TXT record

// RFC 1035 sections 2.3.4 and 4.2.1: what fits into a datagram. We offer no EDNS (RFC 6891),
// because a lesson's answers are short and every extra record is one more thing to explain.
inline constexpr std::size_t kMaxUdpOctets = 512;

// The 16 bits of a UDP length; a pointer could not reach further than a quarter of it anyway.
inline constexpr std::size_t kMaxMessageOctets = 65'535;

// RFC 1035 section 4.2.1 asks for 2 to 5 seconds before a datagram is sent again; resolvers in use
// take 5, so a class sees the pause that it will meet outside.
inline constexpr Duration kQueryTimeout = seconds(5);

// Sent again twice, so 15 s for a silent server: well below the minutes that an SMTP client waits
// for a reply, and the mail queue tries again later in any case.
inline constexpr int kQueryAttempts = 3;

// Aliases followed one after another. RFC 1034 section 3.6.2 wants a chain followed and a loop
// noticed, and names no number; honest chains have one or two links.
inline constexpr int kMaxAliases = 8;

// Mail exchangers looked at; more than a 512-octet answer can hold, so it binds only the hostile.
inline constexpr std::size_t kMaxExchanges = 40;

inline constexpr std::uint32_t kDefaultTtlSeconds = 3'600;

}  // namespace mailwalk::dns
