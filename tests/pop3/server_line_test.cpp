// The server and its line: cuts, idle times, pipelining, floods.
#include "tests/pop3/host.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using namespace mailwalk::pop3;
using namespace mailwalk::pop3::test;

namespace {

const std::string kWholeSession =
    "CAPA\r\nUSER bob\r\nPASS builder in blue\r\nSTAT\r\nLIST\r\nUIDL\r\nRETR 1\r\nBOGUS\r\n"
    "TOP 2 1\r\nDELE 2\r\nRETR 2\r\nRSET\r\nDELE 1\r\nDELE 3\r\nNOOP\r\nQUIT\r\n";

TEST_CASE("POP3 server ends a session with a line that never ends", "[pop3][server][limits]") {
  ServerConfig config = server_config();
  config.limits.pending_input_octets = 1'000;
  Host host({}, config);
  host.log_in();
  CHECK(host.say(std::string(1'000, 'x')).empty());
  CHECK(host.say("x") == "-ERR this line never ends\r\n");
  CHECK(host.ended() == EndReason::Flooded);
}

TEST_CASE("POP3 server that has no room refuses instead of greeting", "[pop3][server][limits]") {
  ServerConfig config = server_config();
  config.refusal = err("too many connections", ResponseCode::SysTemp);
  Host host({}, config);
  CHECK(host.greeting() == "-ERR [SYS/TEMP] too many connections\r\n");
  CHECK(host.session().wants_close());
  CHECK(host.ended() == EndReason::Refused);
  CHECK(host.command("CAPA").empty());
}

}  // namespace

TEST_CASE("POP3 commands in one write are answered in order, in one write", "[pop3][server][P33]") {
  Host one_by_one(three_messages());
  std::string expected;
  std::string_view rest = kWholeSession;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n') + 1;
    expected += one_by_one.say(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  Host at_once(three_messages());
  CHECK(at_once.say(kWholeSession) == expected);
  CHECK(at_once.uids() == std::vector<std::string>{"bb"});

  SECTION("one take_output() has the replies to all commands that need no answer") {
    Host host(three_messages());
    host.log_in();
    host.session().receive("STAT\r\nNOOP\r\nLIST 1\r\n", host.now);
    const std::string output = host.session().take_output();
    CHECK(std::count(output.begin(), output.end(), '\n') == 3);
    CHECK(host.session().take_output().empty());
  }
}

TEST_CASE("The server does not care how its input is cut", "[pop3][server][grind]") {
  mailwalk::test::grind(kWholeSession, [](const mailwalk::test::Pieces& pieces) {
    Host host(three_messages());
    std::string said;
    for (const std::string_view piece : pieces) said += host.say(piece);
    return std::make_pair(said, host.uids());
  });
}

TEST_CASE("Wherever the line is cut, letters go only if QUIT had arrived", "[pop3][server][P24]") {
  for (std::size_t cut = 0; cut <= kWholeSession.size(); ++cut) {
    Host host(three_messages());
    host.say(kWholeSession.substr(0, cut));
    host.close_from_client();
    INFO("cut before octet " << cut);
    const bool quit_arrived = cut == kWholeSession.size();
    REQUIRE(host.uids().size() == (quit_arrived ? 1 : 3));
    REQUIRE(host.session().wants_close());
    REQUIRE(host.ended() == (quit_arrived ? EndReason::Quit : EndReason::ConnectionLost));
    REQUIRE(std::holds_alternative<Ended>(host.all_events().back()));
  }
}

TEST_CASE("A session that is cut tells which marks it lost", "[pop3][server][P24]") {
  Host host(three_messages());
  host.log_in();
  host.command("DELE 3");
  host.command("DELE 1");
  host.close_from_client();
  const auto unmarked = host.events<Unmarked>();
  REQUIRE(unmarked.size() == 1);
  CHECK(unmarked[0].uids == std::vector<std::string>{"aa", "cc"});
  CHECK(unmarked[0].why == UnmarkReason::SessionLost);
  CHECK(host.events<UpdateAsked>().empty());
  CHECK_FALSE(host.session().deadline());
}

TEST_CASE("What a client sent before it closed is carried out", "[pop3][server]") {
  ServerSession session(server_config());
  session.start(VirtualTime{});
  session.receive("USER bob\r\nPASS x\r\nDELE 1\r\nQUIT\r\n", VirtualTime{});
  REQUIRE(session.awaits_answer());
  session.peer_closed(VirtualTime{});
  REQUIRE(session.awaits_answer());
  session.open(three_messages());
  std::vector<std::string> removed;
  while (auto event = session.next_event()) {
    if (const auto* asked = std::get_if<UpdateAsked>(&*event)) removed = asked->uids;
  }
  CHECK(removed == std::vector<std::string>{"aa"});
  REQUIRE(session.awaits_answer());
  session.update_done(UpdateResult::AllRemoved);
  CHECK(session.wants_close());
}

TEST_CASE("Ten idle minutes after login end the session without a reply or an UPDATE",
          "[pop3][server][T02]") {
  Host host(three_messages());
  host.log_in();
  host.command("DELE 1");
  CHECK(host.session().deadline() == host.now + minutes(10));
  CHECK(host.wait(minutes(10) - microseconds(1)).empty());
  CHECK_FALSE(host.session().wants_close());

  SECTION("a command in time starts the wait anew") {
    host.command("NOOP");
    CHECK(host.wait(minutes(9)).empty());
    CHECK(is_ok(host.command("QUIT")));
    CHECK(host.uids().size() == 2);
  }
  SECTION("output that moves does too") {
    host.session().output_moved(host.now);
    CHECK(host.session().deadline() == host.now + minutes(10));
  }
  SECTION("else it is over") {
    CHECK(host.wait(microseconds(1)).empty());
    CHECK(host.session().wants_close());
    CHECK(host.ended() == EndReason::TimedOut);
    CHECK(host.uids().size() == 3);
    CHECK(host.events<Unmarked>().size() == 1);
  }
}

TEST_CASE("Three idle minutes before login end the session with -ERR", "[pop3][server][T03]") {
  Host host(three_messages());
  host.command("USER bob");
  CHECK(host.session().deadline() == host.now + minutes(3));
  CHECK(host.wait(minutes(2)).empty());
  CHECK(is_err(host.wait(minutes(1))));
  CHECK(host.session().wants_close());
  CHECK(host.ended() == EndReason::TimedOut);
}

TEST_CASE("Nothing times out while the server itself keeps the client waiting", "[pop3][server]") {
  ServerSession session(server_config());
  session.start(VirtualTime{});
  session.receive("USER bob\r\nPASS x\r\n", VirtualTime{});
  REQUIRE(session.awaits_answer());
  CHECK_FALSE(session.deadline());
  session.time_passed(VirtualTime{} + hours(1));
  CHECK(session.state() == State::Authorization);
}

TEST_CASE("A client that asks and does not read is made to wait, and then cut off",
          "[pop3][server][limits]") {
  ServerConfig config = server_config();
  config.limits.pending_output_octets = 10'000;
  config.limits.pending_input_octets = 1'000;
  Host host({message("aa", std::string(6'000, 'x'))}, config);
  host.log_in();
  ServerSession& session = host.session();

  session.receive("RETR 1\r\nRETR 1\r\nRETR 1\r\nDELE 1\r\n", host.now);
  CHECK(session.take_output().size() < 15'000);  // two of them; the third had to wait
  CHECK(session.take_output().size() > 6'000);
  CHECK(session.take_output().empty());

  std::string flood;
  for (int i = 0; i < 1'000; ++i) flood += "UIDL 99\r\n";
  for (int i = 0; i < 100 && !session.wants_close(); ++i) session.receive(flood, host.now);
  CHECK(session.wants_close());
  CHECK(session.take_output().size() < 12'000);
  std::optional<ServerEvent> last;
  while (auto event = session.next_event()) last = std::move(event);
  REQUIRE(last);
  REQUIRE(std::holds_alternative<Ended>(*last));
  CHECK(std::get<Ended>(*last).why == EndReason::Flooded);
}

TEST_CASE("Random octets never break the server", "[pop3][server][random]") {
  Prng prng(77);
  const std::vector<std::string> starts{
      "USER bob\r\n", "PASS builder in blue\r\n", "DELE 1\r\n", "RETR ", "TOP 1 ", "LIST\r\n"};
  for (int round = 0; round < 1'500; ++round) {
    Host host(three_messages());
    if (prng.chance(500)) host.log_in();
    for (int i = 0; i < 12; ++i) {
      std::string bytes = prng.chance(400) ? starts[prng.below(starts.size())] : std::string();
      bytes += mailwalk::test::random_bytes(prng, static_cast<std::size_t>(prng.below(80)));
      const std::string said = host.say(bytes);
      if (said.empty()) continue;
      REQUIRE((is_ok(said) || is_err(said)));
      REQUIRE(said.substr(said.size() - 2) == "\r\n");
    }
    host.close_from_client();
    REQUIRE(host.session().wants_close());
    REQUIRE(host.uids().size() == 3);  // no random QUIT comes about
    REQUIRE(host.events<Ended>().size() == 1);
    for (const ReplySent& sent : host.events<ReplySent>()) {
      REQUIRE(sent.reply.first_line().size() <= 510);
    }
  }
}
