// Where mail for a domain goes (RFC 5321 section 5.1), without I/O; see resolver.hpp for its use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip_address.hpp"
#include "base/prng.hpp"
#include "base/virtual_time.hpp"
#include "dns/lookup_event.hpp"
#include "dns/name.hpp"
#include "dns/record.hpp"
#include "dns/record_lookup.hpp"

namespace mailwalk::dns {

struct MxHost {
  std::uint16_t preference = 0;
  std::string name;  // as the MX record has it, without the final dot
  std::vector<IpAddress> addresses;
  // The MX record names an alias, which RFC 2181 section 10.3 and RFC 5321 section 5.1 forbid. It
  // is tolerated, as by Postfix: the mail would otherwise bounce for a mistake that neither sender
  // nor recipient made. It is reported here and in MxResult::detail, since seeing it is the lesson.
  bool is_alias = false;
};

struct MxResult {
  enum class Status {
    Found,
    NullMx,            // the domain says that it accepts no mail (RFC 7505)
    NoSuchDomain,      // NXDOMAIN, or not a domain name at all
    NoAddress,         // no mail exchanger has an address
    TemporaryFailure,  // the DNS did not answer, or not with an answer: try again later
    LoopsBack,         // the best mail exchanger is the asker itself
  };
  Status status = Status::TemporaryFailure;
  std::vector<MxHost> hosts;  // if Found: 1 or more, each with addresses, in the order to be tried
  bool implicit = false;      // there is no MX record; the domain's own address stands for one
  std::string detail;         // one line for people: what was found, what was odd, what went wrong
};

// The name of a status, for logs: "Found", "NullMx" …
std::string_view name(MxResult::Status status);

// The mail exchangers of a domain in the order in which to try them: ascending preference, equals
// shuffled. Aliases of the domain are followed. Addresses come from the answer's additional records
// where they are, and are asked for where not. `own_name` in the list removes itself and all of
// equal or higher preference number, so that mail does not go in circles.
class MxLookup {
 public:
  // `domain` is not an address literal: those need no lookup. REQUIRES `prng` to live longer.
  MxLookup(std::string domain, std::string own_name, Prng& prng);

  std::optional<std::string> take_query(VirtualTime now);
  void receive(std::string_view datagram, VirtualTime now);
  void time_passed(VirtualTime now);
  [[nodiscard]] std::optional<VirtualTime> deadline() const;
  std::optional<LookupEvent> next_event();

  [[nodiscard]] bool done() const { return result_.has_value(); }
  // REQUIRES done().
  [[nodiscard]] const MxResult& result() const;

 private:
  enum class Stage { AskingExchanges, AskingAddresses };
  struct Candidate {
    MxHost host;
    Name exchange;
    bool unanswered = false;  // the question for its addresses failed
  };

  void ask(const Name& name, RecordType type);
  void go_on();
  void read_exchanges(const RecordLookup::Outcome& outcome);
  void list_candidates(const std::vector<ResourceRecord>& exchanges);
  void read_addresses(const RecordLookup::Outcome& outcome);
  // By value: it may name one of those that it drops.
  void drop_self_and_worse(Name self, std::uint16_t preference);
  void ask_next_or_finish();
  void finish_with_candidates();
  void finish(MxResult::Status status, std::string detail, std::vector<MxHost> hosts = {});
  void remark(std::string_view text);

  std::string domain_;
  std::optional<Name> own_name_;
  Prng* prng_;
  Stage stage_ = Stage::AskingExchanges;
  std::optional<RecordLookup> lookup_;  // the open question
  std::deque<LookupEvent> events_;
  std::vector<Candidate> candidates_;  // in the order to be tried
  std::size_t asking_ = 0;             // the candidate whose addresses are asked for
  bool implicit_ = false;
  std::string remarks_;
  std::optional<MxResult> result_;
};

}  // namespace mailwalk::dns
