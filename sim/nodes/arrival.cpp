#include "nodes/arrival.hpp"

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "mail/message.hpp"
#include "mail/trace_fields.hpp"

namespace mailwalk::nodes {
namespace {

mail::TransferProtocol transfer_protocol(const IncomingMail& mail) {
  using mail::TransferProtocol;
  if (mail.protocol == smtp::Protocol::Smtp) return TransferProtocol::Smtp;
  const bool utf8 = mail.envelope.smtputf8;
  const bool tls = mail.peer.line == smtp::Line::Encrypted;
  if (!mail.peer.user.empty()) {
    if (utf8) return tls ? TransferProtocol::Utf8Smtpsa : TransferProtocol::Utf8Smtpa;
    return tls ? TransferProtocol::Esmtpsa : TransferProtocol::Esmtpa;
  }
  if (utf8) return tls ? TransferProtocol::Utf8Smtps : TransferProtocol::Utf8Smtp;
  return tls ? TransferProtocol::Esmtps : TransferProtocol::Esmtp;
}

}  // namespace

std::string arrival_field(const Machine& machine, const IncomingMail& mail, const std::string& id) {
  mail::Hop hop;
  hop.from_helo = mail.peer.helo;
  hop.from_address = mail.peer.address;
  hop.by = machine.host_name();
  hop.with = transfer_protocol(mail);
  hop.id = id;
  if (mail.envelope.recipients.size() == 1) hop.only_recipient = mail.envelope.recipients.front();
  hop.calendar = machine.calendar();
  hop.time = machine.now();
  return mail::received_field(hop);
}

bool goes_in_circles(const IncomingMail& mail) {
  return mail::count_received(mail.message) > kMaxHops;
}

smtp::Reply too_many_hops() {
  return {554, {4, 6}, "Too many hops: this mail goes in circles"};
}

smtp::Reply relaying_denied(const mail::Mailbox& recipient) {
  return {550, {7, 1}, fmt::format("<{}>: relaying denied", recipient.text())};
}

smtp::Reply verify_reply(const std::string& text,
                         const std::function<bool(const mail::Mailbox&)>& known) {
  const bool in_brackets = text.size() >= 2 && text.front() == '<' && text.back() == '>';
  const std::string bare = in_brackets ? text.substr(1, text.size() - 2) : text;
  const auto address = mail::parse_mailbox(bare, mail::Utf8::Allowed);
  const mail::Mailbox mailbox = address ? *address : mail::Mailbox{bare, ""};
  if (known(mailbox)) return {252, {1, 5}, fmt::format("<{}>", mailbox.text())};
  return {550, {1, 1}, fmt::format("<{}>: not known here", mailbox.text())};
}

}  // namespace mailwalk::nodes
