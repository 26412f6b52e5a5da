// STLS (RFC 2595) and AUTH (RFC 5034) at a POP3 server.
#include <string>

#include "sasl/client_dialogue.hpp"
#include "tests/pop3/host.hpp"
#include "tests/support/catch.hpp"

namespace mailwalk::pop3::test {
namespace {

std::string log_in_by(Host& host, sasl::Mechanism mechanism, std::string_view password) {
  sasl::ClientDialogue dialogue({mechanism, std::string(kUser), std::string(password)}, "mine");
  std::string reply = host.command("AUTH " + dialogue.begin());
  while (reply.substr(0, 2) == "+ ") {
    reply = host.command(dialogue.answer(reply.substr(2, reply.size() - 4)));
  }
  return reply.empty() ? host.wait(seconds(60)) : reply;
}

bool mentions(const std::string& reply, std::string_view words) {
  return reply.find(words) != std::string::npos;
}

TEST_CASE("After STLS a POP3 server offers it no more, and has forgotten the user",
          "[pop3][server][tls][P34]") {
  Host host(three_messages(), server_with_login());
  CHECK(mentions(host.command("CAPA"), "\r\nSTLS\r\n"));
  host.command("USER bob");
  CHECK(is_ok(host.command("STLS")));
  CHECK_FALSE(mentions(host.command("CAPA"), "STLS"));
  CHECK(host.command("STLS") == "-ERR TLS is on already\r\n");
  CHECK(host.command("PASS " + std::string(kPassword)) == "-ERR USER comes first\r\n");
  host.log_in();
  CHECK(host.session().state() == State::Transaction);
  CHECK(is_err(host.command("STLS")));
}

TEST_CASE("What stands behind STLS in the clear is never read", "[pop3][server][tls][P35]") {
  for (const std::string_view injected :
       {"USER evil\r\n", "USER bob\r\nPASS builder in blue\r\nDELE 1\r\nQUIT\r\n", "CAP", "\r\n"}) {
    Host host(three_messages(), server_with_login());
    CHECK(host.say("STLS\r\n" + std::string(injected)) == "+OK begin TLS now\r\n");
    CHECK(host.events<CommandReceived>().size() == 1);
    CHECK(is_ok(host.command("CAPA")));
    CHECK(host.session().state() == State::Authorization);
  }
}

TEST_CASE("STLS with an argument, or where it is not offered, is refused", "[pop3][server][tls]") {
  Host host(three_messages(), server_with_login());
  CHECK(is_err(host.command("STLS now")));
  Host without(three_messages());
  CHECK(without.command("STLS") == "-ERR STLS is not offered here\r\n");
  CHECK(without.command("AUTH PLAIN") == "-ERR AUTH is not offered here\r\n");
}

TEST_CASE("Where TLS is required nobody logs in to POP3 before it", "[pop3][server][tls]") {
  ServerConfig config = server_with_login();
  config.tls = tls::Offer::Required;
  Host host(three_messages(), config);
  for (const std::string_view line :
       {"USER bob", "APOP bob 0123456789abcdef0123456789abcdef", "AUTH PLAIN", "AUTH CRAM-MD5"}) {
    INFO(line);
    CHECK(host.command(line) == "-ERR give STLS first: this line is not encrypted\r\n");
  }
  const std::string capabilities = host.command("CAPA");
  CHECK_FALSE(mentions(capabilities, "USER"));
  CHECK_FALSE(mentions(capabilities, "SASL"));
  host.command("STLS");
  CHECK(mentions(host.command("CAPA"), "\r\nSASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256\r\n"));
  host.log_in();
  CHECK(host.session().state() == State::Transaction);
}

TEST_CASE("A password is not taken over an open line where the POP3 server says so",
          "[pop3][server][tls]") {
  ServerConfig config = server_with_login();
  config.clear_text_login = tls::ClearTextLogin::Refused;
  Host host(three_messages(), config);
  const std::string capabilities = host.command("CAPA");
  CHECK(mentions(capabilities, "\r\nSASL CRAM-MD5 SCRAM-SHA-256\r\n"));
  CHECK_FALSE(mentions(capabilities, "\r\nUSER\r\n"));
  CHECK(is_err(host.command("USER bob")));
  CHECK(is_err(host.command("AUTH LOGIN")));
  CHECK(is_ok(log_in_by(host, sasl::Mechanism::CramMd5, kPassword)));
}

TEST_CASE("Each mechanism opens the maildrop to who knows the password",
          "[pop3][server][auth][P10]") {
  for (const sasl::Mechanism mechanism : sasl::kMechanisms) {
    INFO(name(mechanism));
    Host host(three_messages(), server_with_login());
    CHECK(log_in_by(host, mechanism, "wrong") == "-ERR [AUTH] wrong user name or password\r\n");
    CHECK(host.session().state() == State::Authorization);
    CHECK(is_ok(log_in_by(host, mechanism, kPassword)));
    CHECK(host.session().state() == State::Transaction);
    CHECK(is_err(host.command("AUTH PLAIN")));
    for (const CommandReceived& command : host.events<CommandReceived>()) CHECK(command.secret);
  }
}

TEST_CASE("A dialogue of AUTH in POP3 can be given up, and faults in it are told",
          "[pop3][server][auth][P10]") {
  struct Row {
    std::string_view line;
    std::string_view reply;
  };
  Host host(three_messages(), server_with_login());
  for (const Row& row :
       {Row{"AUTH PLAIN", "+ \r\n"}, Row{"*", "-ERR login cancelled\r\n"},
        Row{"AUTH", "-ERR AUTH: argument missing\r\n"},
        Row{"AUTH PLAIN a b", "-ERR AUTH: too many arguments\r\n"},
        Row{"AUTH GSSAPI", "-ERR mechanism not supported\r\n"},
        Row{"AUTH LOGIN", "+ VXNlcm5hbWU6\r\n"}, Row{"bob", "-ERR that is no Base64\r\n"},
        Row{"AUTH PLAIN =", "-ERR the mechanism does not say it so\r\n"}}) {
    INFO(row.line);
    CHECK(host.command(row.line) == row.reply);
  }
}

TEST_CASE("Each failed POP3 login waits twice as long for its answer, and the third is the last",
          "[pop3][server][auth]") {
  Host host(three_messages(), server_with_login());
  host.command("USER bob");
  CHECK(host.command("PASS guess").empty());
  CHECK(host.wait(milliseconds(999)).empty());
  CHECK(host.wait(milliseconds(1)) == "-ERR [AUTH] wrong user name or password\r\n");
  CHECK(host.command("AUTH PLAIN AGJvYgBndWVzcw==").empty());
  CHECK(host.wait(seconds(2)) == "-ERR [AUTH] wrong user name or password\r\n");
  CHECK(host.command("AUTH PLAIN AGJvYgBndWVzcw==").empty());
  CHECK(host.wait(seconds(4)) == "-ERR [AUTH] too many failed logins\r\n");
  CHECK(host.ended() == EndReason::TooManyErrors);
}

}  // namespace
}  // namespace mailwalk::pop3::test
