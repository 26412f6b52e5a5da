#include "dns/mx_lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <utility>
#include <variant>

#include "dns/address_lookup.hpp"
#include "dns/limits.hpp"

namespace mailwalk::dns {
namespace {

using MxOutcome = RecordLookup::Outcome;

std::string host_text(const MxHost& host) {
  std::string addresses;
  for (const IpAddress address : host.addresses) {
    addresses += (addresses.empty() ? "" : ", ") + address.text();
  }
  return fmt::format("{} {} ({})", host.preference, host.name, addresses);
}

}  // namespace

std::string_view name(MxResult::Status status) {
  switch (status) {
    case MxResult::Status::Found: return "Found";
    case MxResult::Status::NullMx: return "NullMx";
    case MxResult::Status::NoSuchDomain: return "NoSuchDomain";
    case MxResult::Status::NoAddress: return "NoAddress";
    case MxResult::Status::TemporaryFailure: return "TemporaryFailure";
    case MxResult::Status::LoopsBack: return "LoopsBack";
  }
  return "Unknown";
}

MxLookup::MxLookup(std::string domain, std::string own_name, Prng& prng)
    : domain_(std::move(domain)), own_name_(Name::parse(own_name)), prng_(&prng) {
  if (const auto name = Name::parse(domain_)) {
    domain_ = name->text();
    ask(*name, RecordType::Mx);
  } else {
    finish(MxResult::Status::NoSuchDomain, fmt::format("\"{}\" is not a domain name", domain_));
  }
}

std::optional<std::string> MxLookup::take_query(VirtualTime now) {
  if (!lookup_) return std::nullopt;
  auto query = lookup_->take_query(now);
  go_on();
  return query;
}

void MxLookup::receive(std::string_view datagram, VirtualTime /*now*/) {
  if (!lookup_) return;
  lookup_->receive(datagram);
  go_on();
}

void MxLookup::time_passed(VirtualTime now) {
  if (!lookup_) return;
  lookup_->time_passed(now);
  go_on();
}

std::optional<VirtualTime> MxLookup::deadline() const {
  return lookup_ ? lookup_->deadline() : std::nullopt;
}

std::optional<LookupEvent> MxLookup::next_event() {
  if (events_.empty()) return std::nullopt;
  LookupEvent event = std::move(events_.front());
  events_.pop_front();
  return event;
}

const MxResult& MxLookup::result() const {
  assert(done());
  return *result_;
}

void MxLookup::ask(const Name& name, RecordType type) {
  lookup_.emplace(name, type, *prng_);
}

// Takes what the open question has brought.
void MxLookup::go_on() {
  while (auto event = lookup_->next_event()) events_.push_back(*std::move(event));
  if (!lookup_->done()) return;
  const MxOutcome outcome = lookup_->outcome();
  lookup_.reset();
  if (stage_ == Stage::AskingExchanges) return read_exchanges(outcome);
  read_addresses(outcome);
}

// RFC 5321 section 5.1. An alias in the place of the domain has been followed by now.
void MxLookup::read_exchanges(const MxOutcome& outcome) {
  stage_ = Stage::AskingAddresses;
  switch (outcome.status) {
    case MxOutcome::Status::Failed:
      return finish(MxResult::Status::TemporaryFailure, outcome.detail);
    case MxOutcome::Status::NoSuchName:
      return finish(MxResult::Status::NoSuchDomain, outcome.detail);
    case MxOutcome::Status::NoData:
      implicit_ = true;  // the domain itself is then its own exchange, at preference 0
      list_candidates({{outcome.canonical, MxData{0, outcome.canonical}}});
      break;
    case MxOutcome::Status::Found: list_candidates(outcome.records); break;
  }
  if (candidates_.empty()) return finish(MxResult::Status::NullMx, outcome.detail);
  for (Candidate& candidate : candidates_) {
    candidate.host.addresses = addresses_in(outcome.additional, candidate.exchange);
  }
  for (const Candidate& candidate : candidates_) {
    if (own_name_ && candidate.exchange == *own_name_) {
      drop_self_and_worse(candidate.exchange, candidate.host.preference);
      break;
    }
  }
  ask_next_or_finish();
}

// Equal preferences are to be tried in random order, to spread the load (RFC 5321 section 5.1). The
// root as an exchange is no host (RFC 7505): by itself it is the null MX, beside others a mistake.
// A host that is listed twice counts where it is best. The sort is a stable one because libraries
// differ in what an unstable one does with equals.
void MxLookup::list_candidates(const std::vector<ResourceRecord>& exchanges) {
  std::vector<MxData> sorted;
  for (const ResourceRecord& record : exchanges) {
    if (const auto* mx = std::get_if<MxData>(&record.data)) sorted.push_back(*mx);
  }
  prng_->shuffle(sorted);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const MxData& a, const MxData& b) { return a.preference < b.preference; });
  for (MxData& mx : sorted) {
    if (mx.exchange.is_root() && sorted.size() > 1) remark("a null MX beside others means nothing");
    const auto is_same = [&](const Candidate& known) { return known.exchange == mx.exchange; };
    const bool is_known = std::any_of(candidates_.begin(), candidates_.end(), is_same);
    if (mx.exchange.is_root() || is_known || candidates_.size() == kMaxExchanges) continue;
    candidates_.push_back({{mx.preference, mx.exchange.text(), {}, false}, std::move(mx.exchange)});
  }
}

