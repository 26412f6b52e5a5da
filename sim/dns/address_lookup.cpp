#include "dns/address_lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <utility>
#include <variant>

namespace mailwalk::dns {
namespace {

using AddressOutcome = RecordLookup::Outcome;

AddressResult::Status status_of(AddressOutcome::Status status) {
  switch (status) {
    case AddressOutcome::Status::Found: return AddressResult::Status::Found;
    case AddressOutcome::Status::NoData: return AddressResult::Status::NoAddress;
    case AddressOutcome::Status::NoSuchName: return AddressResult::Status::NoSuchName;
    case AddressOutcome::Status::Failed: break;
  }
  return AddressResult::Status::TemporaryFailure;
}

}  // namespace

std::string_view name(AddressResult::Status status) {
  switch (status) {
    case AddressResult::Status::Found: return "Found";
    case AddressResult::Status::NoSuchName: return "NoSuchName";
    case AddressResult::Status::NoAddress: return "NoAddress";
    case AddressResult::Status::TemporaryFailure: return "TemporaryFailure";
  }
  return "Unknown";
}

std::vector<IpAddress> addresses_in(const std::vector<ResourceRecord>& records, const Name& name) {
  std::vector<IpAddress> addresses;
  for (const ResourceRecord& record : records) {
    const auto* data = std::get_if<AData>(&record.data);
    if (data == nullptr || !(record.name == name)) continue;
    const bool is_known =
        std::find(addresses.begin(), addresses.end(), data->address) != addresses.end();
    if (!is_known) addresses.push_back(data->address);
  }
  return addresses;
}

AddressLookup::AddressLookup(std::string host, Prng& prng) {
  if (auto name = Name::parse(host)) {
    lookup_.emplace(*std::move(name), RecordType::A, prng);
    return;
  }
  result_ = AddressResult{AddressResult::Status::NoSuchName,
                          {},
                          host,
                          fmt::format("\"{}\" is not a domain name", host)};
}

std::optional<std::string> AddressLookup::take_query(VirtualTime now) {
  return lookup_ ? lookup_->take_query(now) : std::nullopt;
}

void AddressLookup::receive(std::string_view datagram, VirtualTime /*now*/) {
  if (!lookup_) return;
  lookup_->receive(datagram);
  go_on();
}

void AddressLookup::time_passed(VirtualTime now) {
  if (!lookup_) return;
  lookup_->time_passed(now);
  go_on();
}

std::optional<VirtualTime> AddressLookup::deadline() const {
  return lookup_ ? lookup_->deadline() : std::nullopt;
}

std::optional<LookupEvent> AddressLookup::next_event() {
  return lookup_ ? lookup_->next_event() : std::nullopt;
}

const AddressResult& AddressLookup::result() const {
  assert(done());
  return *result_;
}

void AddressLookup::go_on() {
  if (result_ || !lookup_->done()) return;
  const AddressOutcome& outcome = lookup_->outcome();
  result_ =
      AddressResult{status_of(outcome.status), addresses_in(outcome.records, outcome.canonical),
                    outcome.canonical.text(), outcome.detail};
}

}  // namespace mailwalk::dns
