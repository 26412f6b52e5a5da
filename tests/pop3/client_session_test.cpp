#include "pop3/client_session.hpp"

#include <utility>

#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using namespace mailwalk::pop3;

namespace {

constexpr MessageNumber kOne{1};
constexpr MessageNumber kTwo{2};

// A client that hears what a test says.
class Script {
 public:
  explicit Script(ClientConfig config = {}) : client(config) { client.start(now); }

  void hear(std::string_view bytes) {
    client.receive(bytes, now);
    collect();
  }
  void send(const Command& command) {
    client.send(command, now);
    collect();
  }
  // One command and its reply.
  ReplyReceived ask(const Command& command, std::string_view reply) {
    send(command);
    hear(reply);
    const auto replies = events<ReplyReceived>();
    REQUIRE_FALSE(replies.empty());
    return replies.back();
  }
  void reach_transaction() {
    hear("+OK ready\r\n");
    ask(Command::user("bob"), "+OK\r\n");
    ask(Command::pass("x"), "+OK\r\n");
    REQUIRE(client.state() == State::Transaction);
  }
  void collect() {
    while (auto event = client.next_event()) all.push_back(std::move(*event));
    output += client.take_output();
  }

  template <class Event>
  [[nodiscard]] std::vector<Event> events() const {
    std::vector<Event> found;
    for (const ClientEvent& event : all) {
      if (const auto* match = std::get_if<Event>(&event)) found.push_back(*match);
    }
    return found;
  }
  [[nodiscard]] std::optional<EndReason> ended() const {
    const auto ends = events<Ended>();
    return ends.size() == 1 ? std::optional(ends.front().why) : std::nullopt;
  }

  VirtualTime now;
  ClientSession client;
  std::vector<ClientEvent> all;
  std::string output;
};

}  // namespace

TEST_CASE("The client reads the greeting and the stamp in it", "[pop3][client]") {
  Script with_stamp;
  with_stamp.hear("+OK ready <7.8@pop.b.test>\r\n");
  REQUIRE(with_stamp.events<Greeting>().size() == 1);
  CHECK(with_stamp.events<Greeting>()[0].stamp == "<7.8@pop.b.test>");
  CHECK(with_stamp.client.state() == State::Authorization);

  Script without;
  without.hear("+OK ready\r\n");
  CHECK_FALSE(without.events<Greeting>()[0].stamp);

  Script refused;
  refused.send(Command::stat());
  refused.hear("-ERR [SYS/TEMP] not now\r\n");
  CHECK(refused.events<Greeting>()[0].reply.code == ResponseCode::SysTemp);
  CHECK(refused.ended() == EndReason::Refused);
  CHECK(refused.client.wants_close());
  CHECK(refused.output.empty());
}

TEST_CASE("The client sends one command at a time, in order", "[pop3][client]") {
  Script script;
  script.send(Command::user("bob"));
  script.send(Command::pass("open sesame"));
  script.send(Command::stat());
  CHECK(script.output.empty());
  script.hear("+OK ready\r\n");
  CHECK(script.output == "USER bob\r\n");
  script.hear("+OK\r\n");
  CHECK(script.output == "USER bob\r\nPASS open sesame\r\n");
  script.hear("+OK\r\n");
  CHECK(script.client.state() == State::Transaction);
  CHECK_FALSE(script.client.idle());
  script.hear("+OK 2 320\r\n");
  CHECK(script.client.idle());
  const auto sent = script.events<CommandSent>();
  REQUIRE(sent.size() == 3);
  CHECK_FALSE(sent[0].secret);
  CHECK(sent[1].secret);
  CHECK(sent[1].verb == Verb::Pass);
}

