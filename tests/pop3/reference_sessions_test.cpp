// Sessions that Dovecot 2.3 was led through, led through again here: what the client says, and how
// the reply begins. Where ours begins otherwise, the reason stands beside it.
#include <string>
#include <string_view>
#include <vector>

#include "host.hpp"
#include "tests/support/catch.hpp"

namespace mailwalk::pop3::test {
namespace {

constexpr std::string_view kOk = "+OK";
constexpr std::string_view kErr = "-ERR";

struct Turn {
  std::string_view said;
  std::string_view dovecot;  // the beginning of the reply, as far as it is not words
  std::string_view ours = {};
  std::string_view why = {};
};

void replay(Host& host, const std::vector<Turn>& turns) {
  for (const Turn& turn : turns) {
    const std::string reply = host.command(turn.said);
    INFO("after " << turn.said << ": " << reply);
    const bool differs = !turn.ours.empty();
    const std::string_view due = differs ? turn.ours : turn.dovecot;
    CHECK(reply.substr(0, due.size()) == due);
    CHECK(differs == !turn.why.empty());
  }
}

// The maildrop of those sessions. Dovecot counts 69 octets for the fourth, without the CRLF that
// its last line lacks and that is sent all the same. RFC 1939 section 11 counts what is sent: 71,
// and sums are larger by two.
std::vector<MaildropMessage> four_messages() {
  return {message("1a",
                  "Return-Path: <alice@a.test>\r\nFrom: alice@a.test\r\nTo: bob@b.test\r\n"
                  "Subject: one\r\nMessage-ID: <1@a.test>\r\n\r\nbody one line 1\r\n"
                  "body one line 2\r\n\r\nbody one line 4\r\n"),
          message("2a",
                  "From: alice@a.test\r\nTo: bob@b.test\r\nSubject: dots\r\n\r\n.\r\n..\r\n"
                  ".leading dot\r\nnormal\r\n.\r\n"),
          message("3a", "From: alice@a.test\r\nSubject: no body\r\n"),
          message("4a",
                  "From: alice@a.test\r\nSubject: no final newline\r\n\r\n"
                  "last line without LF")};
}

const std::string kLogin[] = {"USER " + std::string(kUser), "PASS " + std::string(kPassword)};

// A session of its own; logged in if it says so.
enum class Login { No, Yes };
void replay_session(Host& host, Login login, const std::vector<Turn>& turns) {
  host.connect();
  CHECK(is_ok(host.greeting()));
  if (login == Login::Yes) replay(host, {{kLogin[0], kOk}, {kLogin[1], kOk}});
  replay(host, turns);
}

constexpr std::string_view kNoArgument = "RFC 1939 section 5 and 6: the command has no argument";
constexpr std::string_view kPatient = "a few mistakes more are borne";

}  // namespace

TEST_CASE("The session of the reference that keeps everything", "[pop3][server][reference]") {
  Host host(four_messages());
  replay_session(host, Login::No,
                 {{"CAPA", kOk}, {kLogin[0], kOk}, {kLogin[1], kOk}, {"CAPA", kOk}});
  replay(host, {{"STAT", "+OK 4 352\r\n"}, {"LIST 2", "+OK 2 85\r\n"}, {"UIDL 2", "+OK 2 2a\r\n"}});
  CHECK(after_first_line(host.command("LIST")) == "1 158\r\n2 85\r\n3 38\r\n4 71\r\n.\r\n");
  CHECK(after_first_line(host.command("UIDL")) == "1 1a\r\n2 2a\r\n3 3a\r\n4 4a\r\n.\r\n");
  for (std::size_t i = 0; i < 4; ++i) {
    INFO(i);
    std::string content(host.mailbox.messages[i].content.view());
    if (i == 3) content += "\r\n";
    const std::string reply = host.command("RETR " + std::to_string(i + 1));
    CHECK(is_ok(reply));
    const bool has_dots = i == 1;  // and they are stuffed
    if (!has_dots) CHECK(after_first_line(reply) == content + ".\r\n");
  }
  CHECK(after_first_line(host.command("TOP 2 3")) ==
        "From: alice@a.test\r\nTo: bob@b.test\r\nSubject: dots\r\n\r\n..\r\n...\r\n..leading "
        "dot\r\n.\r\n");
  CHECK(after_first_line(host.command("TOP 2 0")) ==
        "From: alice@a.test\r\nTo: bob@b.test\r\nSubject: dots\r\n\r\n.\r\n");
  replay(host, {{"TOP 1 2", kOk}, {"TOP 3 5", kOk}, {"NOOP", kOk}, {"QUIT", kOk}});
  CHECK(host.uids().size() == 4);
}

TEST_CASE("The session of the reference that deletes", "[pop3][server][reference]") {
  Host host(four_messages());
  replay_session(host, Login::Yes,
                 {{"STAT", "+OK 4 352\r\n"},
                  {"RETR 1", kOk},
                  {"DELE 1", kOk},
                  {"DELE 1", kErr},
                  {"RETR 1", kErr},
                  {"LIST 1", kErr},
                  {"UIDL 1", kErr},
                  {"TOP 1 0", kErr},
                  {"STAT", "+OK 3 194\r\n"},
                  {"RSET", kOk},
                  {"STAT", "+OK 4 352\r\n"},
                  {"DELE 2", kOk},
                  {"DELE 3", kOk},
                  {"STAT", "+OK 2 229\r\n"}});
  CHECK(after_first_line(host.command("LIST")) == "1 158\r\n4 71\r\n.\r\n");
  replay(host, {{"QUIT", kOk}});
  // Numbers are given anew, UIDs are not.
  replay_session(host, Login::Yes, {{"STAT", "+OK 2 229\r\n"}});
  CHECK(after_first_line(host.command("LIST")) == "1 158\r\n2 71\r\n.\r\n");
  CHECK(after_first_line(host.command("UIDL")) == "1 1a\r\n2 4a\r\n.\r\n");
  replay(host, {{"QUIT", kOk}});
}

TEST_CASE("The session of the reference that is cut", "[pop3][server][reference]") {
  Host host(four_messages());
  replay_session(host, Login::Yes, {{"DELE 1", kOk}, {"DELE 2", kOk}});
  host.close_from_client();
  replay_session(host, Login::Yes, {{"STAT", "+OK 4 352\r\n"}, {"QUIT", kOk}});
}

TEST_CASE("The mistakes of the reference sessions before the login", "[pop3][server][reference]") {
  Host host(four_messages());
  replay_session(host, Login::No,
                 {{"STAT", kErr}, {"LIST", kErr}, {"RETR 1", kErr}, {"QUIT", kErr, kOk, kPatient}});
  replay_session(host, Login::No,
                 {{"NOOP", kErr}, {"RSET", kErr}, {"DELE 1", kErr}, {"QUIT", kErr, kOk, kPatient}});
  replay_session(
      host, Login::No,
      {{"UIDL", kErr}, {"TOP 1 0", kErr}, {"XYZZY", kErr}, {"QUIT", kErr, kOk, kPatient}});
  replay_session(host, Login::No,
                 {{"PASS builder", kErr},
                  {"USER", kOk, kErr, "RFC 1939 section 7: the name is required"},
                  {"PASS", kErr},
                  {"QUIT", kOk}});
  replay_session(host, Login::No,
                 {{"", kErr}, {"   ", kErr}, {"LAST", kErr}, {"QUIT", kErr, kOk, kPatient}});
  replay_session(host, Login::No, {{"capa", kOk}, {"HELP", kErr}, {"quit", kOk}});
  replay_session(host, Login::No, {{"QUIT now", kOk, kErr, kNoArgument}});
}

TEST_CASE("The logins of the reference sessions", "[pop3][server][reference]") {
  Host host(four_messages());
  replay_session(host, Login::No,
                 {{"USER carol", kOk},
                  {kLogin[0], kOk},
                  {"CAPA", kOk},
                  {kLogin[1], kOk},
                  {"STAT", "+OK 4 352\r\n"},
                  {"QUIT", kOk}});
  replay_session(host, Login::No,
                 {{kLogin[0], kOk},
                  {"PASS wrong", "-ERR [AUTH]"},
                  {kLogin[1], kErr},
                  {"USER nosuch", kOk},
                  {"PASS x", "-ERR [AUTH]"},
                  {"QUIT", kOk}});
}

TEST_CASE("The mistakes of the reference session after the login", "[pop3][server][reference]") {
  Host host(four_messages());
  replay_session(host, Login::Yes,
                 {{"USER bob", kErr},
                  {"PASS x", kErr},
                  {"APOP a b", kErr},
                  {"RETR", kErr},
                  {"RETR 0", kErr},
                  {"RETR 99", kErr},
                  {"RETR -1", kErr},
                  {"RETR x", kErr},
                  {"RETR 1x", kErr},
                  {"RETR 1 2", kErr},
                  {"RETR  1", kOk},
                  {"RETR 00001", kOk},
                  {"RETR 4294967297", kErr},
                  {"LIST 0", kErr},
                  {"LIST 99", kErr},
                  {"LIST x", kErr},
                  {"UIDL 99", kErr},
                  {"DELE", kErr},
                  {"DELE 99", kErr},
                  {"DELE 0", kErr},
                  {"TOP", kErr},
                  {"TOP 1", kErr},
                  {"TOP 1 -1", kErr},
                  {"TOP 1 x", kErr},
                  {"TOP x 1", kErr},
                  {"TOP 99 1", kErr},
                  {"TOP 1 2 3", kErr}});
  replay(host, {{"STAT 1", kOk, kErr, kNoArgument},
                {"NOOP x", kOk, kErr, kNoArgument},
                {"RSET x", kOk, kErr, kNoArgument},
                {"LAST", kErr},
                {"XTND", kErr},
                {"HELP", kErr},
                {"UTF8", kErr},
                {"LANG", kErr},
                {"BOGUS", kErr},
                {"", kErr},
                {"   ", kErr},
                {"stat", "+OK 4 352\r\n"},
                {"Retr 3", kOk},
                {"lIsT 1", "+OK 1 158\r\n"},
                {"QUIT x", kOk, kErr, kNoArgument},
                {"QUIT", kOk}});
}

TEST_CASE("The two sessions of the reference at one maildrop", "[pop3][server][reference]") {
  Host first(four_messages());
  replay_session(first, Login::Yes, {{"DELE 4", kOk}});
  // With pop3_lock_session, as RFC 1939 wants it. Dovecot hangs up; here the client may try again.
  Host second(four_messages());
  second.mailbox.refusal = LoginRefusal::InUse;
  replay_session(second, Login::No, {{kLogin[0], kOk}, {kLogin[1], "-ERR [IN-USE]"}});
  replay(second, {{"STAT", "", kErr, "the connection stands, without a login"}, {"QUIT", kOk}});
  replay(first, {{"QUIT", kOk}});
  second.mailbox.refusal.reset();
  second.mailbox.messages = first.mailbox.messages;
  replay_session(second, Login::Yes, {{"STAT", "+OK 3 281\r\n"}, {"QUIT", kOk}});
}

TEST_CASE("UIDs in the reference sessions, and a letter that comes late",
          "[pop3][server][reference]") {
  Host host(four_messages());
  replay_session(host, Login::Yes, {{"DELE 1", kOk}, {"QUIT", kOk}});
  replay_session(host, Login::Yes, {});
  CHECK(after_first_line(host.command("UIDL")) == "1 2a\r\n2 3a\r\n3 4a\r\n.\r\n");
  host.mailbox.messages.push_back(message("5a", "Subject: late\r\n\r\n"));
  replay(host, {{"STAT", "+OK 3 194\r\n"},
                {"NOOP", kOk},
                {"STAT", "+OK 3 194\r\n"},
                {"RETR 4", kErr},
                {"QUIT", kOk}});
  replay_session(host, Login::Yes, {{"STAT", "+OK 4 "}, {"UIDL 4", "+OK 4 5a\r\n"}, {"QUIT", kOk}});
}

TEST_CASE("The idle client of the reference before its login", "[pop3][server][reference]") {
  Host host(four_messages());
  CHECK(host.wait(seconds(179)).empty());
  CHECK(host.session().wants_close() == false);
  host.wait(minutes(10));
  CHECK(host.session().wants_close());
}

}  // namespace mailwalk::pop3::test
