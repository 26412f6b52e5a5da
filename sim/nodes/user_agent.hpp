// The user agent of a device: writes mails, keeps them in the outbox until its MTA has taken them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "mail/envelope.hpp"
#include "nodes/machine.hpp"
#include "nodes/resolver.hpp"
#include "nodes/smtp_dispatch.hpp"
#include "store/device_store.hpp"

namespace mailwalk::nodes {

struct UserAgentConfig {
  mail::Mailbox address;        // what it sends from
  std::string display_name;     // for the From field
  std::string submit_to;        // host name of the MTA
  Duration retry = minutes(5);  // the first wait; later waits are as long as the mail has waited
  smtp::ClientConfig client;
};

// A mail as a person writes it.
struct Letter {
  std::vector<mail::Mailbox> to;
  std::string subject;
  std::string body;
};

class UserAgent {
 public:
  enum class Standing : std::uint8_t { Waiting, Sending, Refused };
  struct Outgoing {
    mail::Envelope envelope;  // recipients that have not taken it yet
    Bytes content;
    Standing standing = Standing::Waiting;
    VirtualTime composed_at;
    VirtualTime next_try;
    bool sent_before = false;  // some recipients have it already: a copy is in Sent
  };

  // All but the config must outlive it. Sent copies go into the device's store.
  UserAgent(Machine& machine, Resolver& resolver, store::DeviceStore& store,
            UserAgentConfig config);

  // Writes the mail, puts it into the outbox, and sends it at once.
  void compose(const Letter& letter);
  // The same with a whole mail, in CRLF lines. The envelope is what `to` says, not what the header
  // says.
  void compose(std::vector<mail::Mailbox> to, Bytes content);

  // Tries everything that waits in the outbox now.
  void send_now();

  // What happened at this machine in a run that is taken up again, event by event: mails lie in the
  // outbox as they lay, and nothing is recorded …
  void recall(const journal::Event& event);
  // … then, for all to see, what the MTA took over although nobody here lived to hear it …
  void was_taken(journal::OutboxId id, const std::vector<mail::Mailbox>& recipients);
  // … and after the last of them: what was being sent is tried again at once.
  void go_on();

  [[nodiscard]] const std::map<journal::OutboxId, Outgoing>& outbox() const { return outbox_; }

 private:
  void recall(const journal::MailComposed& composed, VirtualTime when);
  enum class Settled : std::uint8_t { Taken, Refused };
  void recall(journal::OutboxId id, const journal::AddressList& recipients, Settled how,
              VirtualTime when);
  void put_into_outbox(std::vector<mail::Mailbox> to, Bytes content);
  void work();
  void submit(journal::OutboxId id);
  void server_known(journal::OutboxId id, const dns::AddressResult& result);
  void submitted(journal::OutboxId id, const DispatchResult& result);
  void defer(journal::OutboxId id, journal::Trouble trouble, const std::string& reason);
  void arm_timer();

  Machine& machine_;
  Resolver& resolver_;
  store::DeviceStore& store_;
  UserAgentConfig config_;
  std::uint32_t next_id_ = 1;
  std::map<journal::OutboxId, Outgoing> outbox_;
  net::Timer next_try_;
  net::Timer late_try_;  // for mails that have waited so long that a run need not wait for them
};

}  // namespace mailwalk::nodes
