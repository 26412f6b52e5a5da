#include "dns/zone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

#include "dns/text.hpp"

namespace mailwalk::dns {
namespace {

bool is_alias(const ResourceRecord& record) {
  return record.type() == RecordType::Cname;
}

bool has_long_string(const ResourceRecord& record) {
  const auto* txt = std::get_if<TxtData>(&record.data);
  return txt != nullptr &&
         std::any_of(txt->strings.begin(), txt->strings.end(),
                     [](const std::string& string) { return string.size() > kMaxStringOctets; });
}

Error fault(std::string what, std::string remedy) {
  return {std::move(what), std::move(remedy), {}, 0, 0};
}

// What speaks against the record by itself.
std::optional<Error> own_fault(const ResourceRecord& record, const Name& apex) {
  const std::string at = record.name.text();
  if (!record.name.is_within(apex)) {
    return fault(fmt::format("the name {} is not in the zone {}", at, apex.text()),
                 fmt::format("end it in {} or put it into a zone of its own", apex.text()));
  }
  if (record.type() == RecordType::Soa) {
    return fault(fmt::format("{} cannot be given another start of authority (SOA)", at),
                 "give the SOA when the zone is made");
  }
  if (record.record_class != RecordClass::Internet) {
    return fault(fmt::format("the record of {} is of class {}", at, name(record.record_class)),
                 "zones hold records of the Internet class only");
  }
  if (has_long_string(record)) {
    return fault(
        fmt::format("the TXT record of {} has a string above {} octets", at, kMaxStringOctets),
        "split it into several strings");
  }
  return std::nullopt;
}

// What speaks against two records of one name together.
std::optional<Error> conflict(const ResourceRecord& there, const ResourceRecord& added) {
  const std::string at = added.name.text();
  if (there.data == added.data) {
    return fault(fmt::format("the record is there already: {}", text(added)), "remove one of them");
  }
  if (is_alias(there) || is_alias(added)) {
    return fault(fmt::format("{} cannot be an alias (CNAME) and have other records", at),
                 "put the other records at the name that the alias stands for");
  }
  const bool both_mx = there.type() == RecordType::Mx && added.type() == RecordType::Mx;
  if (both_mx && (is_null_mx(there) || is_null_mx(added))) {
    return fault(fmt::format("{} cannot have a null MX (\"0 .\") and another MX", at),
                 "remove one of them");
  }
  return std::nullopt;
}

std::optional<Name> below(std::string_view label, const Name& apex) {
  auto labels = apex.labels();
  labels.insert(labels.begin(), label);
  return Name::from_labels(labels);
}

}  // namespace

SoaData default_soa(const Name& apex) {
  SoaData soa;
  soa.primary = below("ns", apex).value_or(apex);
  soa.mailbox = below("hostmaster", apex).value_or(apex);
  return soa;
}

Zone::Zone(Name apex, SoaData soa) : apex_(std::move(apex)) {
  records_[apex_].push_back({apex_, std::move(soa)});
}

Done Zone::add(ResourceRecord record) {
  if (auto error = own_fault(record, apex_)) return *std::move(error);
  for (const ResourceRecord& there : records_at(record.name)) {
    if (auto error = conflict(there, record)) return *std::move(error);
  }
  records_[record.name].push_back(std::move(record));
  return done();
}

void Zone::set_failure(const Name& at, NameFailure failure) {
  assert(at.is_within(apex_));
  failures_[at] = failure;
}

ResourceRecord Zone::soa_for_negative_answer() const {
  ResourceRecord record = records_at(apex_).front();
  const auto* soa = std::get_if<SoaData>(&record.data);
  record.ttl_seconds = std::min(record.ttl_seconds, soa->minimum_seconds);
  return record;
}

std::span<const ResourceRecord> Zone::records_at(const Name& name) const {
  const auto found = records_.find(name);
  if (found == records_.end()) return {};
  return found->second;
}

// In the canonical order what lies below a name comes directly after it.
bool Zone::has_name(const Name& name) const {
  const auto next = records_.lower_bound(name);
  return next != records_.end() && next->first.is_within(name);
}

NameFailure Zone::failure_at(const Name& name) const {
  for (Name at = name; at.is_within(apex_); at = at.parent()) {
    const auto found = failures_.find(at);
    if (found != failures_.end()) return found->second;
    if (at.is_root()) break;
  }
  return NameFailure::None;
}

std::vector<ResourceRecord> Zone::all_records() const {
  std::vector<ResourceRecord> all;
  for (const auto& [name, records] : records_)
    all.insert(all.end(), records.begin(), records.end());
  return all;
}

}  // namespace mailwalk::dns
