// One set of records asked for at a name server: retries, aliases, and what the answer means.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/prng.hpp"
#include "base/virtual_time.hpp"
#include "dns/lookup_event.hpp"
#include "dns/message.hpp"

namespace mailwalk::dns {

// Asks for the records of one type at a name and follows aliases, by the answer itself or by a new
// question. Only a response with the id and the question of the open query counts.
//
// A truncated answer (TC) is not used: the rest would have to be asked for over TCP (RFC 2181
// section 9), which this resolver does not speak, and half a list of mail exchangers would send
// mail to the wrong one. It is a temporary failure, as is every answer that is none.
class RecordLookup {
 public:
  struct Outcome {
    enum class Status { Found, NoData, NoSuchName, Failed };
    Status status = Status::Failed;
    Name canonical;                       // the name at the end of the aliases
    std::vector<ResourceRecord> records;  // if Found: of the type asked for, at `canonical`
    std::vector<ResourceRecord> additional;
    std::string detail;  // what happened, one line for people
  };

  // REQUIRES `prng` to live longer; the ids of the queries come from it.
  RecordLookup(Name name, RecordType type, Prng& prng);

  // The datagram to send now, if one is due; its answer is awaited from `now` on.
  std::optional<std::string> take_query(VirtualTime now);
  void receive(std::string_view datagram);
  void time_passed(VirtualTime now);
  // When silence becomes a retry or a failure; nullopt while nothing is awaited.
  [[nodiscard]] std::optional<VirtualTime> deadline() const { return deadline_; }
  std::optional<LookupEvent> next_event();

  [[nodiscard]] bool done() const { return outcome_.has_value(); }
  // REQUIRES done().
  [[nodiscard]] const Outcome& outcome() const;

 private:
  void ask(Name name);
  [[nodiscard]] std::optional<AnswerIgnored::Why> why_ignored(const Decoded& decoded) const;
  void read(Message message);
  void conclude(Message message, Outcome outcome);
  void finish(Outcome outcome);

  Question question_;
  Prng* prng_;
  std::uint16_t id_ = 0;
  int attempts_ = 0;
  int aliases_ = 0;
  std::optional<VirtualTime> deadline_;
  bool query_due_ = false;
  std::deque<LookupEvent> events_;
  std::optional<Outcome> outcome_;
};

}  // namespace mailwalk::dns
