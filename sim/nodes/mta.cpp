#include "nodes/mta.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "base/ascii.hpp"
#include "mail/delivery_status.hpp"
#include "mail/message.hpp"
#include "mail/trace_fields.hpp"
#include "nodes/arrival.hpp"
#include "nodes/message_id.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::nodes {
namespace {

journal::AddressList addresses(const std::vector<mail::Mailbox>& mailboxes) {
  journal::AddressList list;
  for (const mail::Mailbox& mailbox : mailboxes) list.emplace_back(mailbox.text());
  return list;
}

bool stands_in(const std::vector<std::string>& domains, const std::string& domain) {
  return std::any_of(domains.begin(), domains.end(),
                     [&](const std::string& one) { return ascii::iequals(one, domain); });
}

std::vector<mail::RecipientStatus> report_on(const std::vector<RelayResult>& failed) {
  std::vector<mail::RecipientStatus> statuses;
  for (const RelayResult& result : failed) {
    const store::Diagnostic& diagnostic = result.diagnostic;
    statuses.push_back({result.recipient, mail::DeliveryAction::Failed, diagnostic.status,
                        diagnostic.remote_mta, diagnostic.diagnostic_code, diagnostic.reason});
  }
  return statuses;
}

}  // namespace

Mta::Mta(Machine& machine, Resolver& resolver, MtaConfig config, LocalDelivery* local)
    : machine_(machine),
      resolver_(resolver),
      config_(std::move(config)),
      local_(local),
      queue_(config_.retry, config_.queue_limits),
      next_work_(machine.scheduler(), [this] { work_on_queue(); }) {}

void Mta::listen() {
  const auto listen_on = [this](Port port, auto next_config) {
    machine_.listen(port, [this, next_config](const net::Caller& caller) {
      return std::make_unique<SmtpReception>(machine_, next_config(), caller, *this, script_);
    });
  };
  listen_on(kSmtpPort, [this] { return relay_config(); });
  listen_on(kSubmissionPort, [this] { return submission_config(smtp::Line::Clear); });
  if (config_.smtp.tls == tls::Offer::None) return;
  listen_on(kSubmissionsPort, [this] { return submission_config(smtp::Line::Encrypted); });
}

// Other MTAs come from anywhere: TLS cannot be asked of them (RFC 3207 section 4), nor a password.
smtp::ServerConfig Mta::relay_config() const {
  smtp::ServerConfig config = config_.smtp;
  if (config.tls == tls::Offer::Required) config.tls = tls::Offer::Offered;
  return config;
}

smtp::ServerConfig Mta::submission_config(smtp::Line line) {
  smtp::ServerConfig config = config_.smtp;
  config.line = line;
  if (config_.login.mechanisms.empty()) return config;
  config.login.mechanisms = config_.login.mechanisms;
  config.login.without_tls = config_.login.without_tls;
  config.login.need = smtp::ServerLogin::Need::Required;
  config.login.nonce = machine_.issuer().nonce(machine_.prng().next());
  config.login.password_of = [this](std::string_view user) { return password_of(user); };
  return config;
}

// By "ani@kampus.example", or by "ani" where only one is called so.
std::optional<std::string> Mta::password_of(std::string_view user) const {
  const std::string name = ascii::to_lower(user);
  const auto& passwords = config_.login.passwords;
  if (const auto found = passwords.find(name); found != passwords.end()) return found->second;
  std::optional<std::string> password;
  for (const auto& [address, known] : passwords) {
    if (address.substr(0, address.find('@')) != name) continue;
    if (password) return std::nullopt;
    password = known;
  }
  return password;
}

// ---- Accepting -------------------------------------------------------------------------------

bool Mta::is_local(const mail::Mailbox& recipient) const {
  if (local_ == nullptr) return false;
  return recipient.domain.empty() || local_->is_local(recipient.domain);
}

bool Mta::is_user_agent(const SmtpPeer& peer) const {
  const auto& own = config_.relays_for;
  return peer.origin == net::Origin::Scenario &&
         (!peer.user.empty() || std::find(own.begin(), own.end(), peer.address) != own.end());
}

