// The server's end of an SMTP connection, without any I/O: bytes and time in, bytes and events out.
//
// The session speaks; its caller decides. Some events ask (MailAsked, RcptAsked, VrfyAsked,
// MessageAsked): until answer() is called, further input waits. One round of use is
//
//     session.receive(bytes, now);
//     while (auto event = session.next_event()) { …; if (asked) session.answer(reply, now); }
//     send(session.take_output());
//     if (session.wants_close()) close();
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fifo.hpp"
#include "base/virtual_time.hpp"
#include "mail/envelope.hpp"
#include "sasl/server_dialogue.hpp"
#include "smtp/command.hpp"
#include "smtp/extensions.hpp"
#include "smtp/limits.hpp"
#include "smtp/reply.hpp"
#include "smtp/server_events.hpp"
#include "smtp/transitions.hpp"
#include "tls/policy.hpp"
#include "wire/dot_codec.hpp"
#include "wire/line_reader.hpp"

namespace mailwalk::smtp {

// What is done with a message that contained a CR or LF alone (RFC 5321 section 2.3.8 forbids
// them). Neither setting lets one end a line or the data.
enum class BareLineEnds { Refuse, Keep };

// Which arguments EHLO and HELO take.
enum class HelloCheck {
  DomainOrLiteral,  // RFC 5321 section 4.1.1.1
  AnyWord,          // also names such as "lab_pc", which some systems give themselves
};

// Whether TLS lies around the session from its first octet.
enum class Line { Clear, Encrypted };

// Who may log in, and how. Without mechanisms nobody can.
struct ServerLogin {
  std::vector<sasl::Mechanism> mechanisms;
  sasl::PasswordOf password_of;
  std::string nonce;  // another one for each session: printable, without blanks and commas
  tls::ClearTextLogin without_tls = tls::ClearTextLogin::Allowed;
  enum class Need { Optional, Required } need = Need::Optional;  // before MAIL and VRFY
};

struct ServerConfig {
  std::string host_name;                    // first word of the greeting and of the reply to EHLO
  std::string software = "ESMTP Mailwalk";  // what follows it in the greeting
  ExtensionSet extensions = ExtensionSet::usual();  // STARTTLS and AUTH are added as they apply
  tls::Offer tls = tls::Offer::None;
  Line line = Line::Clear;
  ServerLogin login = {};
  ServerLimits limits = {};
  BareLineEnds bare_line_ends = BareLineEnds::Refuse;
  HelloCheck hello_check = HelloCheck::DomainOrLiteral;
  // Instead of "220 host software". 421 and other 4xx: the session ends after it. 5xx: only QUIT is
  // taken (RFC 5321 section 3.1).
  std::optional<Reply> greeting = {};

  // In octets, its CRLF included.
  [[nodiscard]] std::size_t longest_command_line() const;
};

class ServerSession {
 public:
  explicit ServerSession(ServerConfig config);

  // Says the greeting. REQUIRES it was not called before. Input received earlier than this is a
  // client that does not wait for its turn: 554 5.5.0 and the end.
  void start(VirtualTime now);
  void receive(std::string_view bytes, VirtualTime now);
  // The client has closed its direction. What it said before still counts, content without its
  // end does not.
  void peer_closed(VirtualTime now);
  // 421 4.4.2 and the end, if the client was idle for too long.
  void time_passed(VirtualTime now);
  // The server is about to go: 421 and the end, also in the middle of a mail.
  void shut_down();
  // When time_passed() is due; nullopt while an answer is awaited, and when the session has ended.
  [[nodiscard]] std::optional<VirtualTime> deadline() const;

  // In the order in which things happened; nullopt: nothing until more input, or an answer.
  std::optional<ServerEvent> next_event();

  // Who answers later than at once asks this first: meanwhile the session may have ended.
  [[nodiscard]] bool awaits_answer() const { return asked_.has_value(); }
  // REQUIRES awaits_answer(), and that the reply is 2xx, 4xx or 5xx. After 421 the session ends.
  // An enhanced status code is added (x.0.0) or taken away, as the extensions offered demand.
  void answer(const Reply& reply, VirtualTime now);

  // The command that comes after so many others is not carried out: this is said instead. The end
  // of data counts as a command. Only one reply can be laid ready at a time. REQUIRES 4xx or 5xx;
  // after 421 the session ends.
  void answer_instead(std::uint32_t commands_ahead, Reply reply);

  // After TlsBegins, once the handshake is over. All that was said before is forgotten (RFC 3207
  // section 4.2). REQUIRES receive() was not called in between.
  void tls_established(VirtualTime now);

