// STARTTLS (RFC 3207) and AUTH (RFC 4954) at an SMTP client.
#include <string>

#include "sasl/server_dialogue.hpp"
#include "tests/smtp/client_talk.hpp"
#include "tests/support/catch.hpp"

namespace mailwalk::smtp::test {
namespace {

ClientConfig wishing(tls::Wish wish) {
  ClientConfig config;
  config.tls = wish;
  return config;
}

ClientConfig logging_in(sasl::Mechanism mechanism, tls::Wish wish = tls::Wish::Never) {
  ClientConfig config = wishing(wish);
  config.login = {mechanism, "alice", "open"};
  config.nonce = "mine";
  return config;
}

constexpr std::string_view kOffersTls = "250-mx.b.test\r\n250 STARTTLS";
constexpr std::string_view kOffersNothing = "250 mx.b.test";

std::string after_tls(ClientTalk& talk) {
  talk.session.tls_established(talk.now);
  return talk.session.take_output();
}

TEST_CASE("An SMTP client that wants TLS says EHLO, STARTTLS, and EHLO again under it",
          "[smtp][client][tls]") {
  for (const tls::Wish wish : {tls::Wish::Opportunistic, tls::Wish::Required}) {
    ClientTalk talk(wishing(wish));
    talk.send(envelope_to_bob());
    CHECK(talk.greet(kOffersTls) == "STARTTLS\r\n");
    CHECK(talk.hear("220 go ahead").empty());
    CHECK(talk.all<ClientTlsBegins>().size() == 1);
    CHECK(after_tls(talk) == "EHLO client.example\r\n");
    CHECK(talk.hear("250 mx.b.test") == "MAIL FROM:<alice@a.test>\r\n");
  }
}

TEST_CASE("What a server says behind its 220 to STARTTLS is dropped", "[smtp][client][tls][S62]") {
  ClientTalk talk(wishing(tls::Wish::Required));
  talk.send(envelope_to_bob());
  talk.greet(kOffersTls);
  CHECK(talk.hear("220 go ahead\r\n250-mx.b.test\r\n250 AUTH PLAIN").empty());
  CHECK(after_tls(talk) == "EHLO client.example\r\n");
  CHECK(talk.session.offered() == OfferedExtensions{});
  CHECK(talk.all<ReplyReceived>().size() == 3);  // greeting, EHLO, STARTTLS
}

TEST_CASE("A client that insists on TLS says nothing more where it is not offered",
          "[smtp][client][tls]") {
  ClientTalk stripped(logging_in(sasl::Mechanism::Plain, tls::Wish::Required));
  stripped.send(envelope_to_bob());
  stripped.quit();
  CHECK(stripped.greet("250-mx.b.test\r\n250 AUTH PLAIN") == "QUIT\r\n");
  CHECK(stripped.outcomes() ==
        Strings{"Deferred Ask Client EHLO 451 4.7.10 The server does not offer TLS, and without it "
                "nothing is said"});

  ClientTalk refused(wishing(tls::Wish::Required));
  refused.send(envelope_to_bob());
  refused.quit();
  refused.greet(kOffersTls);
  CHECK(refused.hear("454 4.7.0 not now") == "QUIT\r\n");
  CHECK(refused.outcomes() == Strings{"Deferred Ask Server STARTTLS 454 4.7.0 not now"});
}

TEST_CASE("A client that takes TLS where it gets it goes on without", "[smtp][client][tls]") {
  ClientTalk none(wishing(tls::Wish::Opportunistic));
  none.send(envelope_to_bob());
  CHECK(none.greet(kOffersNothing) == "MAIL FROM:<alice@a.test>\r\n");

  ClientTalk refused(wishing(tls::Wish::Opportunistic));
  refused.send(envelope_to_bob());
  refused.greet(kOffersTls);
  CHECK(refused.hear("454 4.7.0 not now") == "MAIL FROM:<alice@a.test>\r\n");
}

TEST_CASE("A client that wants no TLS does not ask for it", "[smtp][client][tls]") {
  for (const tls::Wish wish : {tls::Wish::Never, tls::Wish::Implicit}) {
    ClientTalk talk(wishing(wish));
    talk.send(envelope_to_bob());
    CHECK(talk.greet(kOffersTls) == "MAIL FROM:<alice@a.test>\r\n");
  }
}

TEST_CASE("A handshake that fails leaves the mail for later", "[smtp][client][tls]") {
  ClientTalk talk(wishing(tls::Wish::Required));
  talk.send(envelope_to_bob());
  talk.greet(kOffersTls);
  talk.hear("220 go ahead");
  SECTION("by itself") {
    talk.session.tls_failed("certificate has expired");
    talk.lose_line();
    CHECK(talk.outcomes() ==
          Strings{"Deferred Ask Client greeting 451 4.7.5 TLS failed: certificate has expired"});
  }
  SECTION("because the line is lost") {
    talk.lose_line();
    CHECK(talk.outcomes() ==
          Strings{"Deferred Ask Client greeting 451 4.7.5 TLS failed: connection lost"});
  }
  SECTION("because nothing comes") {
    talk.wait(minutes(5));
    CHECK(talk.outcomes() ==
          Strings{"Deferred Ask Client greeting 451 4.7.5 TLS failed: timed out"});
  }
}

TEST_CASE("An SMTP client logs in by the mechanism that it was told", "[smtp][client][auth]") {
  for (const sasl::Mechanism mechanism : sasl::kMechanisms) {
    INFO(name(mechanism));
    ClientTalk talk(logging_in(mechanism));
    talk.send(envelope_to_bob());
    std::string said = talk.greet("250-mx.b.test\r\n250 AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256");
    sasl::ServerDialogue server(
        {{sasl::kMechanisms.begin(), sasl::kMechanisms.end()},
         [](std::string_view) { return std::optional<std::string>("open"); },
         "mx.b.test",
         "theirs"});
    REQUIRE(said.substr(0, 5) == "AUTH ");
    sasl::Outcome outcome = server.begin(said.substr(5, said.size() - 7));
    while (const auto* challenge = std::get_if<sasl::Challenge>(&outcome)) {
      said = talk.hear("334 " + challenge->base64);
      outcome = server.answer(said.substr(0, said.size() - 2));
    }
    REQUIRE(std::holds_alternative<sasl::LoggedIn>(outcome));
    CHECK(std::get<sasl::LoggedIn>(outcome).user == "alice");
    CHECK(talk.hear("235 2.7.0 yes") == "MAIL FROM:<alice@a.test>\r\n");
    for (const CommandSent& command : talk.all<CommandSent>()) {
      const bool tells = command.verb == Verb::Auth && command.line != "AUTH LOGIN" &&
                         command.line != "AUTH CRAM-MD5";
      CHECK(command.secret == tells);
    }
  }
}

TEST_CASE("An SMTP client keeps its mail when it cannot log in", "[smtp][client][auth]") {
  ClientTalk other(logging_in(sasl::Mechanism::ScramSha256));
  other.send(envelope_to_bob());
  other.quit();
  CHECK(other.greet("250-mx.b.test\r\n250 AUTH PLAIN") == "QUIT\r\n");
  CHECK(other.outcomes() ==
        Strings{"Deferred Ask Client EHLO 451 4.7.4 The server does not offer SCRAM-SHA-256"});

  ClientTalk wrong(logging_in(sasl::Mechanism::Plain));
  wrong.send(envelope_to_bob());
  wrong.quit();
  wrong.greet("250-mx.b.test\r\n250 AUTH PLAIN");
  CHECK(wrong.hear("535 5.7.8 no") == "QUIT\r\n");
  CHECK(wrong.outcomes() == Strings{"Failed Ask Server AUTH 535 5.7.8 no"});
}

TEST_CASE("A server that does not prove that it knows the password is not sent any mail",
          "[smtp][client][auth]") {
  ClientTalk talk(logging_in(sasl::Mechanism::ScramSha256));
  talk.send(envelope_to_bob());
  talk.quit();
  talk.greet("250-mx.b.test\r\n250 AUTH SCRAM-SHA-256");
  CHECK(talk.hear("235 2.7.0 come in, whoever you are") == "QUIT\r\n");
  CHECK(talk.outcomes() == Strings{"Deferred Ask Client AUTH 451 4.7.8 The server did not prove "
                                   "that it knows the password"});
}

TEST_CASE("A challenge that the mechanism does not know is answered by giving up",
          "[smtp][client][auth]") {
  ClientTalk talk(logging_in(sasl::Mechanism::Plain));
  talk.send(envelope_to_bob());
  talk.quit();
  talk.greet("250-mx.b.test\r\n250 AUTH PLAIN");
  CHECK(talk.hear("334 bW9yZT8=") == "*\r\n");
  CHECK(talk.hear("501 5.7.0 cancelled") == "QUIT\r\n");
}

}  // namespace
}  // namespace mailwalk::smtp::test