bool Mta::may_relay(const SmtpPeer& peer, const mail::Mailbox& recipient) const {
  if (is_user_agent(peer)) return true;
  return stands_in(
      peer.origin == net::Origin::Outside ? config_.domains_for_visitors : config_.relay_domains,
      recipient.domain);
}

bool Mta::may_write_to(const std::string& domain) const {
  return config_.reach == MtaConfig::Reach::Near ||
         (local_ != nullptr && local_->is_local(domain)) ||
         stands_in(config_.domains_for_visitors, domain);
}

smtp::Reply Mta::sender_offered(const SmtpPeer& /*peer*/, const mail::ReversePath& /*sender*/,
                                std::uint64_t declared_bytes) {
  if (!queue_.has_room_for(declared_bytes)) return {452, {3, 1}, "The queue is full, try later"};
  return {250, {1, 0}, "Ok"};
}

smtp::Reply Mta::recipient_offered(const SmtpPeer& peer, const mail::Mailbox& recipient,
                                   std::uint64_t declared_bytes) {
  if (is_local(recipient)) return local_->check_recipient(recipient, declared_bytes);
  // <Postmaster> must be taken, also by a host that only relays (RFC 5321 section 4.5.1).
  const bool is_for_postmaster =
      recipient.domain.empty() && (is_user_agent(peer) || may_write_to(config_.postmaster_domain));
  if (is_for_postmaster || may_relay(peer, recipient)) return {250, {1, 5}, "Ok"};
  return relaying_denied(recipient);
}

smtp::Reply Mta::verify(const std::string& text) {
  if (local_ == nullptr) return {252, {1, 5}, "Cannot verify, but will take a mail and try"};
  return verify_reply(text, [this](const mail::Mailbox& mailbox) {
    return is_local(mailbox) && local_->check_recipient(mailbox, 0).is_positive();
  });
}

smtp::Reply Mta::mail_offered(const IncomingMail& mail) {
  if (goes_in_circles(mail)) return too_many_hops();
  return take_responsibility(mail);
}

smtp::Reply Mta::take_responsibility(const IncomingMail& mail) {
  IncomingMail here = mail;
  mail::Envelope onward = mail.envelope;
  here.envelope.recipients.clear();
  onward.recipients.clear();
  for (mail::Mailbox recipient : mail.envelope.recipients) {
    if (recipient.domain.empty() && local_ == nullptr) recipient.domain = config_.postmaster_domain;
    (is_local(recipient) ? here.envelope : onward).recipients.push_back(recipient);
  }
  const std::string id = store::text(queue_.next_id());
  const std::string missing = missing_fields(mail);
  if (!missing.empty()) here.message = mail::Message(mail::prepend(missing, mail.message.raw()));
  const Bytes relayed = mail::prepend(arrival_field(machine_, mail, id), here.message.raw());
  if (!onward.recipients.empty() && !queue_.has_room_for(relayed.size())) {
    return {452, {3, 1}, "The queue is full, try later"};
  }
  if (!here.envelope.recipients.empty()) {
    const smtp::Reply delivered = local_->deliver(here);
    if (!delivered.is_positive() || onward.recipients.empty()) return delivered;
  }
  enqueue(mail.connection, std::move(onward), relayed);
  return {250, {0, 0}, "Ok: queued as " + id};
}

// What a mail from a user agent must have, and this one came without (RFC 6409 section 8). The
// mails of other MTAs are not touched.
std::string Mta::missing_fields(const IncomingMail& mail) {
  if (!is_user_agent(mail.peer) && mail.peer.user.empty()) return {};
  std::string fields;
  if (!mail.message.find("Date")) {
    fields += fmt::format("Date: {}\r\n", rfc5322_date(machine_.calendar(), machine_.now()));
  }
  if (!mail.message.find("Message-ID")) {
    fields += fmt::format("Message-ID: <{}>\r\n",
                          make_message_id(machine_, ++message_ids_, machine_.host_name()));
  }
  return fields;
}

