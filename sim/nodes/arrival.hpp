// What every server does with a mail that arrives, whether it is the last one or passes it on.
#pragma once

#include <string>

#include "mail/address.hpp"
#include "nodes/machine.hpp"
#include "nodes/smtp_reception.hpp"

namespace mailwalk::nodes {

// More Received fields than this are a loop (RFC 5321 section 6.3).
inline constexpr std::size_t kMaxHops = 100;

// This hop's Received field.
std::string arrival_field(const Machine& machine, const IncomingMail& mail, const std::string& id);

bool goes_in_circles(const IncomingMail& mail);
smtp::Reply too_many_hops();
smtp::Reply relaying_denied(const mail::Mailbox& recipient);

// The reply to VRFY: 252 for a mailbox that is known, 550 for one that is not, and 252 for what
// cannot be told here (RFC 5321 section 3.5.3).
smtp::Reply verify_reply(const std::string& text,
                         const std::function<bool(const mail::Mailbox&)>& known);

}  // namespace mailwalk::nodes