  // Bytes to send. Replies to pipelined commands come out together.
  std::string take_output();
  // True when the connection is to be closed after the output was sent.
  [[nodiscard]] bool wants_close() const { return state_ == State::Closed; }

  [[nodiscard]] State state() const { return state_; }
  // Of the open transaction.
  [[nodiscard]] const mail::Envelope& envelope() const { return envelope_; }
  // What the client called itself; empty before EHLO or HELO.
  [[nodiscard]] const std::string& helo() const { return helo_; }
  [[nodiscard]] Protocol protocol() const { return protocol_; }
  // Who has logged in; empty if nobody has.
  [[nodiscard]] const std::string& user() const { return user_; }
  // Of what is said now.
  [[nodiscard]] Line line() const { return line_; }
  [[nodiscard]] const ServerConfig& config() const { return config_; }

 private:
  ServerConfig config_;
  State state_ = State::Connected;
  std::string helo_;
  Protocol protocol_ = Protocol::Smtp;
  mail::Envelope envelope_;
  std::size_t refused_recipients_ = 0;  // of the open transaction
  std::size_t errors_ = 0;
  std::size_t idle_commands_ = 0;  // since the last mail
  VirtualTime last_activity_;
  enum class Peer { Open, Closed } peer_ = Peer::Open;
  enum class EarlyTalk { None, Heard } early_talk_ = EarlyTalk::None;

  wire::LineReader lines_;
  std::optional<wire::DotDecoder> content_;  // from 354 to the end of data

  // What waits for answer(), and what it was about.
  std::optional<Verb> asked_;
  MailAsked asked_mail_;
  std::optional<mail::Mailbox> asked_recipient_;

  struct Instead {
    std::uint32_t commands_ahead;
    Reply reply;
  };
  std::optional<Instead> instead_;

  // STARTTLS and AUTH.
  Line line_;
  enum class Handshake { No, UnderWay } handshake_ = Handshake::No;
  std::string user_;
  std::optional<sasl::ServerDialogue> dialogue_;  // from AUTH to its end
  std::size_t dialogues_ = 0;
  std::size_t failed_logins_ = 0;
  std::optional<VirtualTime> refusal_due_;  // of a login that failed; input waits until then

  Fifo<ServerEvent> events_;
  std::string output_;

  // Input: server_session.cpp.
  std::string_view take_content(std::string_view bytes);
  void work_through_lines();
  void take_line(const wire::Line& line);

  // Commands and the end of data: server_commands.cpp.
  void take_command(const Command& command);
  void take_hello(const Command& command);
  void take_mail(std::string_view argument);
  void take_rcpt(std::string_view argument);
  void take_data();
  void take_rset();
  void take_vrfy(std::string_view argument);
  void take_quit();
  void take_end_of_data();
  [[nodiscard]] bool is_hello_name(std::string_view name) const;
  [[nodiscard]] std::optional<Reply> content_fault(std::string_view content) const;

  // TLS and logging in: server_login.cpp.
  [[nodiscard]] std::optional<Reply> lack_of_protection(Verb verb) const;
  [[nodiscard]] ExtensionSet offered_now() const;
  [[nodiscard]] std::vector<sasl::Mechanism> mechanisms_now() const;
  void take_starttls();
  void begin_tls();
  void take_auth(std::string_view argument);
  void take_dialogue_line(const wire::Line& line);
  void end_dialogue();
  void go_on_with(const sasl::Outcome& outcome);
  void refuse_login(sasl::DialogueFault fault);
  void say_login_failed();

  // Answers: server_commands.cpp.
  void apply_mail_answer(const Reply& reply);
  void apply_rcpt_answer(const Reply& reply);
  void apply_message_answer(const Reply& reply);

  // Consequences: server_session.cpp.
  void ask(Verb verb, ServerEvent question);
  void withdraw_question();
  [[nodiscard]] bool is_flooded() const;
  void send_reply(Reply reply, std::optional<Verb> to);
  void refuse(const Reply& reply, Verb to);  // and counts the error
  void give_up(const Reply& reply, Verb to, ServerEnded::Why why);
  // What is laid ready for the command that has just been read.
  std::optional<Reply> take_instead();
  void end_by_421();
  void drop_transaction(TransactionDropped::Why why);
  void clear_transaction();
  void move_to(State next);
  void end(ServerEnded::Why why);
  void end_if_peer_is_gone();
  [[nodiscard]] bool offers(Extension extension) const { return config_.extensions.has(extension); }
};

}  // namespace mailwalk::smtp
