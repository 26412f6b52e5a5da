#include "pop3/apop.hpp"
#include "tests/pop3/host.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::pop3;
using namespace mailwalk::pop3::test;

namespace {

std::string apop_line(const Host& host, std::string_view password) {
  const std::string stamp = find_stamp(host.greeting()).value();
  return Command::apop("bob", apop_digest(stamp, password).value()).line();
}

}  // namespace

TEST_CASE("The POP3 greeting is +OK with a fresh stamp for each connection",
          "[pop3][server][P01]") {
  ServerConfig config = server_config();
  Host first({}, config);
  config.stamp_serial = 8;
  Host second({}, config);
  CHECK(is_ok(first.greeting()));
  CHECK(find_stamp(first.greeting()) == "<7.1234@pop.b.test>");
  CHECK(find_stamp(second.greeting()) == "<8.1234@pop.b.test>");

  config.offers.apop = false;
  Host without({}, config);
  CHECK(is_ok(without.greeting()));
  CHECK_FALSE(find_stamp(without.greeting()));
  CHECK(is_err(without.command("APOP bob 00000000000000000000000000000000")));
}

TEST_CASE("CAPA tells the same before and after login, and only what is offered",
          "[pop3][server][P02]") {
  Host host(three_messages());
  const std::string before = host.command("CAPA");
  host.log_in();
  CHECK(is_ok(before));
  CHECK(host.command("CAPA") == before);
  CHECK(after_first_line(before) ==
        "TOP\r\nUIDL\r\nUSER\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\nEXPIRE NEVER\r\n"
        "IMPLEMENTATION Mailwalk\r\n.\r\n");

  ServerConfig config = server_config();
  config.offers = {};
  config.offers.user = false;
  config.offers.top = false;
  config.offers.uidl = false;
  config.offers.pipelining = false;
  config.offers.resp_codes = false;
  config.implementation.clear();
  CHECK(after_first_line(Host({}, config).command("CAPA")) == "EXPIRE NEVER\r\n.\r\n");
  config.offers.capa = false;
  CHECK(is_err(Host({}, config).command("CAPA")));
}

TEST_CASE("A command that is not offered is refused", "[pop3][server]") {
  ServerConfig config = server_config();
  config.offers.top = false;
  config.offers.uidl = false;
  Host host(three_messages(), config);
  host.log_in();
  CHECK(is_err(host.command("TOP 1 0")));
  CHECK(is_err(host.command("UIDL")));
  CHECK(is_ok(host.command("RETR 1")));

  config.offers.user = false;
  Host apop_only(three_messages(), config);
  CHECK(is_err(apop_only.command("USER bob")));
  CHECK(is_err(apop_only.command("PASS x")));
  CHECK(is_ok(apop_only.command(apop_line(apop_only, kPassword))));
}

TEST_CASE("Commands of the maildrop are refused before login, and the session goes on",
          "[pop3][server][P03]") {
  for (const char* line :
       {"STAT", "LIST", "RETR 1", "DELE 1", "NOOP", "RSET", "UIDL", "TOP 1 0", "TOP", "STAT 1"}) {
    INFO(line);
    Host host(three_messages());
    CHECK(is_err(host.command(line)));
    host.log_in();
    CHECK(host.command("STAT").substr(0, 6) == "+OK 3 ");
  }
}

TEST_CASE("Who only asks and never logs in is sent away", "[pop3][server]") {
  Host host(three_messages());
  for (int i = 0; i < 100; ++i) REQUIRE(is_ok(host.command("CAPA")));
  CHECK(host.command("CAPA") == "-ERR too many commands before login\r\n");
  CHECK(host.ended() == EndReason::Flooded);
}

TEST_CASE("The session survives bad commands before login, but not without end",
          "[pop3][server][P04][P05]") {
  Host host(three_messages());
  for (int i = 0; i < 10; ++i) CHECK(is_err(host.command("BOGUS")));
  CHECK(is_ok(host.command("CAPA")));
  for (int i = 10; i < 19; ++i) CHECK(is_err(host.command("BOGUS")));
  CHECK_FALSE(host.session().wants_close());

  SECTION("QUIT is still answered with +OK") {
    CHECK(is_ok(host.command("QUIT")));
    CHECK(host.session().wants_close());
    CHECK(host.ended() == EndReason::Quit);
  }
  SECTION("one more and it ends, whatever else was sent with it") {
    CHECK(is_err(host.say("BOGUS\r\nUSER bob\r\n")));
    CHECK(host.session().wants_close());
    CHECK(host.ended() == EndReason::TooManyErrors);
    CHECK(host.command("CAPA").empty());
  }
  SECTION("after login errors are free") {
    host.log_in();
    for (int i = 0; i < 100; ++i) REQUIRE(is_err(host.command("BOGUS")));
    CHECK(is_ok(host.command("STAT")));
  }
}

