// STARTTLS (RFC 3207) and AUTH (RFC 4954) at an SMTP server.
#include <string>

#include "sasl/client_dialogue.hpp"
#include "tests/smtp/server_talk.hpp"
#include "tests/support/catch.hpp"

namespace mailwalk::smtp::test {
namespace {

using Hello = ServerTalk::Hello;

ServerConfig with_tls(tls::Offer offer = tls::Offer::Offered) {
  ServerConfig config;
  config.tls = offer;
  return config;
}

ServerConfig with_login(ServerLogin::Need need = ServerLogin::Need::Optional) {
  ServerConfig config = with_tls();
  config.login.mechanisms = {sasl::kMechanisms.begin(), sasl::kMechanisms.end()};
  config.login.nonce = "drawn";
  config.login.need = need;
  config.login.password_of = [](std::string_view user) {
    return user == "bob" ? std::optional<std::string>("sesame") : std::nullopt;
  };
  return config;
}

// "AUTH PLAIN AGJvYgBzZXNhbWU=", to the end of the dialogue; what the server says last.
std::string log_in(ServerTalk& talk, sasl::Mechanism mechanism, const std::string& password) {
  sasl::ClientDialogue dialogue({mechanism, "bob", password}, "mine");
  std::string reply = talk.command("AUTH " + dialogue.begin());
  while (reply.substr(0, 4) == "334 ") {
    reply = talk.command(dialogue.answer(reply.substr(4, reply.size() - 6)));
  }
  return reply.empty() ? talk.wait(seconds(60)) : reply;
}

bool says(const std::string& reply, std::string_view words) {
  return reply.find(words) != std::string::npos;
}

TEST_CASE("After STARTTLS an SMTP server has forgotten EHLO and offers it no more",
          "[smtp][server][tls][S61]") {
  ServerTalk talk(Hello::None, with_tls());
  CHECK(says(talk.command("EHLO client.example"), "250-STARTTLS\r\n"));
  CHECK(talk.command("STARTTLS") == "220 2.0.0 Ready to start TLS\r\n");
  CHECK(talk.session.line() == Line::Encrypted);
  CHECK(talk.session.helo().empty());
  CHECK(talk.command("MAIL FROM:<a@a.test>") == "503 5.5.1 Send EHLO or HELO first\r\n");
  CHECK_FALSE(says(talk.command("EHLO client.example"), "STARTTLS"));
  CHECK(talk.command("STARTTLS") == "503 5.5.1 TLS is on already\r\n");
  CHECK(talk.command("MAIL FROM:<a@a.test>") == "250 2.1.0 Ok\r\n");
}

TEST_CASE("What stands behind STARTTLS in the clear is never read", "[smtp][server][tls][S62]") {
  for (const std::string_view injected :
       {"RSET\r\n", "EHLO evil.example\r\nMAIL FROM:<evil@a.test>\r\nRCPT TO:<bob@b.test>\r\n",
        "MAIL FR", "\r\n", "\x16\x03\x01"}) {
    ServerTalk talk(Hello::Ehlo, with_tls());
    const std::size_t before = talk.all<CommandReceived>().size();
    CHECK(talk.say("STARTTLS\r\n" + std::string(injected)) == "220 2.0.0 Ready to start TLS\r\n");
    CHECK(talk.all<CommandReceived>().size() == before + 1);
    CHECK(talk.command("NOOP") == "250 2.0.0 Ok\r\n");
    CHECK(talk.session.state() == State::Greeted);
  }
}

TEST_CASE("STARTTLS with a parameter, within a mail, or where it cannot be done is refused",
          "[smtp][server][tls][S63]") {
  ServerTalk talk(Hello::Ehlo, with_tls());
  CHECK(talk.command("STARTTLS now") == "501 5.5.4 Syntax: STARTTLS\r\n");
  talk.tls_answer = Reply(454, {7, 0}, "TLS not available due to temporary reason");
  CHECK(talk.command("STARTTLS") == "454 4.7.0 TLS not available due to temporary reason\r\n");
  CHECK(talk.session.line() == Line::Clear);
  talk.command("MAIL FROM:<a@a.test>");
  CHECK(talk.command("STARTTLS") == "503 5.5.1 Not within a transaction\r\n");
  ServerTalk without;
  CHECK(without.command("STARTTLS") == "502 5.5.1 Command not implemented\r\n");
}

TEST_CASE("Where TLS is required an SMTP server does nothing else before it",
          "[smtp][server][tls]") {
  ServerTalk talk(Hello::Ehlo, with_tls(tls::Offer::Required));
  for (const std::string_view line : {"MAIL FROM:<a@a.test>", "VRFY bob", "RSET", "HELP", "DATA"}) {
    INFO(line);
    CHECK(talk.command(line) == "530 5.7.0 Must issue a STARTTLS command first\r\n");
  }
  CHECK(talk.command("NOOP") == "250 2.0.0 Ok\r\n");
  talk.command("STARTTLS");
  talk.command("EHLO client.example");
  CHECK(talk.command("MAIL FROM:<a@a.test>") == "250 2.1.0 Ok\r\n");
  CHECK(says(talk.command("QUIT"), "221 "));
}

TEST_CASE("A session that is encrypted from its first octet offers no STARTTLS",
          "[smtp][server][tls]") {
  ServerConfig config = with_tls(tls::Offer::Required);
  config.line = Line::Encrypted;
  ServerTalk talk(Hello::None, config);
  CHECK_FALSE(says(talk.command("EHLO client.example"), "STARTTLS"));
  CHECK(talk.command("MAIL FROM:<a@a.test>") == "250 2.1.0 Ok\r\n");
}

TEST_CASE("Each mechanism lets in who knows the password, and nobody else",
          "[smtp][server][auth][S64]") {
  for (const sasl::Mechanism mechanism : sasl::kMechanisms) {
    INFO(name(mechanism));
    ServerTalk talk(Hello::Ehlo, with_login());
    CHECK(log_in(talk, mechanism, "wrong") == "535 5.7.8 Wrong user name or password\r\n");
    CHECK(talk.session.user().empty());
    CHECK(log_in(talk, mechanism, "sesame") == "235 2.7.0 Authentication successful\r\n");
    CHECK(talk.session.user() == "bob");
    CHECK(talk.command("AUTH PLAIN") == "503 5.5.1 Authenticated already\r\n");
    CHECK(talk.all<LoggedIn>().size() == 1);
  }
}

TEST_CASE("AUTH is for after EHLO, and not within a mail", "[smtp][server][auth][S64]") {
  ServerTalk none(Hello::None, with_login());
  CHECK(none.command("AUTH PLAIN AGJvYgBzZXNhbWU=") == "503 5.5.1 Send EHLO first\r\n");
  ServerTalk helo(Hello::Helo, with_login());
  CHECK(helo.command("AUTH PLAIN AGJvYgBzZXNhbWU=") == "503 5.5.1 Send EHLO first\r\n");
  ServerTalk talk(Hello::Ehlo, with_login());
  talk.command("MAIL FROM:<a@a.test>");
  CHECK(talk.command("AUTH PLAIN AGJvYgBzZXNhbWU=") == "503 5.5.1 Not within a transaction\r\n");
  ServerTalk without;
  CHECK(without.command("AUTH PLAIN") == "502 5.5.1 Command not implemented\r\n");
}

TEST_CASE("The dialogue of AUTH goes line by line, and can be given up",
          "[smtp][server][auth][S65]") {
  const std::vector<Conversation> conversations{
      {"LOGIN",
       Hello::Ehlo,
       {{"AUTH LOGIN", "334 VXNlcm5hbWU6"},
        {"Ym9i", "334 UGFzc3dvcmQ6"},
        {"c2VzYW1l", "235 2.7.0 Authentication successful"}}},
      {"LOGIN with the name at once",
       Hello::Ehlo,
       {{"AUTH LOGIN Ym9i", "334 UGFzc3dvcmQ6"},
        {"c2VzYW1l", "235 2.7.0 Authentication successful"}}},
      {"PLAIN with an empty challenge",
       Hello::Ehlo,
       {{"auth plain", "334 "}, {"AGJvYgBzZXNhbWU=", "235 2.7.0 Authentication successful"}}},
      {"given up",
       Hello::Ehlo,
       {{"AUTH LOGIN", "334 VXNlcm5hbWU6"},
        {"*", "501 5.7.0 Authentication cancelled"},
        {"NOOP", "250 2.0.0 Ok"}}},
      {"no Base64",
       Hello::Ehlo,
       {{"AUTH LOGIN", "334 VXNlcm5hbWU6"},
        {"bob", "501 5.5.2 That is no Base64"},
        {"AUTH PLAIN ???", "501 5.5.2 That is no Base64"},
        {"NOOP", "250 2.0.0 Ok"}}},
      {"not what the mechanism says",
       Hello::Ehlo,
       {{"AUTH PLAIN =", "501 5.5.2 The mechanism does not say it so"},
        {"AUTH CRAM-MD5 Ym9i", "501 5.5.2 The mechanism does not say it so"},
        {"AUTH SCRAM-SHA-256 Ym9i", "501 5.5.2 The mechanism does not say it so"}}},
      {"unknown",
       Hello::Ehlo,
       {{"AUTH", "501 5.5.4 Syntax: AUTH mechanism [initial-response]"},
        {"AUTH GSSAPI", "504 5.5.4 Mechanism not supported"},
        {"AUTH PLAINLY", "504 5.5.4 Mechanism not supported"}}},
  };
  for (const Conversation& conversation : conversations) {
    INFO(conversation.id);
    ServerTalk talk(conversation.hello, with_login());
    check_exchanges(talk, conversation.exchanges);
  }
}

TEST_CASE("What is said in AUTH is marked as secret, and nothing else", "[smtp][server][auth]") {
  ServerTalk talk(Hello::Ehlo, with_login());
  talk.command("AUTH CRAM-MD5");
  talk.command("*");
  talk.command("AUTH PLAIN AGJvYgBzZXNhbWU=");
  talk.command("MAIL FROM:<a@a.test>");
  std::vector<std::string> secret;
  for (const CommandReceived& command : talk.all<CommandReceived>()) {
    if (command.secret) secret.push_back(command.line);
  }
  CHECK(secret == std::vector<std::string>{"*", "AUTH PLAIN AGJvYgBzZXNhbWU="});
}

TEST_CASE("A password is not taken over an open line where the server says so",
          "[smtp][server][auth][tls]") {
  ServerConfig config = with_login();
  config.login.without_tls = tls::ClearTextLogin::Refused;
  ServerTalk talk(Hello::None, config);
  CHECK(says(talk.command("EHLO client.example"), "250-AUTH CRAM-MD5 SCRAM-SHA-256\r\n"));
  CHECK(talk.command("AUTH PLAIN AGJvYgBzZXNhbWU=") ==
        "538 5.7.11 Encryption required for this mechanism\r\n");
  CHECK(talk.command("AUTH LOGIN") == "538 5.7.11 Encryption required for this mechanism\r\n");
  talk.command("STARTTLS");
  CHECK(
      says(talk.command("EHLO client.example"), "250-AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256\r\n"));
  CHECK(log_in(talk, sasl::Mechanism::Plain, "sesame") ==
        "235 2.7.0 Authentication successful\r\n");
}

TEST_CASE("STARTTLS forgets who has logged in", "[smtp][server][auth][tls][S61]") {
  ServerTalk talk(Hello::Ehlo, with_login());
  log_in(talk, sasl::Mechanism::Plain, "sesame");
  REQUIRE(talk.session.user() == "bob");
  talk.command("STARTTLS");
  CHECK(talk.session.user().empty());
}

TEST_CASE("Where a login is required, mail is not taken without it", "[smtp][server][auth][S69]") {
  ServerTalk talk(Hello::Ehlo, with_login(ServerLogin::Need::Required));
  CHECK(talk.command("MAIL FROM:<a@a.test>") == "530 5.7.0 Authentication required\r\n");
  CHECK(talk.command("VRFY bob") == "530 5.7.0 Authentication required\r\n");
  CHECK(talk.command("RSET") == "250 2.0.0 Ok\r\n");
  log_in(talk, sasl::Mechanism::ScramSha256, "sesame");
  CHECK(talk.command("MAIL FROM:<a@a.test> AUTH=bob") == "250 2.1.0 Ok\r\n");
}

TEST_CASE("Each failed login waits twice as long for its answer, and the third is the last",
          "[smtp][server][auth]") {
  ServerTalk talk(Hello::Ehlo, with_login());
  const std::string wrong = "AUTH PLAIN AGJvYgBndWVzcw==";
  CHECK(talk.command(wrong).empty());
  CHECK(talk.say("NOOP\r\n").empty());  // nothing is worked on meanwhile
  CHECK(talk.wait(milliseconds(999)).empty());
  CHECK(talk.wait(milliseconds(1)) == "535 5.7.8 Wrong user name or password\r\n250 2.0.0 Ok\r\n");
  CHECK(talk.command(wrong).empty());
  CHECK(talk.wait(milliseconds(1999)).empty());
  CHECK(talk.wait(milliseconds(1)) == "535 5.7.8 Wrong user name or password\r\n");
  CHECK(talk.command(wrong).empty());
  CHECK(talk.wait(seconds(4)) == "421 4.7.0 mx.b.test Too many failed logins\r\n");
  CHECK(talk.session.wants_close());
}

TEST_CASE("A line of AUTH may be long, but not without end", "[smtp][server][auth]") {
  ServerTalk talk(Hello::Ehlo, with_login());
  talk.command("AUTH PLAIN");
  CHECK(talk.command(std::string(12'000, 'B')) == "501 5.5.2 The mechanism does not say it so\r\n");
  talk.command("AUTH PLAIN");
  CHECK(talk.command(std::string(12'400, 'B')) == "500 5.5.2 Line too long\r\n");
  CHECK(talk.command("NOOP") == "250 2.0.0 Ok\r\n");
}

TEST_CASE("A client that leaves in the middle of a login ends the session",
          "[smtp][server][auth]") {
  for (const std::string_view said : {"AUTH LOGIN", "AUTH PLAIN AGJvYgBndWVzcw=="}) {
    ServerTalk talk(Hello::Ehlo, with_login());
    talk.command(said);
    talk.leave();
    CHECK(talk.session.wants_close());
  }
}

}  // namespace
}  // namespace mailwalk::smtp::test
