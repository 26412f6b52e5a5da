#include "nodes/relay_attempt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "nodes/trouble.hpp"

namespace mailwalk::nodes {
namespace {

// "[192.0.2.1]" names a host without the DNS.
std::optional<IpAddress> address_literal(const std::string& domain) {
  if (domain.size() < 2 || domain.front() != '[' || domain.back() != ']') return std::nullopt;
  return IpAddress::parse(std::string_view(domain).substr(1, domain.size() - 2));
}

store::Diagnostic diagnostic_of(const smtp::RecipientOutcome& outcome, const std::string& host) {
  store::Diagnostic diagnostic;
  const auto class_digit = static_cast<std::uint8_t>(outcome.reply.code() / 100);
  diagnostic.status = outcome.reply.enhanced().value_or(mail::StatusCode{class_digit, 0, 0});
  diagnostic.remote_mta = host;
  // Only what a server said is quoted as its words (RFC 3464 section 2.3.6).
  if (outcome.said_by == smtp::SaidBy::Server) {
    diagnostic.diagnostic_code = outcome.reply.text();
  } else {
    diagnostic.reason = outcome.reason();
  }
  return diagnostic;
}

}  // namespace

RelayAttempt::RelayAttempt(Machine& machine, Resolver& resolver, smtp::ClientConfig client,
                           RelayTask task, Done done)
    : machine_(machine),
      resolver_(resolver),
      client_(std::move(client)),
      task_(std::move(task)),
      done_(std::move(done)) {
  for (const mail::Mailbox& recipient : task_.envelope.recipients) {
    pending_.push_back({recipient, smtp::Outcome::Deferred, {}, {}});
  }
}

void RelayAttempt::begin() {
  if (!task_.next_hop.empty()) {
    resolver_.look_up_address(
        task_.next_hop, [this](const dns::AddressResult& result) { smarthost_known(result); });
  } else if (const auto address = address_literal(task_.domain)) {
    candidates_.push_back({.host = task_.domain, .address = *address});
    drop_self_and_worse();
  } else if (task_.domain.front() == '[') {
    give_up(smtp::Outcome::Failed, {5, 1, 2}, journal::Trouble::CannotBeCarried,
            fmt::format("{} is no IPv4 address", task_.domain));
  } else {
    resolver_.look_up_mx(task_.domain,
                         [this](const dns::MxResult& result) { hosts_known(result); });
  }
}

void RelayAttempt::hosts_known(const dns::MxResult& result) {
  using Status = dns::MxResult::Status;
  using smtp::Outcome;
  const journal::Trouble trouble = trouble_of(outcome_of(result.status));
  switch (result.status) {
    case Status::Found: break;
    case Status::NullMx: return give_up(Outcome::Failed, {5, 1, 10}, trouble, result.detail);
    case Status::NoSuchDomain: return give_up(Outcome::Failed, {5, 1, 2}, trouble, result.detail);
    case Status::NoAddress: return give_up(Outcome::Failed, {5, 4, 4}, trouble, result.detail);
    case Status::LoopsBack: return give_up(Outcome::Failed, {5, 4, 6}, trouble, result.detail);
    case Status::TemporaryFailure:
      return give_up(Outcome::Deferred, {4, 4, 3}, trouble, result.detail);
  }
  for (const dns::MxHost& host : result.hosts) {
    for (const IpAddress address : host.addresses) {
      candidates_.push_back({.host = host.name, .address = address, .preference = host.preference});
    }
  }
  drop_self_and_worse();
}

// The lookup knows this machine by its name; here it is found under another one, or by an address
// literal. A mail that it sent to itself would go in circles (RFC 5321 section 5.1).
void RelayAttempt::drop_self_and_worse() {
  const auto self = std::find_if(candidates_.begin(), candidates_.end(), [&](const Candidate& c) {
    return c.address == machine_.address();
  });
  if (self != candidates_.end()) {
    const std::uint16_t preference = self->preference;
    candidates_.erase(
        std::remove_if(candidates_.begin(), candidates_.end(),
                       [&](const Candidate& c) { return c.preference >= preference; }),
        candidates_.end());
    if (candidates_.empty()) {
      return give_up(smtp::Outcome::Failed, {5, 4, 6}, journal::Trouble::LoopsBack,
                     fmt::format("mail for {} loops back to this machine", task_.domain));
    }
  }
  try_next_host();
}

void RelayAttempt::smarthost_known(const dns::AddressResult& result) {
  if (result.status != dns::AddressResult::Status::Found) {
    // A smarthost that cannot be found is our own trouble, not the recipient's: nothing bounces.
    return give_up(smtp::Outcome::Deferred, {4, 4, 3}, trouble_of(outcome_of(result.status)),
                   result.detail);
  }
  for (const IpAddress address : result.addresses) {
    candidates_.push_back({.host = task_.next_hop, .address = address});
  }
  try_next_host();
}

void RelayAttempt::try_next_host() {
  if (next_candidate_ == candidates_.size()) return settle_rest_and_finish();
  const Candidate& candidate = candidates_[next_candidate_++];

  mail::Envelope envelope = task_.envelope;
  envelope.recipients.clear();
  journal::RelayBegun begun{task_.queue, {}};
  for (const RelayResult& result : pending_) {
    envelope.recipients.push_back(result.recipient);
    begun.recipients.emplace_back(result.recipient.text());
  }
  smtp::ClientConfig client = client_;
  if (candidate.tls == Candidate::Tls::Failed) client.tls = tls::Wish::Never;
  machine_.call(
      candidate.address, kSmtpPort,
      std::make_unique<SmtpDispatch>(
          machine_, client, candidate.host, std::move(envelope), task_.content, std::move(begun),
          [this](const DispatchResult& result) { host_answered(result); }));
}

// Whoever only prefers TLS must not do worse than one who knows none (RFC 7435 section 3): a
// handshake that fails keeps no mail back.
bool RelayAttempt::tries_again_in_clear(const DispatchResult& result) {
  if (client_.tls != tls::Wish::Opportunistic || result.handshake != Handshake::Begun) return false;
  candidates_[--next_candidate_].tls = Candidate::Tls::Failed;
  return true;
}

void RelayAttempt::host_answered(const DispatchResult& result) {
  if (tries_again_in_clear(result)) return try_next_host();
  const std::string& host = candidates_[next_candidate_ - 1].host;
  if (result.failure) {
    for (RelayResult& pending : pending_) {
      pending.outcome = smtp::Outcome::Deferred;
      pending.trouble = trouble_of(*result.failure);
      pending.diagnostic = {{4, 4, 1}, "", "", fmt::format("{}: {}", host, text(*result.failure))};
    }
    return try_next_host();
  }
  // The outcomes come in the order of the envelope, which is that of pending_.
  std::vector<RelayResult> still_pending;
  for (std::size_t i = 0; i < result.outcomes.size(); ++i) {
    const smtp::RecipientOutcome& outcome = result.outcomes[i];
    RelayResult settled{outcome.recipient, outcome.outcome, trouble_of(outcome),
                        diagnostic_of(outcome, host)};
    const bool ask_another =
        outcome.outcome != smtp::Outcome::Delivered && outcome.next_host == smtp::NextHost::Ask;
    (ask_another ? still_pending : settled_).push_back(std::move(settled));
  }
  pending_ = std::move(still_pending);
  if (pending_.empty()) return finish();
  try_next_host();
}

void RelayAttempt::settle_rest_and_finish() {
  // Nobody is left to ask: what the last host said stands.
  for (RelayResult& result : pending_) settled_.push_back(std::move(result));
  pending_.clear();
  finish();
}

void RelayAttempt::give_up(smtp::Outcome outcome, mail::StatusCode status, journal::Trouble trouble,
                           const std::string& why) {
  for (RelayResult& result : pending_) {
    result.outcome = outcome;
    result.trouble = trouble;
    result.diagnostic = {status, "", "", why};
  }
  settle_rest_and_finish();
}

void RelayAttempt::finish() {
  const Done done = std::move(done_);
  const std::vector<RelayResult> results = std::move(settled_);
  done(results);
}

}  // namespace mailwalk::nodes
