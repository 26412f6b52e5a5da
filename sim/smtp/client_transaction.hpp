// One mail on its way to one server: which command is next, and what the replies mean for each
// recipient.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "smtp/client_events.hpp"
#include "smtp/command.hpp"
#include "smtp/extensions.hpp"
#include "smtp/outgoing_mail.hpp"
#include "smtp/reply.hpp"

namespace mailwalk::smtp {

// What a reply means, whoever it concerns.
struct Verdict {
  Outcome outcome;
  NextHost next_host;
  Reply reply;
  SaidBy said_by;
  std::optional<Verb> at;
};

// A server's reply by its first digit (RFC 5321 section 4.2.1): 2xx Delivered, 4xx Deferred and
// another host is asked, 5xx Failed for good.
Verdict judge(const Reply& reply, Verb at);

// The same verdict for every recipient of a mail.
MailFinished finished_with(const mail::Envelope& envelope, const Verdict& verdict);

class ClientTransaction {
 public:
  // Whether what the server keeps of the transaction before has to be dropped first.
  enum class Start { Clean, WithRset };

  ClientTransaction(OutgoingMail mail, const OfferedExtensions& offered, Start start);

  struct Next {
    Verb verb;
    std::string line;
    std::size_t recipient;  // of RCPT: its index in the envelope
  };
  // The next command; nullopt if replies have to come first, or if it is finished once they have.
  std::optional<Next> next_command();

  // REQUIRES the verb was one of next_command(), or EndOfData.
  void take_reply(Verb verb, std::size_t recipient, const Reply& reply);
  // The session is over: decides for all who have no verdict yet.
  void abandon(const Verdict& verdict);

  // Whether 354 is to be followed by the content. If not, DATA was sent ahead of replies that left
  // nobody to send it to, and a lone dot has to do (RFC 2920 section 3.1).
  [[nodiscard]] bool has_receivers() const { return accepted_ > 0 && !verdict_; }
  // Whether the outcome is known for everybody.
  [[nodiscard]] bool is_decided() const;
  // REQUIRES is_decided().
  [[nodiscard]] MailFinished result() const;

  [[nodiscard]] const OutgoingMail& mail() const { return mail_; }

 private:
  enum class Step { Rset, Mail, Recipients, Data, Sent };

  OutgoingMail mail_;
  std::string mail_line_;
  Step step_;
  std::size_t next_recipient_ = 0;
  std::size_t accepted_ = 0;
  std::size_t refused_ = 0;
  std::vector<std::optional<Verdict>> refusals_;  // by recipient
  std::optional<Verdict> verdict_;                // for all who were not refused by themselves

  void take_rcpt_reply(std::size_t recipient, const Reply& reply);
};

}  // namespace mailwalk::smtp
