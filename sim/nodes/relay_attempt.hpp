// One attempt of an MTA to hand a mail on to one domain: names, hosts in order, outcome.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "mail/envelope.hpp"
#include "nodes/machine.hpp"
#include "nodes/resolver.hpp"
#include "nodes/smtp_dispatch.hpp"
#include "store/mta_queue.hpp"

namespace mailwalk::nodes {

// What an attempt is about. All recipients are of one domain, so that they can share a transaction.
struct RelayTask {
  store::QueueId queue;
  mail::Envelope envelope;
  Bytes content;
  std::string domain;    // of the recipients
  std::string next_hop;  // a smarthost that takes mail for every domain; empty: the domain's MX
};

// What an attempt came to for one recipient.
struct RelayResult {
  mail::Mailbox recipient;
  smtp::Outcome outcome = smtp::Outcome::Deferred;
  journal::Trouble trouble = journal::Trouble::None;
  store::Diagnostic diagnostic;

  // The host's words, or what went wrong before there were any.
  [[nodiscard]] const std::string& reason() const {
    return diagnostic.diagnostic_code.empty() ? diagnostic.reason : diagnostic.diagnostic_code;
  }
};

// Asks the DNS, then host after host until none is left to ask (RFC 5321 section 5.1).
class RelayAttempt {
 public:
  using Done = std::function<void(const std::vector<RelayResult>&)>;

  // The machine and the resolver must outlive it. Done is called once, and may destroy it.
  RelayAttempt(Machine& machine, Resolver& resolver, smtp::ClientConfig client, RelayTask task,
               Done done);

  void begin();

 private:
  struct Candidate {
    std::string host;
    IpAddress address;
    std::uint16_t preference = 0;
    enum class Tls : std::uint8_t { AsWished, Failed } tls = Tls::AsWished;
  };

  void hosts_known(const dns::MxResult& result);
  // The host that was tried last, once more without TLS. False: that is not for it.
  bool tries_again_in_clear(const DispatchResult& result);
  void smarthost_known(const dns::AddressResult& result);
  void drop_self_and_worse();
  void try_next_host();
  void host_answered(const DispatchResult& result);
  void settle_rest_and_finish();
  void give_up(smtp::Outcome outcome, mail::StatusCode status, journal::Trouble trouble,
               const std::string& why);
  void finish();

  Machine& machine_;
  Resolver& resolver_;
  smtp::ClientConfig client_;
  RelayTask task_;
  Done done_;
  std::vector<Candidate> candidates_;
  std::size_t next_candidate_ = 0;
  std::vector<RelayResult> pending_;  // recipients that another host may still take
  std::vector<RelayResult> settled_;
};

}  // namespace mailwalk::nodes