TEST_CASE("What +OK says comes as a value", "[pop3][client]") {
  Script script;
  script.reach_transaction();
  using Scan = std::vector<ScanListing>;
  using Ids = std::vector<UniqueIdListing>;

  CHECK(std::get<DropListing>(script.ask(Command::stat(), "+OK 2 320\r\n").value) ==
        DropListing{2, 320});
  CHECK(std::get<ScanListing>(script.ask(Command::list(kTwo), "+OK 2 200\r\n").value) ==
        ScanListing{kTwo, 200});
  CHECK(std::get<UniqueIdListing>(script.ask(Command::uidl(kOne), "+OK 1 aa\r\n").value) ==
        UniqueIdListing{kOne, "aa"});
  CHECK(std::get<Scan>(script.ask(Command::list(), "+OK\r\n1 120\r\n2 200\r\n.\r\n").value) ==
        Scan{{kOne, 120}, {kTwo, 200}});
  CHECK(std::get<Scan>(script.ask(Command::list(), "+OK\r\n.\r\n").value).empty());
  CHECK(std::get<Ids>(script.ask(Command::uidl(), "+OK\r\n1 aa\r\n2 bb\r\n.\r\n").value) ==
        Ids{{kOne, "aa"}, {kTwo, "bb"}});
  CHECK(std::get<Bytes>(
            script.ask(Command::retr(kOne), "+OK 9 octets\r\n..\r\na\r\n..b\r\n.\r\n").value) ==
        ".\r\na\r\n.b\r\n");
  CHECK(std::get<Bytes>(script.ask(Command::top(kOne, 0), "+OK\r\na: b\r\n\r\n.\r\n").value) ==
        "a: b\r\n\r\n");
  const ReplyReceived capa = script.ask(Command::capa(), "+OK\r\nPIPELINING\r\nX-OWN\r\n.\r\n");
  CHECK(std::get<Capabilities>(capa.value).has(Capability::Pipelining));
  CHECK(script.client.capabilities().has(Capability::Pipelining));

  const ReplyReceived dele = script.ask(Command::dele(kTwo), "+OK\r\n");
  CHECK(dele.to == Verb::Dele);
  CHECK(dele.number == kTwo);
  CHECK(std::holds_alternative<std::monostate>(dele.value));
  CHECK_FALSE(script.client.wants_close());
}

TEST_CASE("An -ERR is a reply like any other and brings no lines", "[pop3][client]") {
  Script script;
  script.reach_transaction();
  for (const Command& command :
       {Command::retr(kOne), Command::list(), Command::capa(), Command::stat()}) {
    const ReplyReceived received = script.ask(command, "-ERR [SYS/PERM] no\r\n");
    CHECK(received.reply.status == Status::Err);
    CHECK(received.reply.code == ResponseCode::SysPerm);
    CHECK(std::holds_alternative<std::monostate>(received.value));
  }
  CHECK(script.client.state() == State::Transaction);
  CHECK(script.client.idle());
}

TEST_CASE("QUIT ends the session, whatever is said to it", "[pop3][client]") {
  Script after_login;
  after_login.reach_transaction();
  SECTION("+OK") {
    after_login.ask(Command::quit(), "+OK bye\r\n");
  }
  SECTION("-ERR") {
    after_login.ask(Command::quit(), "-ERR some not removed\r\n");
  }
  CHECK(after_login.ended() == EndReason::Quit);
  CHECK(after_login.client.wants_close());
  const auto changes = after_login.events<StateChanged>();
  REQUIRE(changes.size() == 4);
  CHECK(changes[2].to == State::Update);
  CHECK(changes[3].to == State::Closed);
  after_login.client.peer_closed(after_login.now);
  after_login.collect();
  CHECK(after_login.ended() == EndReason::Quit);

  Script before_login;
  before_login.hear("+OK\r\n");
  before_login.ask(Command::quit(), "+OK bye\r\n");
  CHECK(before_login.ended() == EndReason::Quit);
}

TEST_CASE("A line that a person typed is sent as it is", "[pop3][client]") {
  Script script;
  script.reach_transaction();
  const auto ask = [&](std::string line, std::string_view reply) {
    script.client.send_line(std::move(line), script.now);
    script.hear(reply);
    return script.events<ReplyReceived>().back();
  };
  CHECK(ask("xyzzy  1", "-ERR unknown\r\n").to == Verb::Unknown);
  CHECK(ask("retr one", "-ERR not a number\r\n").to == Verb::Retr);
  CHECK(std::get<Bytes>(ask("retr 2", "+OK\r\nx\r\n.\r\n").value) == "x\r\n");
  CHECK(std::get<DropListing>(ask("Stat", "+OK 1 9\r\n").value) == DropListing{1, 9});
  CHECK(ask("QUIT now", "-ERR too many arguments\r\n").to == Verb::Quit);
  CHECK_FALSE(script.client.wants_close());
  CHECK(ask("QUIT now", "+OK a generous server\r\n").to == Verb::Quit);
  CHECK(script.ended() == EndReason::Quit);
  CHECK_THAT(script.output, ContainsSubstring("xyzzy  1\r\nretr one\r\n"));
}

