// A zone: the records of one part of the name space, as its owner keeps them.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "dns/name.hpp"
#include "dns/record.hpp"

namespace mailwalk::dns {

// How a name server misbehaves, for lessons on what a sender does about it.
enum class NameFailure {
  None,
  ServerFailure,  // SERVFAIL at once
  Silence,        // no answer at all
};

// Start of authority for a zone that needs nothing special: ns.<apex>, hostmaster.<apex>, or the
// apex itself where there is no room for these names.
SoaData default_soa(const Name& apex);

class Zone {
 public:
  explicit Zone(Name apex) : Zone(apex, default_soa(apex)) {}
  Zone(Name apex, SoaData soa);

  // Adds a record. An Error if it lies outside the zone, is there already, is a second SOA, stands
  // beside an alias (RFC 1034 section 3.6.2) or beside a null MX (RFC 7505 section 3), or has a
  // text above 255 octets; the zone is then as before.
  Done add(ResourceRecord record);

  // From now on questions for `at` and for all names below it fail so; the nearest setting above a
  // name decides, so None exempts a part again. REQUIRES `at` within the zone.
  void set_failure(const Name& at, NameFailure failure);

  [[nodiscard]] const Name& apex() const { return apex_; }
  // The SOA record, its TTL lowered to what RFC 2308 section 3 asks for in negative answers.
  [[nodiscard]] ResourceRecord soa_for_negative_answer() const;
  // All records of exactly this name, in the order they were added; valid until the next add().
  [[nodiscard]] std::span<const ResourceRecord> records_at(const Name& name) const;
  // True also for a name without records that has others below it (RFC 4592 section 2.2.2).
  [[nodiscard]] bool has_name(const Name& name) const;
  [[nodiscard]] NameFailure failure_at(const Name& name) const;
  // Every record, in the canonical order of names.
  [[nodiscard]] std::vector<ResourceRecord> all_records() const;

 private:
  Name apex_;
  std::map<Name, std::vector<ResourceRecord>> records_;
  std::map<Name, NameFailure> failures_;
};

}  // namespace mailwalk::dns
