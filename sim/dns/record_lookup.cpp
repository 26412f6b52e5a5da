#include "dns/record_lookup.hpp"

#include <fmt/format.h>

#include <cassert>
#include <utility>
#include <variant>

#include "dns/limits.hpp"
#include "dns/text.hpp"

namespace mailwalk::dns {
namespace {

const Name* alias_target(const Message& message, const Name& name) {
  for (const ResourceRecord& record : message.answers) {
    const auto* alias = std::get_if<CnameData>(&record.data);
    if (alias != nullptr && record.name == name) return &alias->target;
  }
  return nullptr;
}

bool has_authority(const Message& message, RecordType type) {
  for (const ResourceRecord& record : message.authority) {
    if (record.type() == type) return true;
  }
  return false;
}

// RFC 2308 section 2.2: a denial brings the SOA record (or nothing), a referral only NS records.
bool is_referral(const Message& message) {
  return has_authority(message, RecordType::Ns) && !has_authority(message, RecordType::Soa);
}

}  // namespace

RecordLookup::RecordLookup(Name name, RecordType type, Prng& prng)
    : question_{{}, type}, prng_(&prng) {
  ask(std::move(name));
}

void RecordLookup::ask(Name name) {
  question_.name = std::move(name);
  id_ = static_cast<std::uint16_t>(prng_->below(65'536));
  attempts_ = 0;
  deadline_.reset();
  query_due_ = true;
}

// A question sent again keeps its id, so that an answer that was only late still counts.
std::optional<std::string> RecordLookup::take_query(VirtualTime now) {
  if (!query_due_) return std::nullopt;
  query_due_ = false;
  ++attempts_;
  deadline_ = now + kQueryTimeout;
  events_.push_back(QuestionAsked{question_, id_, attempts_});
  Message query;
  query.id = id_;
  query.recursion_desired = true;  // we follow no referrals
  query.questions = {question_};
  return encode(query);
}

void RecordLookup::receive(std::string_view datagram) {
  if (done() || attempts_ == 0) return;
  Decoded decoded = decode(datagram);
  if (const auto why = why_ignored(decoded)) {
    events_.push_back(AnswerIgnored{*why});
    return;
  }
  read(*std::move(decoded.message));
}

std::optional<AnswerIgnored::Why> RecordLookup::why_ignored(const Decoded& decoded) const {
  using Why = AnswerIgnored::Why;
  if (!decoded.message) return Why::NotAMessage;
  const Message& message = *decoded.message;
  if (message.kind != MessageKind::Response || message.opcode != Opcode::Query) {
    return Why::NotAResponse;
  }
  if (message.id != id_) return Why::OtherId;
  if (message.questions != std::vector<Question>{question_}) return Why::OtherQuestion;
  return std::nullopt;
}

void RecordLookup::read(Message message) {
  events_.push_back(AnswerReceived{question_, message});
  Outcome outcome;
  outcome.detail = summary(message);
  outcome.canonical = question_.name;
  if (message.truncated) {
    outcome.detail += "; the rest could only be had over TCP";
    return finish(std::move(outcome));
  }
  if (message.rcode != Rcode::NoError && message.rcode != Rcode::NameError) {
    return finish(std::move(outcome));
  }
  while (const Name* target = alias_target(message, outcome.canonical)) {
    if (++aliases_ > kMaxAliases) {
      outcome.detail = fmt::format("{} has a chain of aliases that is too long or runs in a circle",
                                   question_.name.text());
      return finish(std::move(outcome));
    }
    outcome.canonical = *target;
  }
  conclude(std::move(message), std::move(outcome));
}

// REQUIRES a message without error but for NXDOMAIN, its aliases followed to outcome.canonical.
void RecordLookup::conclude(Message message, Outcome outcome) {
  for (ResourceRecord& record : message.answers) {
    const bool is_asked_for = record.type() == question_.type && record.name == outcome.canonical &&
                              record.record_class == question_.record_class;
    if (is_asked_for) outcome.records.push_back(std::move(record));
  }
  if (message.rcode == Rcode::NameError) {
    outcome.status = Outcome::Status::NoSuchName;
  } else if (!outcome.records.empty()) {
    outcome.status = Outcome::Status::Found;
    outcome.additional = std::move(message.additional);
  } else if (!(outcome.canonical == question_.name) && !has_authority(message, RecordType::Soa)) {
    return ask(std::move(outcome.canonical));  // the server does not know where the alias leads
  } else if (!is_referral(message)) {
    outcome.status = Outcome::Status::NoData;
  }
  finish(std::move(outcome));
}

void RecordLookup::time_passed(VirtualTime now) {
  if (!deadline_ || now < *deadline_) return;
  deadline_.reset();
  if (attempts_ < kQueryAttempts) {
    query_due_ = true;
    return;
  }
  events_.push_back(QuestionTimedOut{question_, attempts_});
  Outcome outcome;
  outcome.canonical = question_.name;
  outcome.detail = text(events_.back());
  finish(std::move(outcome));
}

std::optional<LookupEvent> RecordLookup::next_event() {
  if (events_.empty()) return std::nullopt;
  LookupEvent event = std::move(events_.front());
  events_.pop_front();
  return event;
}

const RecordLookup::Outcome& RecordLookup::outcome() const {
  assert(done());
  return *outcome_;
}

void RecordLookup::finish(Outcome outcome) {
  query_due_ = false;
  deadline_.reset();
  outcome_ = std::move(outcome);
}

}  // namespace mailwalk::dns