bool Mta::enqueue(ConnectionId connection, mail::Envelope envelope, Bytes content) {
  journal::MailQueued queued;
  if (envelope.reverse_path) queued.sender = Bytes(envelope.reverse_path->text());
  queued.recipients = addresses(envelope.recipients);
  queued.content = content;
  const auto added = queue_.add(std::move(envelope), std::move(content), machine_.now());
  if (!std::holds_alternative<store::QueueId>(added)) return false;
  queued.queue = std::get<store::QueueId>(added);
  queued.queue_id = Bytes(store::text(queued.queue));
  machine_.record(connection, std::move(queued));
  next_work_.set(machine_.now());
  return true;
}

// ---- Pushing on ------------------------------------------------------------------------------

void Mta::work_on_queue() {
  for (const store::QueueId id : queue_.due(machine_.now())) {
    if (trials_.size() >= config_.trials_at_once) return;  // goes on when one has finished
    try_to_deliver(id);
  }
  next_work_.set(queue_.next_due());
}

void Mta::try_to_deliver(store::QueueId id) {
  const store::QueueEntry entry = queue_.begin(id);  // a copy: the last attempt removes the entry
  std::map<std::string, std::vector<mail::Mailbox>> by_domain;
  for (const mail::Mailbox& recipient : entry.pending()) {
    by_domain[ascii::to_lower(recipient.domain)].push_back(recipient);
  }
  trials_[id].running = by_domain.size();
  for (auto& [domain, recipients] : by_domain) {
    mail::Envelope envelope = entry.envelope;
    envelope.recipients = std::move(recipients);
    if (is_local(envelope.recipients.front())) {
      attempt_finished(id, deliver_here(id, std::move(envelope), entry.content));
      continue;
    }
    const std::uint64_t number = next_attempt_++;
    const auto done = [this, id, number](const std::vector<RelayResult>& results) {
      attempts_.erase(number);
      attempt_finished(id, results);
    };
    auto attempt = std::make_unique<RelayAttempt>(
        machine_, resolver_, config_.client,
        RelayTask{id, std::move(envelope), entry.content, domain, config_.next_hop}, done);
    RelayAttempt& begun = *attempt;
    attempts_[number] = std::move(attempt);
    begun.begin();
  }
}

// Only a notification gets here: what comes over a connection for this machine is delivered at
// once.
std::vector<RelayResult> Mta::deliver_here(store::QueueId id, mail::Envelope envelope,
                                           const Bytes& content) {
  IncomingMail mail;
  mail.peer = {machine_.address(), machine_.host_name()};
  mail.envelope = std::move(envelope);
  mail.message = mail::Message(content);
  mail.queue = id;
  std::vector<RelayResult> results;
  for (const mail::Mailbox& recipient : mail.envelope.recipients) {
    IncomingMail one = mail;
    one.envelope.recipients = {recipient};
    smtp::Reply reply = local_->check_recipient(recipient, content.size());
    if (reply.is_positive()) reply = local_->deliver(one);
    const smtp::Outcome outcome = reply.is_positive()    ? smtp::Outcome::Delivered
                                  : reply.is_transient() ? smtp::Outcome::Deferred
                                                         : smtp::Outcome::Failed;
    const auto class_digit = static_cast<std::uint8_t>(reply.code() / 100);
    const auto trouble =
        reply.is_positive() ? journal::Trouble::None : journal::Trouble::ServerSaid;
    results.push_back({recipient,
                       outcome,
                       trouble,
                       {reply.enhanced().value_or(mail::StatusCode{class_digit, 0, 0}),
                        machine_.host_name(), reply.text(), ""}});
  }
  return results;
}

void Mta::attempt_finished(store::QueueId id, const std::vector<RelayResult>& results) {
  Trial& trial = trials_.at(id);
  trial.results.insert(trial.results.end(), results.begin(), results.end());
  if (--trial.running > 0) return;
  const std::vector<RelayResult> all = std::move(trial.results);
  trials_.erase(id);
  trial_finished(id, all);
}

