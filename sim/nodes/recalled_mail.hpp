// Mails and addresses as the journal has them, for machines that take up what they did before.
#pragma once

#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "journal/vocabulary.hpp"
#include "mail/envelope.hpp"

namespace mailwalk::nodes {

// Addresses that cannot be read are left out: no machine of ours ever wrote one.
std::vector<mail::Mailbox> recalled_addresses(const journal::AddressList& addresses);

// The envelope of a mail that was on its way; an empty sender is the null reverse-path. What a mail
// needs of the next host (8BITMIME, SMTPUTF8) can be seen from its octets.
mail::Envelope recalled_envelope(std::string_view sender, const journal::AddressList& recipients,
                                 const Bytes& content);

}  // namespace mailwalk::nodes
