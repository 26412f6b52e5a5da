#include "nodes/recalled_mail.hpp"

#include <utility>

#include "wire/utf8.hpp"

namespace mailwalk::nodes {

std::vector<mail::Mailbox> recalled_addresses(const journal::AddressList& addresses) {
  std::vector<mail::Mailbox> mailboxes;
  for (const Bytes& address : addresses) {
    if (auto mailbox = mail::parse_mailbox(address.view(), mail::Utf8::Allowed)) {
      mailboxes.push_back(std::move(*mailbox));
    }
  }
  return mailboxes;
}

mail::Envelope recalled_envelope(std::string_view sender, const journal::AddressList& recipients,
                                 const Bytes& content) {
  mail::Envelope envelope;
  envelope.reverse_path = mail::parse_mailbox(sender, mail::Utf8::Allowed);
  envelope.recipients = recalled_addresses(recipients);
  const std::string_view header = content.view().substr(0, content.view().find("\r\n\r\n"));
  envelope.smtputf8 = !wire::is_ascii(sender) || !wire::is_ascii(header);
  for (const Bytes& recipient : recipients) envelope.smtputf8 |= !wire::is_ascii(recipient.view());
  if (!wire::is_ascii(content.view())) envelope.body = mail::BodyType::EightBitMime;
  return envelope;
}

}  // namespace mailwalk::nodes
