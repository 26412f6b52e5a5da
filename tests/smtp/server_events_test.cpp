// The order in which a server session tells what happened, and that it never leaves the table.
#include <string>
#include <variant>
#include <vector>

#include "base/prng.hpp"
#include "tests/smtp/server_talk.hpp"
#include "tests/support/grinder.hpp"

namespace mailwalk::smtp {
namespace {

using test::ServerTalk;

// "MAIL", "?MAIL", "=250", "Ready>MailGiven": events in a word each.
struct InAWord {
  std::string operator()(const CommandReceived& e) const { return std::string(name(e.verb)); }
  std::string operator()(const ReplySent& e) const { return "=" + std::to_string(e.reply.code()); }
  std::string operator()(const StateChanged& e) const {
    return std::string(name(e.from)) + ">" + std::string(name(e.to));
  }
  std::string operator()(const DataReceived& e) const { return std::to_string(e.octets); }
  std::string operator()(const MailAsked&) const { return "?MAIL"; }
  std::string operator()(const RcptAsked&) const { return "?RCPT"; }
  std::string operator()(const VrfyAsked&) const { return "?VRFY"; }
  std::string operator()(const TlsAsked&) const { return "?TLS"; }
  std::string operator()(const TlsBegins&) const { return "TLS"; }
  std::string operator()(const LoggedIn& e) const { return e.user; }
  std::string operator()(const MessageAsked&) const { return "?MESSAGE"; }
  std::string operator()(const AnsweredInstead&) const { return "instead"; }
  std::string operator()(const TransactionDropped& e) const {
    return "dropped:" + std::string(name(e.why));
  }
  std::string operator()(const ServerEnded& e) const { return "ended:" + std::string(name(e.why)); }
};

std::string in_words(const std::vector<ServerEvent>& events) {
  std::string words;
  for (const ServerEvent& event : events) words += std::visit(InAWord{}, event) + " ";
  return words;
}

TEST_CASE("SMTP server tells what happened in order", "[smtp][server][events]") {
  ServerTalk talk;
  talk.send("x\r\n.\r\n");
  talk.command("MAIL FROM:<a@a.test>");
  talk.command("RCPT TO:<nosuch@b.test>");
  talk.command("RSET");
  talk.command("MAIL FROM:<a@a.test>");
  talk.command("HELO c.example");
  talk.command("QUIT");
  CHECK(in_words(talk.events) ==
        "=220 Connected>Greeted EHLO =250 Greeted>Ready "
        "MAIL ?MAIL =250 Ready>MailGiven RCPT ?RCPT =250 MailGiven>RcptGiven "
        "DATA =354 RcptGiven>Data 3 ?MESSAGE =250 Data>Ready "
        "MAIL ?MAIL =250 Ready>MailGiven RCPT ?RCPT =550 "
        "RSET =250 dropped:Rset MailGiven>Ready "
        "MAIL ?MAIL =250 Ready>MailGiven HELO =250 dropped:Hello MailGiven>Ready "
        "QUIT =221 Ready>Closed ended:Quit ");
}

TEST_CASE("SMTP server: each reply says what it answers", "[smtp][server][events]") {
  ServerTalk talk;
  talk.send("x\r\n.\r\n");
  std::string answered;
  for (const ReplySent& sent : talk.all<ReplySent>()) {
    answered += sent.to ? std::string(name(*sent.to)) : std::string("greeting");
    answered += ' ';
  }
  CHECK(answered == "greeting EHLO MAIL RCPT DATA . ");
}

// Follows the events of a session and checks each against the table.
class TableWatch {
 public:
  void see(const ServerEvent& event) {
    if (const auto* command = std::get_if<CommandReceived>(&event)) verb_ = command->verb;
    if (std::holds_alternative<DataReceived>(event)) verb_ = Verb::EndOfData;
    if (const auto* sent = std::get_if<ReplySent>(&event)) see_reply(*sent);
    if (const auto* changed = std::get_if<StateChanged>(&event)) see_change(*changed);
  }
  [[nodiscard]] State state() const { return state_; }