void Mta::trial_finished(store::QueueId id, const std::vector<RelayResult>& results) {
  const std::vector<RelayResult> failed = settle_recipients(id, results);
  if (!failed.empty()) bounce(id, failed);
  if (queue_.find(id)->settled()) {
    machine_.record(kNoConnection, journal::MailDequeued{id});
    queue_.remove(id);
  } else {
    const VirtualTime next_try = queue_.defer(id, machine_.now());
    machine_.record(kNoConnection,
                    journal::RetryScheduled{id, next_try, queue_.find(id)->attempts});
  }
  next_work_.set(queue_.next_due());
}

std::vector<RelayResult> Mta::settle_recipients(store::QueueId id,
                                                const std::vector<RelayResult>& results) {
  const bool last_chance = queue_.expired(id, machine_.now());
  const store::QueueEntry& entry = *queue_.find(id);
  std::vector<RelayResult> failed;
  for (const RelayResult& result : results) {
    const auto recipient = std::find_if(
        entry.recipients.begin(), entry.recipients.end(), [&](const store::QueuedRecipient& r) {
          return r.state == store::RecipientState::Pending && r.mailbox == result.recipient;
        });
    if (recipient == entry.recipients.end()) continue;
    const auto index = static_cast<std::size_t>(recipient - entry.recipients.begin());
    journal::RecipientSettled settled{id, Bytes(result.recipient.text()), journal::Outcome::Relayed,
                                      result.trouble, Bytes(result.reason())};
    if (result.outcome == smtp::Outcome::Delivered) {
      queue_.settle(id, index, std::nullopt);
    } else if (result.outcome == smtp::Outcome::Failed) {
      settled.outcome = journal::Outcome::Failed;
      queue_.settle(id, index, result.diagnostic);
      failed.push_back(result);
    } else if (last_chance) {
      settled.outcome = journal::Outcome::Expired;
      failed.push_back(result);
      // "Message expired" (RFC 3463 section 3.5); what the last host said stays as the diagnostic.
      store::Diagnostic& diagnostic = failed.back().diagnostic;
      diagnostic.status = {4, 4, 7};
      diagnostic.reason =
          fmt::format("tried for {} in vain{}{}", duration_text(machine_.now() - entry.arrived_at),
                      diagnostic.reason.empty() ? "" : "; ", diagnostic.reason);
      queue_.settle(id, index, failed.back().diagnostic);
    } else {
      settled.outcome = journal::Outcome::Deferred;
      queue_.set_back(id, index, result.diagnostic);
    }
    machine_.record(kNoConnection, std::move(settled));
  }
  return failed;
}

// ---- Bouncing --------------------------------------------------------------------------------

// One notification for all recipients that failed, to the reverse-path. A mail with the null
// reverse-path gets none, or two servers could send each other bounces of bounces for ever
// (RFC 5321 section 4.5.5). Nor does a reverse-path on another computer: it may be a stranger's
// lie, also where an MTA of ours has passed it on.
void Mta::bounce(store::QueueId id, const std::vector<RelayResult>& failed) {
  const store::QueueEntry entry = *queue_.find(id);
  const mail::ReversePath& sender = entry.envelope.reverse_path;
  if (!sender || !may_write_to(sender->domain)) {
    machine_.record(kNoConnection, journal::MailBounced{id, store::QueueId{}});
    return;
  }
  mail::DeliveryReport report;
  report.reporting_mta = machine_.host_name();
  report.to = *entry.envelope.reverse_path;
  report.message_id = make_message_id(machine_, ++message_ids_, machine_.host_name());
  report.calendar = machine_.calendar();
  report.date = machine_.now();
  report.arrival = entry.arrived_at;
  report.recipients = report_on(failed);
  report.original = entry.content;

  mail::Envelope envelope;
  envelope.recipients = {report.to};
  envelope.smtputf8 = entry.envelope.smtputf8;
  const Bytes notice = mail::make_delivery_status(report);
  // The notice of an 8-bit mail may be 7-bit itself, and then gets through where the mail did not.
  envelope.body = wire::is_ascii(notice.view()) ? mail::BodyType::SevenBit : entry.envelope.body;
  const store::QueueId notice_id = queue_.next_id();
  const bool queued = enqueue(kNoConnection, std::move(envelope), notice);
  machine_.record(kNoConnection, journal::MailBounced{id, queued ? notice_id : store::QueueId{}});
}

}  // namespace mailwalk::nodes
