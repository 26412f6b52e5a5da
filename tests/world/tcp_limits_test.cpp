// Servers on real TCP under pressure, and when they go.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "visit.hpp"

namespace mailwalk::world {
namespace {

using test::letters_of_budi;
using test::LiveStage;
using test::log_in;
using test::place;
using test::Visit;

TEST_CASE("Servers on TCP: a caller too many is told so in the protocol's words",
          "[world][tcp][limits]") {
  LiveStage stage(place(), test::free_ports({.connections = 10, .connections_per_peer = 2}));
  Visit one(stage, "mx.b.example", kSmtpPort);
  Visit two(stage, "mx.b.example", kPop3Port);
  CHECK(one.line().substr(0, 4) == "220 ");
  CHECK(two.line().substr(0, 4) == "+OK ");
  Visit smtp(stage, "mx.b.example", kSmtpPort);
  CHECK(smtp.rest() == "421 mx.b.example Too many connections, try later\r\n");
  Visit pop3(stage, "mx.b.example", kPop3Port);
  CHECK(pop3.rest() == "-ERR [SYS/TEMP] too many connections, try later\r\n");
  // Who was there before goes on.
  CHECK(one.command("NOOP").substr(0, 4) == "250 ");
}

TEST_CASE("Servers on TCP end a flood with the reply that is due", "[world][tcp][limits]") {
  LiveStage stage(place());
  SECTION("of octets without a line end") {
    Visit visit(stage, "mx.b.example", kSmtpPort);
    visit.line();
    visit.say(std::string(2'000'000, 'x'));
    CHECK(visit.rest() == "421 4.7.0 mx.b.example What you send never ends\r\n");
  }
  SECTION("of octets without a line end, in POP3") {
    Visit visit(stage, "mx.b.example", kPop3Port);
    visit.line();
    visit.say(std::string(2'000'000, 'x'));
    CHECK(visit.rest() == "-ERR this line never ends\r\n");
  }
  SECTION("of commands that are none") {
    Visit visit(stage, "mx.b.example", kSmtpPort);
    visit.line();
    std::string nonsense;
    for (int i = 0; i < 1'000; ++i) nonsense += "NONSENSE\r\n";
    visit.say(nonsense);
    const std::string said = visit.rest();
    CHECK_THAT(said, ContainsSubstring("421 4.7.0 mx.b.example Too many errors\r\n"));
    CHECK(said.size() < 2'000);
  }
  SECTION("of recipients") {
    Visit visit(stage, "mx.b.example", kSmtpPort);
    visit.line();
    visit.command("HELO pc.example");
    visit.command("MAIL FROM:<ani@a.example>");
    for (int i = 0; i < 1'000; ++i) {
      REQUIRE(visit.command("RCPT TO:<budi@b.example>").substr(0, 4) == "250 ");
    }
    CHECK(visit.command("RCPT TO:<budi@b.example>").substr(0, 4) == "452 ");
  }
  SECTION("of content") {
    Visit visit(stage, "mx.b.example", kSmtpPort);
    visit.line();
    visit.command("HELO pc.example");
    visit.command("MAIL FROM:<ani@a.example>");
    visit.command("RCPT TO:<budi@b.example>");
    visit.command("DATA");
    const std::string line = std::string(998, 'x') + "\r\n";
    for (int i = 0; i < 1'000; ++i) visit.say(line);
    CHECK(visit.command(".").substr(0, 4) == "552 ");
    CHECK(visit.command("NOOP").substr(0, 4) == "250 ");
    CHECK(letters_of_budi(stage) == 0);
  }
  SECTION("of content without an end") {
    Visit visit(stage, "mx.b.example", kSmtpPort);
    visit.line();
    visit.command("HELO pc.example");
    visit.command("MAIL FROM:<ani@a.example>");
    visit.command("RCPT TO:<budi@b.example>");
    visit.command("DATA");
    visit.say(std::string(12'000'000, 'x'));
    CHECK_THAT(visit.rest(),
               ContainsSubstring("421 4.7.0 mx.b.example What you send never ends\r\n"));
    CHECK(letters_of_budi(stage) == 0);
  }
  SECTION("of POP3 commands before login") {
    Visit visit(stage, "mx.b.example", kPop3Port);
    visit.line();
    std::string guesses;
    for (int i = 0; i < 100; ++i) guesses += "USER budi\r\nPASS guess\r\n";
    visit.say(guesses);
    CHECK_THAT(visit.rest(), ContainsSubstring("-ERR [AUTH]"));
  }
  // Others are served as before.
  Visit other(stage, "mx.b.example", kSmtpPort);
  CHECK(other.line().substr(0, 4) == "220 ");
}

TEST_CASE("Servers on TCP end a session in which nothing is said", "[world][tcp][limits]") {
  Scenario impatient = place();
  impatient.hosts[1].smtp.idle = seconds(1);
  LiveStage stage(std::move(impatient));
  Visit visit(stage, "mx.b.example", kSmtpPort);
  CHECK(visit.line().substr(0, 4) == "220 ");
  CHECK(visit.rest() == "421 4.4.2 mx.b.example Timeout exceeded\r\n");
}

TEST_CASE("Servers on TCP say good-bye when they go", "[world][tcp]") {
  LiveStage stage(place());
  Visit idle(stage, "mx.b.example", kSmtpPort);
  Visit in_content(stage, "mx.b.example", kSmtpPort);
  Visit reading(stage, "mx.b.example", kPop3Port);
  idle.line();
  in_content.line();
  in_content.command("HELO pc.example");
  in_content.command("MAIL FROM:<ani@a.example>");
  in_content.command("RCPT TO:<budi@b.example>");
  in_content.command("DATA");
  in_content.say("Subject: half a mail\r\n");
  log_in(reading);
  stage.run.shut_down();
  const std::string good_bye = "421 4.3.2 mx.b.example Closing down, try later\r\n";
  CHECK(idle.rest() == good_bye);
  CHECK(in_content.rest() == good_bye);
  CHECK(reading.rest().empty());
  CHECK(letters_of_budi(stage) == 0);
}

TEST_CASE("Servers on TCP say good-bye when the journal is full", "[world][tcp][limits]") {
  constexpr std::uint64_t kMost = 3'000;
  LiveStage stage(place(), test::free_ports(), kMost);
  Visit idle(stage, "mx.b.example", kSmtpPort);
  idle.line();
  Visit busy(stage, "mx.b.example", kSmtpPort);
  busy.line();
  busy.command("HELO pc.example");
  busy.command("MAIL FROM:<ani@a.example>");
  for (int i = 0; i < 1'000 && !stage.run.is_full(); ++i) {
    busy.say("RCPT TO:<budi@b.example>\r\n");
  }
  REQUIRE(stage.run.is_full());
  CHECK(stage.run.trouble() == nullptr);
  stage.run.shut_down();
  const std::string good_bye = "421 4.3.2 mx.b.example Closing down, try later\r\n";
  CHECK(idle.rest() == good_bye);
  CHECK(busy.rest().ends_with(good_bye));
  CHECK(stage.run.trouble() == nullptr);
  CHECK(stage.run.world().journal().size() < kMost);
}

TEST_CASE("Servers on TCP serve a good client among many who say nothing or nonsense",
          "[world][tcp][limits]") {
  LiveStage stage(place(), test::free_ports({.connections = 500, .connections_per_peer = 500}));
  std::vector<std::unique_ptr<Visit>> crowd;
  for (int i = 0; i < 200; ++i) {
    const Port port = i % 2 == 0 ? kSmtpPort : kPop3Port;
    crowd.push_back(std::make_unique<Visit>(stage, "mx.b.example", port));
    crowd.back()->line();
    if (i % 3 == 0) crowd.back()->say("X");
  }
  CHECK(stage.run.network().connections() == 200);
  Visit visit(stage, "mx.b.example", kSmtpPort);
  visit.line();
  visit.command("HELO pc.example");
  visit.command("MAIL FROM:<ani@a.example>");
  visit.command("RCPT TO:<budi@b.example>");
  visit.command("DATA");
  CHECK(visit.command("Subject: x\r\n\r\nx\r\n.").substr(0, 4) == "250 ");
  CHECK(letters_of_budi(stage) == 1);
}

}  // namespace
}  // namespace mailwalk::world
