#include "pop3/session_maildrop.hpp"

#include <fmt/format.h>

#include <cassert>
#include <utility>

#include "pop3/message_part.hpp"

namespace mailwalk::pop3 {
namespace {

MessageNumber number_of(std::size_t place) {
  return MessageNumber{static_cast<std::uint32_t>(place + 1)};
}

}  // namespace

SessionMaildrop::SessionMaildrop(std::vector<MaildropMessage> messages) {
  entries_.reserve(messages.size());
  for (MaildropMessage& message : messages) {
    assert(valid_unique_id(message.uid));
    const std::uint64_t octets = octets_on_wire(message.content);
    entries_.push_back({std::move(message), octets, false});
    ++unmarked_.messages;
    unmarked_.octets += octets;
  }
}

SessionMaildrop::Presence SessionMaildrop::presence(MessageNumber number) const {
  if (number.value() == 0 || number.value() > entries_.size()) return Presence::NoSuchMessage;
  return entry(number).marked ? Presence::Marked : Presence::There;
}

const SessionMaildrop::Entry& SessionMaildrop::entry(MessageNumber number) const {
  assert(number.value() >= 1 && number.value() <= entries_.size());
  return entries_[number.value() - 1];
}

const MaildropMessage& SessionMaildrop::message(MessageNumber number) const {
  return entry(number).message;
}

std::uint64_t SessionMaildrop::octets(MessageNumber number) const {
  return entry(number).octets;
}

std::string SessionMaildrop::summary() const {
  return fmt::format("{} message{} ({} octets)", unmarked_.messages,
                     unmarked_.messages == 1 ? "" : "s", unmarked_.octets);
}

std::vector<ScanListing> SessionMaildrop::scan_listings() const {
  std::vector<ScanListing> listings;
  listings.reserve(unmarked_.messages);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (!entries_[i].marked) listings.push_back({number_of(i), entries_[i].octets});
  }
  return listings;
}

std::vector<UniqueIdListing> SessionMaildrop::unique_id_listings() const {
  std::vector<UniqueIdListing> listings;
  listings.reserve(unmarked_.messages);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (!entries_[i].marked) listings.push_back({number_of(i), entries_[i].message.uid});
  }
  return listings;
}

void SessionMaildrop::mark(MessageNumber number) {
  assert(presence(number) == Presence::There);
  Entry& marked = entries_[number.value() - 1];
  marked.marked = true;
  --unmarked_.messages;
  unmarked_.octets -= marked.octets;
}

std::vector<std::string> SessionMaildrop::marked_uids() const {
  std::vector<std::string> uids;
  for (const Entry& candidate : entries_) {
    if (candidate.marked) uids.push_back(candidate.message.uid);
  }
  return uids;
}

std::vector<std::string> SessionMaildrop::unmark_all() {
  std::vector<std::string> uids = marked_uids();
  for (Entry& candidate : entries_) {
    if (!candidate.marked) continue;
    candidate.marked = false;
    ++unmarked_.messages;
    unmarked_.octets += candidate.octets;
  }
  return uids;
}

}  // namespace mailwalk::pop3
