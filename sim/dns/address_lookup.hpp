// The IPv4 addresses of a host name, without I/O; see resolver.hpp for its use.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip_address.hpp"
#include "base/prng.hpp"
#include "base/virtual_time.hpp"
#include "dns/lookup_event.hpp"
#include "dns/record_lookup.hpp"

namespace mailwalk::dns {

struct AddressResult {
  enum class Status { Found, NoSuchName, NoAddress, TemporaryFailure };
  Status status = Status::TemporaryFailure;
  std::vector<IpAddress> addresses;  // if Found: 1 or more, in the order of the answer
  std::string canonical_name;        // differs from the name asked for if that is an alias
  std::string detail;                // one line for people
};

std::string_view name(AddressResult::Status status);

// The addresses that `records` have for exactly `name`, each once, in their order.
std::vector<IpAddress> addresses_in(const std::vector<ResourceRecord>& records, const Name& name);

// The IPv4 addresses of a host name, aliases followed.
class AddressLookup {
 public:
  // REQUIRES `prng` to live longer.
  AddressLookup(std::string host, Prng& prng);

  std::optional<std::string> take_query(VirtualTime now);
  void receive(std::string_view datagram, VirtualTime now);
  void time_passed(VirtualTime now);
  [[nodiscard]] std::optional<VirtualTime> deadline() const;
  std::optional<LookupEvent> next_event();

  [[nodiscard]] bool done() const { return result_.has_value(); }
  // REQUIRES done().
  [[nodiscard]] const AddressResult& result() const;

 private:
  void go_on();

  std::optional<RecordLookup> lookup_;
  std::optional<AddressResult> result_;
};

}  // namespace mailwalk::dns