TEST_CASE("What is no POP3 reply ends the client's session", "[pop3][client]") {
  struct Row {
    Command command;
    std::string reply;
  };
  const std::vector<Row> rows{
      {Command::noop(), "250 Ok\r\n"},
      {Command::noop(), "\r\n"},
      {Command::noop(), "+ok\r\n"},
      {Command::noop(), "+OK a\nb\r\n"},
      {Command::noop(), "+OK a\rb\r\n"},
      {Command::noop(), "+OK " + std::string(1'000, 'x')},
      {Command::noop(), "+OK\r\n+OK nobody asked\r\n"},
      {Command::stat(), "+OK\r\n"},
      {Command::stat(), "+OK two 320\r\n"},
      {Command::list(kOne), "+OK 2 100\r\n"},
      {Command::list(kOne), "+OK\r\n"},
      {Command::list(), "+OK\r\n1\r\n.\r\n"},
      {Command::list(), "+OK\r\n1 1\r\n1 1\r\n.\r\n"},
      {Command::uidl(), "+OK\r\n1 a b c\r\n2 \r\n.\r\n"},
      {Command::uidl(kOne), "+OK 1 " + std::string(71, 'x') + "\r\n"},
  };
  for (const Row& row : rows) {
    INFO(row.reply);
    Script script;
    script.reach_transaction();
    script.ask(row.command, row.reply);
    CHECK(script.ended() == EndReason::ProtocolError);
    CHECK(script.client.wants_close());
    CHECK(script.client.idle());
    CHECK_FALSE(script.client.deadline());
  }
}

TEST_CASE("An -ERR unasked, as before an idle server closes, is told and harmless",
          "[pop3][client]") {
  Script script;
  script.hear("+OK\r\n");
  script.hear("-ERR Disconnected for inactivity.\r\n");
  const auto replies = script.events<ReplyReceived>();
  REQUIRE(replies.size() == 1);
  CHECK_FALSE(replies[0].to);
  CHECK_FALSE(script.client.wants_close());
  script.client.peer_closed(script.now);
  script.collect();
  CHECK(script.ended() == EndReason::ConnectionLost);
}

TEST_CASE("The client keeps no more than its limits allow", "[pop3][client][limits]") {
  ClientConfig config;
  config.limits.content_octets = 1'000;
  config.limits.listing_lines = 10;
  SECTION("content") {
    Script script(config);
    script.reach_transaction();
    script.ask(Command::retr(kOne), "+OK\r\n" + std::string(998, 'x') + "\r\n.\r\n");
    CHECK_FALSE(script.client.wants_close());
    script.ask(Command::retr(kOne), "+OK\r\n" + std::string(1'001, 'x'));
    CHECK(script.ended() == EndReason::ProtocolError);
  }
  SECTION("lines") {
    Script script(config);
    script.reach_transaction();
    std::string lines;
    for (int i = 1; i <= 10; ++i) lines += std::to_string(i) + " 1\r\n";
    script.ask(Command::list(), "+OK\r\n" + lines + ".\r\n");
    CHECK_FALSE(script.client.wants_close());
    script.ask(Command::list(), "+OK\r\n" + lines + "11 1\r\n.\r\n");
    CHECK(script.ended() == EndReason::ProtocolError);
  }
}

TEST_CASE("The client's limit is for each line, not for all together", "[pop3][client][limits]") {
  ClientConfig config;
  config.limits.reply_line_octets = 20;
  Script script(config);
  script.reach_transaction();
  for (int i = 0; i < 30; ++i) {
    script.send(Command::noop());
    for (const char octet : std::string_view("+OK\r\n")) script.hear(std::string(1, octet));
  }
  CHECK(script.client.idle());
  CHECK_FALSE(script.client.wants_close());
  script.ask(Command::noop(), "+OK 8901234567890123");
  CHECK_FALSE(script.client.wants_close());
  script.hear("4");
  CHECK(script.ended() == EndReason::ProtocolError);
}

TEST_CASE("The client gives up on a server that says nothing for five minutes", "[pop3][client]") {
  Script script;
  CHECK(script.client.deadline() == VirtualTime{} + minutes(5));
  SECTION("before the greeting") {
    script.client.time_passed(VirtualTime{} + minutes(5));
    script.collect();
    CHECK(script.ended() == EndReason::TimedOut);
  }
  SECTION("after a command; not while there is nothing to wait for") {
    script.hear("+OK\r\n");
    CHECK_FALSE(script.client.deadline());
    script.now = VirtualTime{} + hours(2);
    script.client.time_passed(script.now);
    script.send(Command::capa());
    CHECK(script.client.deadline() == script.now + minutes(5));
    script.now = script.now + minutes(4);
    script.hear("+OK\r\nTOP\r\n");
    CHECK(script.client.deadline() == script.now + minutes(5));
    script.now = script.now + minutes(5);
    script.client.time_passed(script.now);
    script.collect();
    CHECK(script.ended() == EndReason::TimedOut);
  }
}

TEST_CASE("The client pipelines only if told to and once CAPA has offered it",
          "[pop3][client][P33]") {
  const auto output_after_capa = [](Pipelining wish, std::string_view capa, std::size_t at_once) {
    ClientConfig config;
    config.pipelining = wish;
    config.limits.commands_in_flight = at_once;
    Script script(config);
    script.hear("+OK\r\n");
    for (const Command& command : {Command::capa(), Command::user("bob"), Command::pass("x"),
                                   Command::stat(), Command::quit(), Command::noop()}) {
      script.send(command);
    }
    CHECK(script.output == "CAPA\r\n");
    script.output.clear();
    script.hear(capa);
    return script.output;
  };
  const std::string_view offered = "+OK\r\nPIPELINING\r\n.\r\n";
  const std::string_view not_offered = "+OK\r\nTOP\r\n.\r\n";
  CHECK(output_after_capa(Pipelining::Never, offered, 32) == "USER bob\r\n");
  CHECK(output_after_capa(Pipelining::IfOffered, not_offered, 32) == "USER bob\r\n");
  CHECK(output_after_capa(Pipelining::IfOffered, "-ERR\r\n", 32) == "USER bob\r\n");
  CHECK(output_after_capa(Pipelining::IfOffered, offered, 32) ==
        "USER bob\r\nPASS x\r\nSTAT\r\nQUIT\r\n");
  CHECK(output_after_capa(Pipelining::IfOffered, offered, 2) == "USER bob\r\nPASS x\r\n");
}

TEST_CASE("The client does not care how replies are cut", "[pop3][client][grind]") {
  const std::string replies =
      "+OK\r\n-ERR [AUTH] wrong\r\n+OK\r\n+OK\r\n+OK 2 320\r\n+OK\r\n1 120\r\n2 200\r\n.\r\n"
      "+OK\r\n..\r\nx\r\n.\r\n-ERR no\r\n+OK bye\r\n";
  ClientConfig config;
  config.pipelining = Pipelining::IfOffered;
  mailwalk::test::grind(replies, [&](const mailwalk::test::Pieces& pieces) {
    Script script(config);
    script.hear("+OK ready\r\n");
    script.ask(Command::capa(), "+OK\r\nPIPELINING\r\n.\r\n");
    for (const Command& command : {Command::user("bob"), Command::pass("y"), Command::user("bob"),
                                   Command::pass("x"), Command::stat(), Command::list(),
                                   Command::retr(kOne), Command::dele(kTwo), Command::quit()}) {
      script.send(command);
    }
    for (const std::string_view piece : pieces) script.hear(piece);
    std::vector<std::pair<Reply, ReplyValue>> heard;
    for (const ReplyReceived& reply : script.events<ReplyReceived>()) {
      heard.emplace_back(reply.reply, reply.value);
    }
    REQUIRE(heard.size() == 10);
    REQUIRE(script.ended() == EndReason::Quit);
    return heard;
  });
}

TEST_CASE("Random replies never break the client", "[pop3][client][random]") {
  Prng prng(31);
  const std::vector<std::string> starts{"+OK ",    "+OK\r\n", "-ERR [",
                                        "1 1\r\n", ".\r\n",   "\r\n.\r\n"};
  const std::vector<Command> commands{Command::user("bob"), Command::pass("x"), Command::stat(),
                                      Command::list(),      Command::uidl(),    Command::retr(kOne),
                                      Command::capa(),      Command::quit()};
  for (int round = 0; round < 3'000; ++round) {
    ClientConfig config;
    config.pipelining = prng.chance(500) ? Pipelining::IfOffered : Pipelining::Never;
    config.limits.content_octets = 200;
    Script script(config);
    if (prng.chance(800)) script.reach_transaction();
    for (int i = 0; i < 10; ++i) {
      script.send(commands[prng.below(commands.size())]);
      std::string bytes = prng.chance(800) ? starts[prng.below(starts.size())] : std::string();
      bytes += mailwalk::test::random_bytes(prng, static_cast<std::size_t>(prng.below(40)));
      script.hear(bytes);
    }
    script.client.peer_closed(script.now);
    script.collect();
    REQUIRE(script.client.wants_close());
    REQUIRE(script.events<Ended>().size() == 1);
    REQUIRE(std::holds_alternative<Ended>(script.all.back()));
  }
}