 private:
  void see_reply(const ReplySent& sent) {
    if (!sent.to) return;
    CHECK(*sent.to == verb_);
    if (!is_allowed(state_, verb_)) CHECK(sent.reply.code() >= 421);
    last_code_ = sent.reply.code();
  }
  void see_change(const StateChanged& changed) {
    CHECK(changed.from == state_);
    const bool greeted = state_ == State::Connected && changed.to == State::Greeted;
    const bool ended = changed.to == State::Closed;
    const bool in_table = is_allowed(state_, verb_) && transition(state_, verb_).next == changed.to;
    const bool is_legal_move = greeted || ended || in_table;
    CHECK(is_legal_move);
    if (!ended && !greeted && verb_ != Verb::EndOfData) CHECK(last_code_ < 400);
    state_ = changed.to;
  }

  State state_ = State::Connected;
  Verb verb_ = Verb::Unknown;
  int last_code_ = 0;
};

std::string random_command(Prng& prng) {
  static constexpr const char* kCommands[] = {"EHLO c.example",
                                              "HELO c.example",
                                              "HELO",
                                              "MAIL FROM:<a@a.test>",
                                              "MAIL FROM:<>",
                                              "MAIL FROM:a",
                                              "RCPT TO:<bob@b.test>",
                                              "RCPT TO:<carol@b.test>",
                                              "RCPT TO:<nosuch@b.test>",
                                              "RCPT TO:<>",
                                              "DATA",
                                              "DATA",
                                              "RSET",
                                              "NOOP",
                                              "VRFY bob",
                                              "HELP",
                                              "EXPN x",
                                              "BOGUS",
                                              "MAIL FROM:<a@a.test> SIZE=5",
                                              "text\r\n.",
                                              "."};
  if (prng.chance(10)) return "QUIT";
  return kCommands[prng.below(std::size(kCommands))];
}

TEST_CASE("SMTP server never leaves its table, whatever the order of commands",
          "[smtp][server][events]") {
  Prng prng(2024);
  std::size_t delivered = 0;
  for (int session = 0; session < 500; ++session) {
    INFO("session " << session);
    ServerConfig config;
    config.limits.errors = 1000;
    ServerTalk talk(ServerTalk::Hello::None, config);
    for (int i = 0; i < 60 && !talk.session.wants_close(); ++i) talk.command(random_command(prng));
    TableWatch watch;
    for (const ServerEvent& event : talk.events) watch.see(event);
    CHECK(watch.state() == talk.session.state());
    delivered += talk.delivered().size();
  }
  CHECK(delivered > 100);  // the walks are long enough to get somewhere
}

TEST_CASE("SMTP server survives random octets, within its table", "[smtp][server][events]") {
  Prng prng(7);
  for (int session = 0; session < 200; ++session) {
    INFO("session " << session);
    ServerTalk talk(session % 2 == 0 ? ServerTalk::Hello::None : ServerTalk::Hello::Ehlo);
    std::string replies;
    for (int i = 0; i < 20; ++i) replies += talk.say(mailwalk::test::random_bytes(prng, 200));
    TableWatch watch;
    for (const ServerEvent& event : talk.events) watch.see(event);
    CHECK(watch.state() == talk.session.state());
    if (!replies.empty()) CHECK(replies.substr(replies.size() - 2) == "\r\n");
  }
}

TEST_CASE("SMTP server answers the same however its input is cut", "[smtp][server][events]") {
  const std::string input =
      "EHLO c.example\r\nMAIL FROM:<a@a.test> SIZE=10\r\nRCPT TO:<bob@b.test>\r\n"
      "RCPT TO:<no@b.test>\r\nBOGUS\nX\r\n\r\nVRFY bob\r\nRSET\r\nNOOP\r\nQUIT\r\nNOOP\r\n";
  const std::string words = mailwalk::test::grind(input, [](const mailwalk::test::Pieces& pieces) {
    ServerTalk talk(ServerTalk::Hello::None);
    std::string replies;
    for (const std::string_view piece : pieces) replies += talk.say(piece);
    return replies + in_words(talk.events);
  });
  CHECK_THAT(words, ContainsSubstring("ended:Quit"));
}

}  // namespace
}  // namespace mailwalk::smtp
