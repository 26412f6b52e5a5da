// The server's side of one POP3 connection (RFC 1939, RFC 2449): bytes in, bytes and events out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fifo.hpp"
#include "base/virtual_time.hpp"
#include "pop3/events.hpp"
#include "pop3/limits.hpp"
#include "pop3/reply.hpp"
#include "pop3/session_maildrop.hpp"
#include "pop3/transitions.hpp"
#include "sasl/server_dialogue.hpp"
#include "tls/policy.hpp"
#include "wire/line_reader.hpp"

namespace mailwalk::pop3 {

// What the server offers beside what RFC 1939 asks of every server.
struct Offers {
  bool user = true;  // USER and PASS
  bool apop = true;  // taken back where this machine has no MD5
  bool top = true;
  bool uidl = true;
  bool capa = true;
  bool pipelining = true;      // only announced: commands in one write are always answered in order
  bool resp_codes = true;      // [IN-USE], [SYS/TEMP], [SYS/PERM]
  bool auth_resp_code = true;  // [AUTH]; only together with resp_codes
};

// Whether TLS lies around the session from its first octet.
enum class LineCover : std::uint8_t { Clear, Encrypted };

// AUTH: without mechanisms nobody can log in by it.
struct ServerLogin {
  std::vector<sasl::Mechanism> mechanisms;
  sasl::PasswordOf password_of;
  std::string nonce;  // another one for each session: printable, without blanks and commas
};

struct ServerConfig {
  std::string host_name;
  Offers offers;
  tls::Offer tls = tls::Offer::None;
  LineCover cover = LineCover::Clear;
  // Whether a password may come over a line that everybody can read: by PASS, AUTH PLAIN or LOGIN.
  tls::ClearTextLogin clear_text_login = tls::ClearTextLogin::Allowed;
  ServerLogin login = {};
  ServerLimits limits;
  // Both make the APOP stamp: different in each session, and on TCP in each run.
  std::uint64_t stamp_serial = 0;
  std::uint64_t stamp_drawn = 0;
  std::string implementation = "Mailwalk";  // CAPA IMPLEMENTATION; empty: not told
  // -ERR instead of the greeting: the session ends after it.
  std::optional<Reply> refusal = {};
};

enum class LoginRefusal : std::uint8_t {
  BadCredentials,  // no such user, or a wrong password: the client cannot tell which
  InUse,           // another session holds the maildrop's lock
  Temporary,       // the server's fault, try later
  Permanent,       // the server's fault, a person must help
};

enum class UpdateResult : std::uint8_t { AllRemoved, SomeNotRemoved };

// The caller decides who may log in and keeps the maildrop; the session speaks. Commands are worked
// on as they arrive, until one needs the caller's answer: then input waits.
class ServerSession {
 public:
  explicit ServerSession(ServerConfig config);

  // Says the greeting. REQUIRES to be called once, first.
  void start(VirtualTime now);
  void receive(std::string_view bytes, VirtualTime now);
  // The other side sends no more, or the line broke. What has arrived is still carried out, QUIT
  // included; marks that no QUIT followed are taken back.
  void peer_closed(VirtualTime now);
  void time_passed(VirtualTime now);
  // When time_passed() has something to do, if nothing comes before.
  [[nodiscard]] std::optional<VirtualTime> deadline() const;
  // Optional: some output went out. Call it where a reply may take longer than the idle timeout, or
  // a client that is still reading a large message counts as idle.
  void output_moved(VirtualTime now);

  // nullopt: nothing until there is more input or an answer.
  std::optional<ServerEvent> next_event();
  // LoginAsked or UpdateAsked is open.
  [[nodiscard]] bool awaits_answer() const { return question_ != Question::None; }

  // Answers to LoginAsked. REQUIRES that one is open. open(): the caller holds the lock, and these
  // are the messages for the whole session. UIDs REQUIRE valid_unique_id().
  void open(std::vector<MaildropMessage> messages);
  void refuse_login(LoginRefusal why);
  // Answers UpdateAsked. REQUIRES that one is open.
  void update_done(UpdateResult result);
  // After TlsBegins: the handshake is over. What was said before is forgotten (RFC 2595 section 4).
  void tls_established(VirtualTime now);

  // The command that comes after so many others is not carried out: this is said instead. Only one
  // can be laid ready at a time. REQUIRES -ERR.
  void answer_instead(std::uint32_t commands_ahead, Reply reply);

  // Bytes to send. Taking them lets commands go on that waited for room: ask for events and output
  // again until there are none.
  std::string take_output();
  // No more will come; close once the output is sent.
  [[nodiscard]] bool wants_close() const { return state_ == State::Closed; }
  [[nodiscard]] State state() const { return state_; }

  // What may be typed now and would not be refused for its state: for hints.
  [[nodiscard]] std::vector<Verb> legal_now() const;

 private:
  enum class Question : std::uint8_t { None, Login, Update };

  [[nodiscard]] bool may_work() const;
  void work();
  void handle(const wire::Line& line);
  void execute(const Command& command);
  // Why the command cannot be carried out here and now; nullopt if it can.
  [[nodiscard]] std::optional<std::string> objection(const wire::Line& line,
                                                     const ParsedCommand& parsed) const;
  [[nodiscard]] bool offered(Verb verb) const;
  [[nodiscard]] bool has(Needs needs) const;

  // TLS and AUTH: server_login.cpp.
  [[nodiscard]] std::optional<std::string> lack_of_protection(const Command& command) const;
  [[nodiscard]] std::vector<sasl::Mechanism> mechanisms_now() const;
  [[nodiscard]] bool takes_passwords() const;
  void stls();
  void auth(const Command& command);
  void handle_dialogue_line(const wire::Line& line);
  void end_dialogue();
  void go_on_with(const sasl::Outcome& outcome);
  void login_failed();
  void say_login_failed();

  void ask_login(const Command& command);
  void stat();
  void list(const Command& command);
  void uidl(const Command& command);
  void retr(const Command& command);
  void top(const Command& command);
  void dele(const Command& command);
  void rset();
  void quit();
  // Or else says why not.
  bool message_there(MessageNumber number);
  [[nodiscard]] Capabilities capabilities() const;

  struct Instead {
    std::uint32_t commands_ahead;
    Reply reply;
  };
  // What is laid ready for the command that has just been read.
  std::optional<Reply> take_instead();

  void answer(Reply reply);
  void send(Reply reply, std::optional<Verb> to);
  void change_state(State to);
  void unmark(UnmarkReason why);
  void give_up(Occasion occasion, EndReason why);
  void end(EndReason why);

  ServerConfig config_;
  State state_ = State::Connected;
  wire::LineReader reader_;
  Fifo<ServerEvent> events_;
  std::string output_;
  VirtualTime last_activity_;
  bool input_ended_ = false;

  std::string stamp_;                     // empty: APOP is not offered
  std::optional<std::string> user_name_;  // USER was given, PASS not yet
  std::uint32_t errors_before_login_ = 0;
  std::uint32_t commands_before_login_ = 0;
  Verb current_ = Verb::Unknown;  // the command that is being carried out, or waits for its answer
  Question question_ = Question::None;
  std::optional<Instead> instead_;
  SessionMaildrop maildrop_;

  LineCover cover_;
  enum class Handshake : std::uint8_t { No, UnderWay } handshake_ = Handshake::No;
  std::optional<sasl::ServerDialogue> dialogue_;  // from AUTH to its end
  std::uint32_t dialogues_ = 0;
  std::uint32_t failed_logins_ = 0;
  std::optional<VirtualTime> refusal_due_;  // of a login that failed; input waits until then
};

}  // namespace mailwalk::pop3
