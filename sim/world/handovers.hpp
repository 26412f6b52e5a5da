// Which mails were handed over while nobody at the client's end lived to hear it.
//
// A server that answers the end of data with 2xx has taken the mail (RFC 5321 section 4.2.5). Where
// that is in the journal and the client's conclusion is not, a client that tried again would make
// two mails of one (RFC 1047). The journal of a run holds both ends, so that here nobody has to.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <variant>
#include <vector>

#include "journal/event.hpp"
#include "mail/address.hpp"

namespace mailwalk::world {

// A mail at a client, and who of its recipients was taken.
struct Handover {
  NodeId client;
  std::variant<journal::OutboxId, journal::QueueNumber> mail;
  std::vector<mail::Mailbox> taken;
};

class Handovers {
 public:
  // Every event of the run, in order.
  void look_at(const journal::Event& event);

  // Those that the client does not know of, by connection.
  [[nodiscard]] std::vector<Handover> unheard() const;

 private:
  // A connection on which a mail is offered. The server's own words count, if it is one of ours.
  struct Talk {
    Handover handover;
    bool server_tells = false;
    std::deque<std::optional<mail::Mailbox>> asked;  // RCPTs without a reply yet
    std::vector<mail::Mailbox> accepted;             // in the transaction
  };

  void begin(const journal::Event& event,
             std::variant<journal::OutboxId, journal::QueueNumber> mail);
  void conclude(NodeId client, std::variant<journal::OutboxId, journal::QueueNumber> mail);
  void hear_command(const journal::Event& event);
  void hear_reply(const journal::Event& event);

  std::map<ConnectionId, Talk> talks_;
};

}  // namespace mailwalk::world