void MxLookup::read_addresses(const MxOutcome& outcome) {
  Candidate& candidate = candidates_[asking_];
  const std::uint16_t preference = candidate.host.preference;
  if (!implicit_ && !(outcome.canonical == candidate.exchange)) {
    candidate.host.is_alias = true;
    remark(fmt::format("{} is an alias of {}, which an MX record must not name",
                       candidate.host.name, outcome.canonical.text()));
  }
  if (outcome.status == MxOutcome::Status::Found) {
    candidate.host.addresses = addresses_in(outcome.records, outcome.canonical);
  } else {
    candidate.unanswered = outcome.status == MxOutcome::Status::Failed;
    remark(outcome.detail);
  }
  ++asking_;
  // An alias of ours hides from a look at the names alone (RFC 2181 section 10.3).
  if (own_name_ && outcome.canonical == *own_name_) drop_self_and_worse(*own_name_, preference);
  ask_next_or_finish();
}

// RFC 5321 section 5.1: a host that finds itself in the list is to leave out itself and all that
// are no better, or mail would go back and forth between them.
void MxLookup::drop_self_and_worse(Name self, std::uint16_t preference) {
  const auto is_no_better = [&](const Candidate& candidate) {
    return candidate.host.preference >= preference;
  };
  candidates_.erase(std::find_if(candidates_.begin(), candidates_.end(), is_no_better),
                    candidates_.end());
  remark(fmt::format("{} is ourselves: only what is better than preference {} is tried",
                     self.text(), preference));
}

void MxLookup::ask_next_or_finish() {
  while (asking_ < candidates_.size() && !candidates_[asking_].host.addresses.empty()) ++asking_;
  if (asking_ < candidates_.size()) return ask(candidates_[asking_].exchange, RecordType::A);
  finish_with_candidates();
}

void MxLookup::finish_with_candidates() {
  if (candidates_.empty()) {
    return finish(MxResult::Status::LoopsBack,
                  fmt::format("mail for {} loops back to myself", domain_));
  }
  std::vector<MxHost> hosts;
  std::string detail;
  bool unanswered = false;
  for (Candidate& candidate : candidates_) {
    unanswered = unanswered || candidate.unanswered;
    if (candidate.host.addresses.empty()) continue;
    detail += (detail.empty() ? "" : ", ") + host_text(candidate.host);
    hosts.push_back(std::move(candidate.host));
  }
  if (!hosts.empty()) {
    detail = fmt::format("mail for {} goes to {}", domain_, detail);
    return finish(MxResult::Status::Found, std::move(detail), std::move(hosts));
  }
  const std::string_view what = implicit_ ? "has neither a mail exchanger nor an address"
                                          : "has no mail exchanger with an address";
  const auto status = unanswered ? MxResult::Status::TemporaryFailure : MxResult::Status::NoAddress;
  finish(status, fmt::format("{} {}", domain_, what));
}

void MxLookup::finish(MxResult::Status status, std::string detail, std::vector<MxHost> hosts) {
  lookup_.reset();
  if (!remarks_.empty()) detail += "; " + remarks_;
  result_ = MxResult{status, std::move(hosts), implicit_, std::move(detail)};
}

void MxLookup::remark(std::string_view text) {
  if (!remarks_.empty()) remarks_ += "; ";
  remarks_ += text;
}

}  // namespace mailwalk::dns
