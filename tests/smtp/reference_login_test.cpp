// The reference sessions at a submission port: logging in, and STARTTLS. tests/clients/tls_test.py
// leads our servers through the same over TCP.
#include <string>

#include "reference_replay.hpp"

namespace mailwalk::smtp::test {
namespace {

constexpr std::string_view kAlice = "AGFsaWNlQGEudGVzdAB3b25kZXI=";
constexpr std::string_view kLoginFirst = "RFC 6409 section 4.3: MAIL is refused already";
constexpr std::string_view kAgainEhlo = "RFC 3207 section 4.2: EHLO was forgotten";

// As the submission port that Postfix was asked at, with a password for alice.
ServerConfig submission() {
  ServerConfig config;
  config.tls = tls::Offer::Offered;
  config.login.mechanisms = {sasl::Mechanism::Plain, sasl::Mechanism::Login,
                             sasl::Mechanism::CramMd5};
  config.login.nonce = "drawn";
  config.login.need = ServerLogin::Need::Required;
  config.login.without_tls = tls::ClearTextLogin::Allowed;
  config.login.password_of = [](std::string_view user) {
    return user == "alice@a.test" ? std::optional<std::string>("wonder") : std::nullopt;
  };
  return config;
}

std::string plain(std::string_view initial_response) {
  return "AUTH PLAIN " + std::string(initial_response);
}

}  // namespace

TEST_CASE("The logins of the reference sessions", "[smtp][server][reference][sasl]") {
  ServerTalk talk(ServerTalk::Hello::Ehlo, submission());
  const std::string alice = plain(kAlice);
  replay(
      talk,
      {{"MAIL FROM:<alice@a.test>", "250", "530", kLoginFirst},
       {"RCPT TO:<bob@b.test>", "554", "503", kLoginFirst},
       {"RSET", "250"},
       {"AUTH", "501"},
       {"AUTH FOO", "535", "504", "RFC 4954 section 4: 504 for a mechanism that is not known"},
       {"AUTH PLAIN !!!notbase64", "535", "501", "RFC 4954 section 4: 501 for what is no base64"},
       {"AUTH PLAIN AGFsaWNlQGEudGVzdAB3cm9uZw==", "535"},
       {"AUTH LOGIN", "334"},
       {"*", "501"},
       {"AUTH LOGIN", "334"},
       {"YWxpY2VAYS50ZXN0", "334"},
       {"d29uZGVy", "235"},
       {alice, "503"},
       {"MAIL FROM:<alice@a.test> AUTH=<>", "250"},
       {alice, "503"},
       {"RCPT TO:<bob@b.test>", "250"},
       {"DATA", "354"},
       {"From: alice@a.test\r\nSubject: submitted\r\n\r\nvia submission\r\n.", "250"},
       {"QUIT", "221 closed"}});
  CHECK(talk.delivered().size() == 1);
}

TEST_CASE("STARTTLS in the reference sessions", "[smtp][server][reference][tls]") {
  ServerTalk talk(ServerTalk::Hello::Ehlo, submission());
  replay(talk, {{"STARTTLS", "220"},
                {"MAIL FROM:<alice@a.test>", "250", "503", kAgainEhlo},
                {"EHLO client.example", "250"},
                {"STARTTLS", "554", "503", "RFC 3207 names none: out of order is 503"},
                {"AUTH PLAIN", "334"},
                {kAlice, "235"},
                {"MAIL FROM:<alice@a.test>", "250"},
                {"RCPT TO:<bob@b.test>", "250"},
                {"DATA", "354"},
                {"Subject: submitted over TLS\r\n\r\nx\r\n.", "250"},
                {"QUIT", "221 closed"}});
  CHECK(talk.delivered().size() == 1);
}

TEST_CASE("The command behind STARTTLS in the reference sessions",
          "[smtp][server][reference][tls]") {
  ServerTalk talk(ServerTalk::Hello::Ehlo, submission());
  replay(talk, {{"STARTTLS\r\nRSET\r\n", "220"}, {"NOOP\r\n", "250"}}, Said::Octets);
}

}  // namespace mailwalk::smtp::test