TEST_CASE("PASS needs a USER before it, and after a wrong password another",
          "[pop3][server][P06]") {
  Host host(three_messages());
  CHECK(is_err(host.command("PASS builder in blue")));
  CHECK(is_ok(host.command("USER bob")));
  CHECK(is_err(host.command("PASS wrong")));
  CHECK(is_err(host.command("PASS builder in blue")));
  CHECK(host.session().state() == State::Authorization);

  SECTION("a second USER replaces the first, and CAPA may come between") {
    CHECK(is_ok(host.command("USER carol")));
    CHECK(is_ok(host.command("USER bob")));
    CHECK(is_ok(host.command("CAPA")));
    CHECK(is_ok(host.command("PASS builder in blue")));
  }
  SECTION("the password keeps its blanks") {
    CHECK(is_ok(host.command("USER bob")));
    CHECK(is_err(host.command("PASS builder  in blue")));
    CHECK(is_ok(host.command("USER bob")));
    CHECK(is_err(host.command("PASS builder in blue ")));
    CHECK(is_ok(host.command("USER bob")));
    CHECK(is_ok(host.command("pAsS builder in blue")));
  }
}

TEST_CASE("An unknown user is answered like a wrong password", "[pop3][server][P07]") {
  Host host(three_messages());
  CHECK(host.command("USER nobody") == host.command("USER bob"));
  const std::string wrong_password = host.command("PASS wrong");
  host.command("USER nobody");
  CHECK(host.command("PASS builder in blue") == wrong_password);
}

TEST_CASE("USER, PASS, APOP, AUTH and STLS are refused after login", "[pop3][server][P08]") {
  Host host(three_messages());
  host.log_in();
  for (const std::string& line :
       {std::string("USER bob"), std::string("PASS builder in blue"), apop_line(host, kPassword),
        std::string("AUTH PLAIN"), std::string("STLS")}) {
    INFO(line);
    CHECK(is_err(host.command(line)));
    CHECK(host.session().state() == State::Transaction);
  }
}

TEST_CASE("APOP logs in with the right digest only", "[pop3][server][P09]") {
  Host host(three_messages());
  CHECK(is_err(host.command(apop_line(host, "wrong"))));
  CHECK(is_err(host.command("APOP carol " + *apop_digest("<7.1234@pop.b.test>", kPassword))));
  CHECK(is_err(host.command("APOP bob")));
  CHECK(is_ok(host.command(apop_line(host, kPassword))));
  CHECK(host.session().state() == State::Transaction);
  const auto asked = host.events<LoginAsked>();
  REQUIRE(asked.size() == 3);
  CHECK(asked[2].method == LoginMethod::Apop);
  CHECK(asked[2].user == "bob");
}

TEST_CASE("Passwords and digests are marked secret, also where they are refused",
          "[pop3][server]") {
  Host host(three_messages());
  host.command("PASS too early");
  host.log_in();
  host.command("pass too late");
  host.command("APOP bob digest");
  host.command("PASS " + std::string(300, 'x'));
  host.command("STAT");
  for (const CommandReceived& command : host.events<CommandReceived>()) {
    INFO(command.line);
    CHECK(command.secret == (command.line.size() > 4 && command.line.substr(0, 4) != "USER"));
  }
}

TEST_CASE("A login is refused with the code that fits, if codes are announced",
          "[pop3][server][P29][P39]") {
  struct Row {
    LoginRefusal refusal;
    std::string code;
  };
  const std::vector<Row> rows{
      {LoginRefusal::BadCredentials, "[AUTH]"},
      {LoginRefusal::InUse, "[IN-USE]"},
      {LoginRefusal::Temporary, "[SYS/TEMP]"},
      {LoginRefusal::Permanent, "[SYS/PERM]"},
  };
  for (const Row& row : rows) {
    INFO(row.code);
    const auto refuse_with = [&](const Offers& offers) {
      ServerConfig config = server_config();
      config.offers = offers;
      Host host(three_messages(), config);
      host.mailbox.refusal = row.refusal;
      host.command("USER bob");
      std::string reply = host.command("PASS builder in blue");
      CHECK(is_err(reply));
      CHECK(host.session().state() == State::Authorization);
      return reply;
    };
    Offers offers;
    CHECK_THAT(refuse_with(offers), ContainsSubstring("-ERR " + row.code + " "));
    offers.auth_resp_code = false;
    const bool is_auth = row.refusal == LoginRefusal::BadCredentials;
    CHECK((refuse_with(offers).find('[') == std::string::npos) == is_auth);
    offers.auth_resp_code = true;
    offers.resp_codes = false;
    CHECK(refuse_with(offers).find('[') == std::string::npos);
  }
}

TEST_CASE("After a refused login the same connection may try again", "[pop3][server][P30]") {
  Host host(three_messages());
  host.mailbox.refusal = LoginRefusal::InUse;
  host.log_in();
  CHECK(host.session().state() == State::Authorization);
  host.mailbox.refusal.reset();
  host.log_in();
  CHECK(host.session().state() == State::Transaction);
}

TEST_CASE("Too long or wrongly ended lines are refused, and the session goes on",
          "[pop3][server][P37]") {
  Host host(three_messages());
  const std::string longest = "USER " + std::string(248, 'x');  // 255 with CRLF
  CHECK(is_ok(host.command(longest)));
  CHECK(is_err(host.command(longest + "x")));
  CHECK(is_err(host.command("USER " + std::string(100'000, 'x'))));
  CHECK(is_err(host.command("USER bob\nPASS x")));
  CHECK(is_err(host.command("USER bob\rx")));
  CHECK(host.say("CAPA\n").empty());
  CHECK(is_err(host.say("\r\n")));
  host.log_in();
  CHECK(host.session().state() == State::Transaction);
}
