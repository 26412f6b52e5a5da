#include "nodes/user_agent.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.hpp"
#include "mail/compose.hpp"
#include "mail/message.hpp"
#include "nodes/message_id.hpp"
#include "nodes/trouble.hpp"

namespace mailwalk::nodes {
namespace {

bool has_8bit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return ascii::is_8bit(c); });
}

}  // namespace

UserAgent::UserAgent(Machine& machine, Resolver& resolver, store::DeviceStore& store,
                     UserAgentConfig config)
    : machine_(machine),
      resolver_(resolver),
      store_(store),
      config_(std::move(config)),
      next_try_(machine.scheduler(), [this] { work(); }),
      late_try_(
          machine.scheduler(), [this] { work(); }, net::Hold::MayBeLeft) {}

void UserAgent::compose(const Letter& letter) {
  mail::Draft draft;
  draft.from = {config_.display_name, config_.address};
  for (const mail::Mailbox& to : letter.to) draft.to.push_back({"", to});
  draft.subject = letter.subject;
  draft.body = letter.body;
  draft.calendar = machine_.calendar();
  draft.date = machine_.now();
  draft.message_id = make_message_id(machine_, next_id_, config_.address.domain);
  put_into_outbox(letter.to, mail::compose(draft));
}

void UserAgent::compose(std::vector<mail::Mailbox> to, Bytes content) {
  put_into_outbox(std::move(to), std::move(content));
}

void UserAgent::put_into_outbox(std::vector<mail::Mailbox> to, Bytes content) {
  const journal::OutboxId id{next_id_++};
  journal::MailComposed composed{id, Bytes(config_.address.text()), {}, content};
  Outgoing mail;
  mail.envelope.reverse_path = config_.address;
  mail.envelope.smtputf8 = has_8bit(config_.address.text());
  for (const mail::Mailbox& recipient : to) {
    composed.recipients.emplace_back(recipient.text());
    mail.envelope.smtputf8 |= has_8bit(recipient.text());
  }
  mail.envelope.recipients = std::move(to);
  if (has_8bit(content.view())) mail.envelope.body = mail::BodyType::EightBitMime;
  mail.content = std::move(content);
  mail.composed_at = machine_.now();
  mail.next_try = machine_.now();
  outbox_[id] = std::move(mail);
  machine_.recorder().go_on_because_of(machine_.record(kNoConnection, std::move(composed)));
  work();
}

void UserAgent::send_now() {
  for (auto& [id, mail] : outbox_) {
    if (mail.standing == Standing::Waiting) mail.next_try = machine_.now();
  }
  work();
}

void UserAgent::work() {
  for (auto& [id, mail] : outbox_) {
    if (mail.standing == Standing::Waiting && mail.next_try <= machine_.now()) submit(id);
  }
  arm_timer();
}

void UserAgent::arm_timer() {
  // An outbox has no expiry: a mail lies there until its writer does something about it. After a
  // day without its MTA, nobody waits for the end of the story.
  std::optional<VirtualTime> earliest;
  bool all_late = true;
  for (const auto& [id, mail] : outbox_) {
    if (mail.standing != Standing::Waiting) continue;
    if (!earliest || mail.next_try < *earliest) earliest = mail.next_try;
    all_late &= machine_.now() - mail.composed_at >= days(1);
  }
  next_try_.set(all_late ? std::nullopt : earliest);
  late_try_.set(all_late ? earliest : std::nullopt);
}

void UserAgent::submit(journal::OutboxId id) {
  outbox_.at(id).standing = Standing::Sending;
  resolver_.look_up_address(config_.submit_to, [this, id](const dns::AddressResult& result) {
    server_known(id, result);
  });
}

void UserAgent::server_known(journal::OutboxId id, const dns::AddressResult& result) {
  if (result.status != dns::AddressResult::Status::Found) {
    return defer(id, trouble_of(outcome_of(result.status)), result.detail);
  }
  const Outgoing& mail = outbox_.at(id);
  smtp::ClientConfig client = config_.client;
  if (client.login) client.nonce = machine_.issuer().nonce(machine_.prng().next());
  const bool implicit = client.tls == tls::Wish::Implicit;
  machine_.call(result.addresses.front(), implicit ? kSubmissionsPort : kSubmissionPort,
                std::make_unique<SmtpDispatch>(
                    machine_, std::move(client), config_.submit_to, mail.envelope, mail.content,
                    journal::SubmissionBegun{id},
                    [this, id](const DispatchResult& outcome) { submitted(id, outcome); }));
}

void UserAgent::submitted(journal::OutboxId id, const DispatchResult& result) {
  if (result.failure) {
    return defer(id, trouble_of(*result.failure), "");
  }
  Outgoing& mail = outbox_.at(id);
  journal::MailSubmitted taken{id, {}};
  journal::MailRefused refused{id, {}, {}};
  std::vector<mail::Mailbox> later;
  journal::Trouble trouble = journal::Trouble::None;
  std::string reason_for_later;
  for (const smtp::RecipientOutcome& outcome : result.outcomes) {
    switch (outcome.outcome) {
      case smtp::Outcome::Delivered: taken.recipients.emplace_back(outcome.recipient.text()); break;
      case smtp::Outcome::Failed:
        refused.recipients.emplace_back(outcome.recipient.text());
        if (refused.reason.empty()) refused.reason = Bytes(outcome.reason());
        break;
      case smtp::Outcome::Deferred:
        later.push_back(outcome.recipient);
        trouble = trouble_of(outcome);
        reason_for_later = outcome.reason();
        break;
    }
  }
  const bool any_refused = !refused.recipients.empty();
  if (!taken.recipients.empty()) {
    if (!mail.sent_before) store_.add_sent(config_.address.text(), mail.content, machine_.now());
    mail.sent_before = true;
    machine_.record(kNoConnection, std::move(taken));
  }
  if (any_refused) machine_.record(kNoConnection, std::move(refused));
  if (!later.empty()) {
    mail.envelope.recipients = std::move(later);
    return defer(id, trouble, reason_for_later);
  }
  if (mail.sent_before) {
    outbox_.erase(id);
  } else {
    mail.standing = Standing::Refused;  // it stays, so that its writer sees it
  }
}

void UserAgent::defer(journal::OutboxId id, journal::Trouble trouble, const std::string& reason) {
  Outgoing& mail = outbox_.at(id);
  mail.standing = Standing::Waiting;
  const Duration age = machine_.now() - mail.composed_at;
  mail.next_try =
      machine_.now() + std::clamp(age, config_.retry, std::max(config_.retry, hours(4)));
  machine_.record(kNoConnection,
                  journal::SubmissionDeferred{id, mail.next_try, trouble, Bytes(reason)});
  arm_timer();
}

}  // namespace mailwalk::nodes
