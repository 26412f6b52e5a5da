// The server's end of a POP3 connection.
#pragma once

#include "nodes/answer_script.hpp"
#include "nodes/mailbox_server.hpp"
#include "nodes/session_conversation.hpp"
#include "pop3/server_session.hpp"

namespace mailwalk::nodes {

class Pop3Service final : public SessionConversation<pop3::ServerSession, pop3::ServerEvent> {
 public:
  // Mailboxes and script must outlive the conversation.
  Pop3Service(Machine& machine, pop3::ServerConfig config, MailboxServer& mailboxes,
              AnswerScript& script);

  // The line: "-ERR not today".
  Done answer_instead(const journal::AnswerReplaced& answer) override;

 private:
  void failed(net::ConnectFailure) override {}
  void output_moved(std::uint64_t waiting_octets) override;
  void shut_down() override;
  void handle(const pop3::ServerEvent& event) override;
  void begin_tls() override { begin_tls_as_server(); }

  void on(const pop3::CommandReceived& event);
  void on(const pop3::ReplySent& event);
  void on(const pop3::StateChanged& event);
  void on(const pop3::TlsBegins&) { begin_tls_after_output(); }
  void on(const pop3::LoginAsked& event);
  void on(const pop3::Listed&) {}
  void on(const pop3::Retrieved& event);
  void on(const pop3::Marked& event);
  void on(const pop3::Unmarked& event);
  void on(const pop3::UpdateAsked& event);
  void on(const pop3::AnsweredInstead&) { record_as_cause(replaced_); }
  void on(const pop3::Ended& event);

  MailboxServer& mailboxes_;
  AnswerScript& script_;
  journal::AnswerReplaced replaced_;  // what a person laid ready
  Mailbox* mailbox_ = nullptr;        // whose lock this connection holds
};

}  // namespace mailwalk::nodes
