// The client's end of an SMTP connection: hands one mail to one host.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "mail/envelope.hpp"
#include "nodes/session_conversation.hpp"
#include "smtp/client_session.hpp"

namespace mailwalk::nodes {

// How far TLS came.
enum class Handshake : std::uint8_t { NotBegun, Begun, Done };

// What became of it. Either there was no connection, or there is an outcome for each recipient.
struct DispatchResult {
  std::optional<net::ConnectFailure> failure;
  std::vector<smtp::RecipientOutcome> outcomes;
  Handshake handshake = Handshake::NotBegun;
};

// "connection refused": for diagnostics, which are in English as all mail systems' are.
std::string text(net::ConnectFailure failure);

class SmtpDispatch final : public SessionConversation<smtp::ClientSession, smtp::ClientEvent> {
 public:
  // Called once, when the outcome is known; QUIT may still be under way then.
  using Done = std::function<void(const DispatchResult&)>;

  // server_name: whose certificate it must be, where that matters. begun: what is recorded when the
  // connection stands, to tell which mail travels on it.
  SmtpDispatch(Machine& machine, smtp::ClientConfig config, std::string server_name,
               mail::Envelope envelope, Bytes content, journal::Payload begun, Done done);

  mailwalk::Done type_instead(const journal::CommandTyped& typed) override;

 private:
  void opened() override;
  void failed(net::ConnectFailure why) override;
  void output_moved(std::uint64_t waiting_octets) override;
  void handle(const smtp::ClientEvent& event) override;
  void begin_tls() override;
  void covered() override;
  void cover_failed(const std::string& why) override;

  void on(const smtp::CommandSent& event);
  void on(const smtp::ContentSent& event);
  void on(const smtp::ReplyReceived& event);
  void on(const smtp::StateChanged& event);
  void on(const smtp::ClientTlsBegins&) { begin_tls_after_output(); }
  void on(const smtp::MailFinished& event);
  void on(const smtp::ClientEnded&) {}
  void report(const DispatchResult& result);

  std::string server_name_;
  tls::Wish wish_;
  Handshake handshake_ = Handshake::NotBegun;
  mail::Envelope envelope_;
  Bytes content_;
  journal::Payload begun_;
  Done done_;
  journal::CommandTyped typed_;  // by a person; recorded when its turn comes
};

}  // namespace mailwalk::nodes
