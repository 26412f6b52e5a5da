// The client's end of an SMTP connection, without any I/O: it sends mails, one after the other.
//
//     session.start(now);
//     session.send_mail(envelope, content);
//     session.quit();                            // after the mails are through
//     … receive(), while (next_event()), send(take_output()), until wants_close()
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/virtual_time.hpp"
#include "mail/envelope.hpp"
#include "sasl/client_dialogue.hpp"
#include "smtp/client_events.hpp"
#include "smtp/client_transaction.hpp"
#include "smtp/command.hpp"
#include "smtp/extensions.hpp"
#include "smtp/limits.hpp"
#include "smtp/outgoing_mail.hpp"
#include "smtp/reply.hpp"
#include "smtp/reply_reader.hpp"
#include "smtp/transitions.hpp"
#include "tls/policy.hpp"

namespace mailwalk::smtp {

// Whether commands are sent in groups when the server offers PIPELINING.
enum class PipeliningWish { WhenOffered, Never };

struct ClientConfig {
  std::string helo_name;  // the argument of EHLO and HELO
  PipeliningWish pipelining = PipeliningWish::WhenOffered;
  ContentRules content_rules = {};
  ClientTimeouts timeouts = {};
  ClientLimits limits = {};
  // Implicit: TLS lies around the session from its first octet.
  tls::Wish tls = tls::Wish::Never;
  std::optional<sasl::Credentials> login = {};  // none: it does not log in
  std::string nonce =
      {};  // for it: another one for each session, printable, without blanks and commas
};

class ClientSession {
 public:
  explicit ClientSession(ClientConfig config);

  // The connection stands: waits for the greeting.
  void start(VirtualTime now);
  void receive(std::string_view bytes, VirtualTime now);
  void peer_closed(VirtualTime now);
  void time_passed(VirtualTime now);
  // When time_passed() is due; nullopt when no reply is awaited.
  [[nodiscard]] std::optional<VirtualTime> deadline() const { return deadline_; }

  // Sends a mail: at once, or after those before it. REQUIRES at least one recipient. May be called
  // before the greeting. REQUIRES quit() was not called and the session has not ended.
  void send_mail(mail::Envelope envelope, Bytes content, VirtualTime now);
  // QUIT once the mails are through.
  void quit(VirtualTime now);
  // What the session would send after so many commands more is not sent: a person typed this. If it
  // is the same command, its reply counts as the reply to what was to be sent. If it is another
  // one, the session goes on after the reply where it stood; with a new transaction where the typed
  // command has ended the old one. A DATA waits for the session's own. REQUIRES no CR, LF or NUL.
  void type_instead(std::uint32_t commands_ahead, std::string line);
  // After ClientTlsBegins: the handshake is over, or it failed; then the session ends.
  void tls_established(VirtualTime now);
  void tls_failed(const std::string& why);
  // Optional, for links that are slow: the network still holds so many octets of the output. While
  // it does, the time allowed is that of a block of data, counted from now. If it is never called,
  // output counts as sent when it is taken.
  void output_waits(std::size_t octets, VirtualTime now);

  std::optional<ClientEvent> next_event();
  std::string take_output();
  // True when the connection is to be closed after the output was sent.
  [[nodiscard]] bool wants_close() const { return state_ == State::Closed; }
  [[nodiscard]] State state() const { return state_; }
  // From the reply to EHLO; nothing after HELO.
  [[nodiscard]] const OfferedExtensions& offered() const { return offered_; }
  // Mails that were handed over and are not finished.
  [[nodiscard]] std::size_t mails_waiting() const { return mails_.size() + (transaction_ ? 1 : 0); }

 private:
  // A command whose reply has not come.
  struct InFlight {
    Verb verb;
    std::size_t recipient;  // of RCPT: its index in the envelope
    CommandSent::By by = CommandSent::By::Session;
  };
  struct Typed {
    std::uint32_t commands_ahead;
    std::string line;
  };

  ClientConfig config_;
  State state_ = State::Connected;
  State planned_ = State::Connected;  // where state_ will be if all replies in flight are positive
  OfferedExtensions offered_;
  std::deque<OutgoingMail> mails_;  // whose turn has not come
  std::optional<ClientTransaction> transaction_;
  std::deque<InFlight> in_flight_;
  std::optional<Typed> typed_;                        // waits for its turn
  std::optional<ClientTransaction::Next> displaced_;  // waits for the reply to what was typed
  enum class QuitWish { No, AfterMails } quit_wish_ = QuitWish::No;
  std::optional<Verdict> refusal_;  // by the greeting or to EHLO and HELO: no mail goes here
  std::optional<VirtualTime> deadline_;

  // TLS and logging in.
  enum class Protection { None, HandshakeUnderWay, Encrypted } protection_;
  enum class Attempt { NotYet, Made } starttls_ = Attempt::NotYet, login_ = Attempt::NotYet;
  std::optional<sasl::ClientDialogue> dialogue_;  // from AUTH to its end

  ReplyReader replies_;
  std::deque<ClientEvent> events_;
  std::string output_;

  // Replies.
  void take_reply(const Reply& reply, VirtualTime now);
  void take_greeting(const Reply& reply);
  void take_awaited(const Reply& reply);
  void take_hello_reply(Verb verb, const Reply& reply);
  void take_transaction_reply(const InFlight& command, const Reply& reply);
  void take_unasked(const Reply& reply);

  // Commands.
  void go_on(VirtualTime now);
  bool send_next();
  void begin_next_mail();
  void send_command(Verb verb, std::string line, std::size_t recipient = 0);
  void put_out(Verb verb, std::string line, std::size_t recipient, CommandSent::By by);
  void send_content();
  [[nodiscard]] std::size_t window() const;

  // TLS and logging in: client_login.cpp.
  // What comes before the mails, if anything is left of it. True: a command went out for it.
  bool prepare();
  bool start_tls();
  bool log_in();
  void take_starttls_reply(const Reply& reply);
  void begin_tls();
  void take_auth_reply(const Reply& reply);
  void go_no_further(const Reply& reply, Verb at);

  // What a person types: client_typed.cpp.
  // In the place of this command. False: it is not its turn.
  bool send_typed(const ClientTransaction::Next& next);
  // To a command that the session would not have sent.
  void take_typed_reply(Verb verb, const Reply& reply);
  void restart_transaction();

  // Consequences.
  void refused(const Reply& reply, std::optional<Verb> at);
  void finish_mail(MailFinished result);
  void end_without_reply(ClientEnded::Why why, const Reply& reply);
  void end_by_quit();
  void end_by_421(const Reply& reply, std::optional<Verb> at);
  void abandon_mails(const Verdict& current);
  void end(ClientEnded::Why why, std::optional<Reply> reply = {}, std::string detail = {});
  void move_to(State next);
  [[nodiscard]] std::optional<Verb> awaited() const;
  [[nodiscard]] std::optional<Duration> time_allowed() const;
};

}  // namespace mailwalk::smtp
