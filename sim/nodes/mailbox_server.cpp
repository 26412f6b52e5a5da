#include "nodes/mailbox_server.hpp"

#include <fmt/compile.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "base/ascii.hpp"
#include "mail/message.hpp"
#include "mail/trace_fields.hpp"
#include "nodes/arrival.hpp"

namespace mailwalk::nodes {
namespace {

// What happened in the last moments of a program that was killed may be in no recording, but
// clients saw it: a UID that was given then must not come again for another letter (RFC 1939
// section 7). A recording lacks 65,536 events at most, and what one step adds.
constexpr std::uint64_t kMostForgottenLetters = 1 << 20;

// A served run begins with empty maildrops, but mail programs outside remember the UIDs of the run
// before it, and would take new letters for old ones. So each second has UIDs of its own, more than
// letters can come in it.
constexpr std::uint64_t kUidsOfASecond = 1 << 20;

// A host may be strict about the case of local parts, and is told not to be (RFC 5321 section 2.4).
std::string key(const std::string& user, const std::string& domain) {
  return ascii::to_lower(user) + "@" + ascii::to_lower(domain);
}

}  // namespace

MailboxServer::MailboxServer(Machine& machine, MailboxServerConfig config)
    : machine_(machine),
      config_(std::move(config)),
      own_literal_("[" + machine.address().text() + "]"),
      skipped_uids_(static_cast<std::uint64_t>(machine.real_unix_seconds().value_or(0)) *
                    kUidsOfASecond) {}

void MailboxServer::add_mailbox(const std::string& user, const std::string& domain,
                                const std::string& password, std::uint64_t quota_bytes) {
  open_mailbox(user, domain, password, quota_bytes);
  machine_.record(kNoConnection,
                  journal::MaildropAdded{Bytes(user), Bytes(user + "@" + domain), quota_bytes});
}

void MailboxServer::open_mailbox(const std::string& user, const std::string& domain,
                                 const std::string& password, std::uint64_t quota_bytes) {
  const auto number = static_cast<std::uint32_t>(mailboxes_.size() + 1);
  Mailbox mailbox{user, domain, password, store::Maildrop(user, quota_bytes, number)};
  mailbox.drop.skip_uids(skipped_uids_);
  mailboxes_.insert_or_assign(key(user, domain), std::move(mailbox));
}

void MailboxServer::listen() {
  machine_.listen(kSmtpPort, [this](const net::Caller& caller) {
    return std::make_unique<SmtpReception>(machine_, config_.smtp, caller, *this, script_);
  });
}

Mailbox* MailboxServer::find(const std::string& login) {
  const std::size_t at = login.rfind('@');
  if (at != std::string::npos) {
    const auto found = mailboxes_.find(key(login.substr(0, at), login.substr(at + 1)));
    return found == mailboxes_.end() ? nullptr : &found->second;
  }
  for (const std::string& domain : config_.domains) {
    const auto found = mailboxes_.find(key(login, domain));
    if (found != mailboxes_.end()) return &found->second;
  }
  return nullptr;
}

std::optional<std::string> MailboxServer::password_of(std::string_view login) {
  const Mailbox* mailbox = find(std::string(login));
  return mailbox == nullptr ? std::nullopt : std::optional(mailbox->password);
}

bool MailboxServer::is_local(const std::string& domain) const {
  return domain == own_literal_ ||
         std::any_of(config_.domains.begin(), config_.domains.end(),
                     [&](const std::string& own) { return ascii::iequals(own, domain); });
}

// Postmaster always has a mailbox (RFC 5321 section 4.5.1). Where the scenario gives nobody that
// name, mail to it goes to the first mailbox of the domain, as an alias would have it; and where
// the domain has none at all, one is made.
Mailbox* MailboxServer::mailbox_of(const mail::Mailbox& recipient) {
  const bool postmaster = ascii::iequals(recipient.local_part, "postmaster");
  const bool own_host = recipient.domain.empty() || recipient.domain == own_literal_;
  const std::string domain =
      own_host && !config_.domains.empty() ? config_.domains.front() : recipient.domain;
  const auto found = mailboxes_.find(key(recipient.local_part, domain));
  if (found != mailboxes_.end()) return &found->second;
  if (!postmaster) return nullptr;
  for (auto& [address, mailbox] : mailboxes_) {
    if (ascii::iequals(mailbox.domain, domain)) return &mailbox;
  }
  add_mailbox("postmaster", domain, "", 0);
  return &mailboxes_.at(key("postmaster", domain));
}

smtp::Reply MailboxServer::no_room(const Mailbox& mailbox, std::uint64_t bytes,
                                   ConnectionId connection) {
  machine_.record(connection,
                  journal::QuotaExceeded{Bytes(mailbox.user), bytes, mailbox.drop.used_bytes()});
  // What is larger than the whole quota will never fit (RFC 3463 section 3.3). What is not may fit
  // once the owner has fetched and deleted.
  if (bytes > mailbox.drop.quota_bytes()) {
    return {552, {2, 3}, fmt::format("{}'s mailbox takes no mail of that size", mailbox.user)};
  }
  return {452, {2, 2}, fmt::format("{}'s mailbox is full", mailbox.user)};
}

smtp::Reply MailboxServer::check_recipient(const mail::Mailbox& recipient, std::uint64_t bytes) {
  const Mailbox* mailbox = mailbox_of(recipient);
  if (mailbox == nullptr) {
    return {550, {1, 1}, fmt::format("<{}>: no such mailbox here", recipient.text())};
  }
  // By the size that the client declared (RFC 1870 section 6.1). With its trace fields the mail is
  // a little larger: what is only just let in here is judged again at its end.
  if (!mailbox->drop.has_room_for(bytes)) return no_room(*mailbox, bytes, kNoConnection);
  return {250, {1, 5}, "Ok"};
}

smtp::Reply MailboxServer::deliver(const IncomingMail& mail) {
  const std::string delivery_id = fmt::format(FMT_COMPILE("{:05X}"), deliveries_ + 1);
  std::vector<Mailbox*> mailboxes;
  for (const mail::Mailbox& recipient : mail.envelope.recipients) {
    // Two addresses may lead to one mailbox (Postmaster and somebody): one letter is enough.
    Mailbox* mailbox = mailbox_of(recipient);
    if (mailbox == nullptr) continue;  // its RCPT was answered 250 by a script
    if (std::find(mailboxes.begin(), mailboxes.end(), mailbox) == mailboxes.end()) {
      mailboxes.push_back(mailbox);
    }
  }
  if (mailboxes.empty()) return {550, {1, 1}, "None of the recipients has a mailbox here"};
  const Bytes letter = mail::prepend(mail::return_path_field(mail.envelope.reverse_path) +
                                         arrival_field(machine_, mail, delivery_id),
                                     mail::strip_return_path(mail.message));
  for (const Mailbox* mailbox : mailboxes) {
    if (mailbox->drop.has_room_for(letter.size())) continue;
    return no_room(*mailbox, letter.size(), mail.connection);
  }
  ++deliveries_;
  for (Mailbox* mailbox : mailboxes) {
    const auto delivered = mailbox->drop.deliver(letter, machine_.now());
    machine_.record(mail.connection,
                    journal::LetterDelivered{Bytes(mailbox->user),
                                             Bytes(std::get<store::Uid>(delivered).text()), letter,
                                             mail.queue});
  }
  return {250, {0, 0}, "Ok: delivered as " + delivery_id};
}

smtp::Reply MailboxServer::sender_offered(const SmtpPeer& /*peer*/,
                                          const mail::ReversePath& /*sender*/,
                                          std::uint64_t /*declared_bytes*/) {
  return {250, {1, 0}, "Ok"};
}

smtp::Reply MailboxServer::recipient_offered(const SmtpPeer& /*peer*/,
                                             const mail::Mailbox& recipient,
                                             std::uint64_t declared_bytes) {
  if (!recipient.domain.empty() && !is_local(recipient.domain)) return relaying_denied(recipient);
  return check_recipient(recipient, declared_bytes);
}

smtp::Reply MailboxServer::verify(const std::string& text) {
  return verify_reply(text, [this](const mail::Mailbox& mailbox) {
    return (mailbox.domain.empty() || is_local(mailbox.domain)) && mailbox_of(mailbox) != nullptr;
  });
}

smtp::Reply MailboxServer::mail_offered(const IncomingMail& mail) {
  if (goes_in_circles(mail)) return too_many_hops();
  return deliver(mail);
}

// ---- From the journal ------------------------------------------------------------------------

void MailboxServer::recall(const journal::Event& event) {
  if (const auto* added = journal::payload_if<journal::MaildropAdded>(event)) {
    const std::string address(added->address.view());
    const std::string user(added->owner.view());
    // Only a postmaster's is not in the scenario: see mailbox_of().
    if (mailboxes_.count(ascii::to_lower(address)) > 0 || address.size() <= user.size()) return;
    open_mailbox(user, address.substr(user.size() + 1), "", added->quota_bytes);
  } else if (const auto* delivered = journal::payload_if<journal::LetterDelivered>(event)) {
    ++deliveries_;  // of several letters of one delivery each counts: no number comes twice
    Mailbox* mailbox = mailbox_with(delivered->uid);
    const auto uid = store::Uid::parse(delivered->uid.view());
    if (mailbox != nullptr && uid) {
      mailbox->drop.put_back({*uid, delivered->content, event.time});
    }
  } else if (const auto* expunged = journal::payload_if<journal::LetterExpunged>(event)) {
    const Mailbox* mailbox = mailbox_with(expunged->uid);
    const auto uid = store::Uid::parse(expunged->uid.view());
    if (mailbox != nullptr && uid) expunged_[key(mailbox->user, mailbox->domain)].push_back(*uid);
  }
}

void MailboxServer::recall_take_up() {
  skipped_uids_ += kMostForgottenLetters;
  for (auto& [address, mailbox] : mailboxes_) mailbox.drop.skip_uids(kMostForgottenLetters);
}

void MailboxServer::go_on() {
  for (auto& [address, uids] : expunged_) mailboxes_.at(address).drop.expunge(std::move(uids));
  expunged_.clear();
}

// Two maildrops of one server may have owners of the same name, in two domains; no two give the
// same UIDs.
Mailbox* MailboxServer::mailbox_with(const Bytes& uid) {
  for (auto& [address, mailbox] : mailboxes_) {
    if (mailbox.drop.gave(uid.view())) return &mailbox;
  }
  return nullptr;
}

}  // namespace mailwalk::nodes
