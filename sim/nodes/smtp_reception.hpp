// The server's end of an SMTP connection at a machine that accepts mail.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/ip_address.hpp"
#include "mail/envelope.hpp"
#include "mail/message.hpp"
#include "nodes/answer_script.hpp"
#include "nodes/session_conversation.hpp"
#include "smtp/server_session.hpp"
#include "store/mta_queue.hpp"

namespace mailwalk::nodes {

// Who is sending.
struct SmtpPeer {
  IpAddress address;
  std::string helo;
  net::Origin origin = net::Origin::Scenario;
  std::string user = {};  // who has logged in; empty: nobody
  smtp::Line line = smtp::Line::Clear;
};

// A mail that came in whole.
struct IncomingMail {
  ConnectionId connection;
  SmtpPeer peer;
  mail::Envelope envelope;
  mail::Message message;
  smtp::Protocol protocol = smtp::Protocol::Esmtp;
  store::QueueId queue{};  // of this machine's own queue; 0: it came over the connection
};

// What a machine decides about mail that is offered to it. The session speaks; this is the policy.
class MailAcceptor {
 public:
  virtual smtp::Reply sender_offered(const SmtpPeer& peer, const mail::ReversePath& sender,
                                     std::uint64_t declared_bytes) = 0;
  virtual smtp::Reply recipient_offered(const SmtpPeer& peer, const mail::Mailbox& recipient,
                                        std::uint64_t declared_bytes) = 0;
  virtual smtp::Reply verify(const std::string& text) = 0;
  // 250: the machine has taken responsibility, and recorded it.
  virtual smtp::Reply mail_offered(const IncomingMail& mail) = 0;

 protected:
  ~MailAcceptor() = default;
};

class SmtpReception final : public SessionConversation<smtp::ServerSession, smtp::ServerEvent> {
 public:
  // The acceptor and the script must outlive the conversation.
  SmtpReception(Machine& machine, smtp::ServerConfig config, const net::Caller& caller,
                MailAcceptor& acceptor, AnswerScript& script);

  // The line: "451 4.7.1 Come back later", with 4xx or 5xx.
  Done answer_instead(const journal::AnswerReplaced& answer) override;

 private:
  void failed(net::ConnectFailure) override {}
  void shut_down() override;
  void handle(const smtp::ServerEvent& event) override;
  void begin_tls() override { begin_tls_as_server(); }

  void on(const smtp::CommandReceived& event);
  void on(const smtp::ReplySent& event);
  void on(const smtp::StateChanged& event);
  void on(const smtp::DataReceived&) {}  // the content follows, or a refusal
  void on(const smtp::MailAsked& event);
  void on(const smtp::RcptAsked& event);
  void on(const smtp::VrfyAsked& event);
  void on(const smtp::TlsAsked& event);
  void on(const smtp::TlsBegins&) { begin_tls_after_output(); }
  void on(const smtp::LoggedIn&) {}  // the reply tells
  void on(const smtp::MessageAsked& event);
  void on(const smtp::AnsweredInstead& event);
  void on(const smtp::TransactionDropped&) {}  // the state changes that come with it tell
  void on(const smtp::ServerEnded&) {}

  [[nodiscard]] SmtpPeer peer() const {
    return {caller_.address, session().helo(), caller_.origin, session().user(), session().line()};
  }
  [[nodiscard]] std::optional<smtp::Reply> scripted_reply(smtp::Verb verb);
  // What the script has for this verb, or else what the acceptor says.
  template <class Decide>
  void answer(smtp::Verb verb, Decide decide);

  net::Caller caller_;
  MailAcceptor& acceptor_;
  AnswerScript& script_;
  journal::AnswerReplaced replaced_;  // what a person laid ready
  std::uint64_t declared_bytes_ = 0;  // SIZE= of the open transaction
};

}  // namespace mailwalk::nodes
