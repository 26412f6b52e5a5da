// Whole scenarios on real TCP: the same machines, the same words.
#include <regex>
#include <string>

#include "export/text.hpp"
#include "visit.hpp"
#include "world/scenario_file.hpp"
#include "world/scenario_load.hpp"

namespace mailwalk::world {
namespace {

using test::LiveStage;
using test::Visit;

Scenario lesson(const std::string& id) {
  ScenarioResult read =
      load_scenario(std::string(MAILWALK_SOURCE_DIR) + "/lessons/" + id + "/lesson.toml");
  REQUIRE(read.ok());
  return std::move(*read);
}

// All that is told of a run but when: real time is never the same twice.
std::string told(const journal::Journal& journal) {
  std::string text = exporting::text_transcript(
      journal, {.secrets = exporting::Secrets::Shown, .contents = exporting::Contents::Whole});
  text = std::regex_replace(text, std::regex("\n… [^\n]* …\n"), "\n");
  return std::regex_replace(text, std::regex("[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{3})?"), "TIME");
}

TEST_CASE("A lesson on TCP says, does and keeps what it does in virtual time", "[world][tcp]") {
  for (const char* id : {"whole-journey", "delete-mode", "keep-mode"}) {
    INFO(id);
    World in_virtual_time(lesson(id));
    REQUIRE(in_virtual_time.run().ok());
    LiveStage on_tcp(lesson(id));
    on_tcp.go_on_to_the_end();
    REQUIRE(on_tcp.run.trouble() == nullptr);
    CHECK(told(on_tcp.run.world().journal()) == told(in_virtual_time.journal()));
  }
}

// ---- Policy ----------------------------------------------------------------------------------

const char* const kPlace = R"([lesson]
id = "place"
[[host]]
name = "mta.a.example"
roles = ["mta"]
[[host]]
name = "mx.b.example"
roles = ["mailbox", "maa"]
[host.smtp]
max_message = "100 KB"
idle = "1 s"
[[host]]
name = "ns.example"
roles = ["names"]
[[domain]]
name = "b.example"
mx = [{host = "mx.b.example", preference = 10}]
[[account]]
address = "budi@b.example"
password = "rahasia"
host = "mx.b.example"
[[device]]
name = "laptop"
mail = "ani@a.example"
submit_to = "mta.a.example"
)";

Scenario place() {
  ScenarioResult read = parse_scenario(kPlace, "place.toml",
                                       [](const std::string&) { return Result<Bytes>(Bytes{}); });
  for (const Error& error : read.errors()) UNSCOPED_INFO(error.text());
  REQUIRE(read.ok());
  // The address from which programs outside call, too.
  read->devices.front().address = *IpAddress::parse("127.0.0.1");
  return std::move(*read);
}

std::size_t letters_of_budi(LiveStage& stage) {
  return stage.run.world()
      .find("mx.b.example")
      ->mailbox_server->find("budi")
      ->drop.messages()
      .size();
}

TEST_CASE("An MTA on TCP takes mail from outside for its scenario and for nothing else (S33)",
          "[world][tcp][policy]") {
  LiveStage stage(place());
  for (const Port port : {kSmtpPort, kSubmissionPort}) {
    // It calls from 127.0.0.1, the address of a device whose mail the MTA takes for any domain.
    Visit visit(stage, "mta.a.example", port);
    CHECK(visit.line().substr(0, 4) == "220 ");
    CHECK(visit.command("HELO pc.example") == "250 mta.a.example");
    CHECK(visit.command("MAIL FROM:<ani@a.example>").substr(0, 4) == "250 ");
    CHECK(visit.command("RCPT TO:<somebody@elsewhere.test>").substr(0, 9) == "550 5.7.1");
    CHECK(visit.command("RCPT TO:<budi@b.example>").substr(0, 4) == "250 ");
    CHECK(visit.command("DATA").substr(0, 4) == "354 ");
    CHECK(visit.command("Subject: x\r\n\r\nx\r\n.").substr(0, 4) == "250 ");
    CHECK(visit.command("QUIT").substr(0, 4) == "221 ");
    CHECK(visit.rest().empty());
  }
  for (int turns = 0; letters_of_budi(stage) < 2 && turns < 5'000; ++turns) {
    stage.go_on_for_a_moment();
  }
  CHECK(letters_of_budi(stage) == 2);
}

TEST_CASE("A mailbox server on TCP says where a mail came from (S70 S71 S72)", "[world][tcp]") {
  LiveStage stage(place());
  Visit visit(stage, "mx.b.example", kSmtpPort);
  visit.line();
  visit.command("HELO pc.example");
  visit.command("MAIL FROM:<ani@a.example>");
  visit.command("RCPT TO:<budi@b.example>");
  visit.command("DATA");
  visit.command("Subject: x\r\n\r\nx\r\n.");
  REQUIRE(letters_of_budi(stage) == 1);
  const auto& drop = stage.run.world().find("mx.b.example")->mailbox_server->find("budi")->drop;
  const std::string letter(drop.messages().front().content.view());
  CHECK_THAT(letter, ContainsSubstring("Return-Path: <ani@a.example>\r\n"
                                       "Received: from pc.example ([127.0.0.1])\r\n"
                                       "\tby mx.b.example with SMTP id "));
}

TEST_CASE("A mail whose line is cut before its end is none, on TCP too (S74)", "[world][tcp]") {
  LiveStage stage(place());
  for (const bool in_order : {true, false}) {
    Visit visit(stage, "mx.b.example", kSmtpPort);
    visit.line();
    visit.command("HELO pc.example");
    visit.command("MAIL FROM:<ani@a.example>");
    visit.command("RCPT TO:<budi@b.example>");
    visit.command("DATA");
    visit.say("Subject: x\r\n\r\nx\r\n");
    in_order ? visit.client().close() : visit.client().reset();
    for (int turns = 0; stage.run.network().connections() > 0 && turns < 5'000; ++turns) {
      stage.go_on_for_a_moment();
    }
  }
  CHECK(letters_of_budi(stage) == 0);
}

// ---- POP3 ------------------------------------------------------------------------------------

void deliver_to_budi(LiveStage& stage, const std::string& content) {
  Visit visit(stage, "mx.b.example", kSmtpPort);
  visit.line();
  visit.command("HELO pc.example");
  visit.command("MAIL FROM:<ani@a.example>");
  visit.command("RCPT TO:<budi@b.example>");
  visit.command("DATA");
  REQUIRE(visit.command(content + "\r\n.").substr(0, 4) == "250 ");
}

void log_in(Visit& visit) {
  visit.line();
  visit.command("USER budi");
  CHECK(visit.command("PASS rahasia").substr(0, 3) == "+OK");
}

TEST_CASE("POP3 on TCP: a cut line deletes nothing, QUIT does (P23 P24)", "[world][tcp][pop3]") {
  LiveStage stage(place());
  deliver_to_budi(stage, "Subject: x\r\n\r\nx");
  {
    Visit cut(stage, "mx.b.example", kPop3Port);
    log_in(cut);
    CHECK(cut.command("DELE 1").substr(0, 3) == "+OK");
    cut.client().reset();
    for (int turns = 0; stage.run.network().connections() > 0 && turns < 5'000; ++turns) {
      stage.go_on_for_a_moment();
    }
  }
  CHECK(letters_of_budi(stage) == 1);
  Visit visit(stage, "mx.b.example", kPop3Port);
  log_in(visit);
  CHECK(visit.command("DELE 1").substr(0, 3) == "+OK");
  CHECK(visit.command("QUIT").substr(0, 3) == "+OK");
  CHECK(letters_of_budi(stage) == 0);
}

TEST_CASE(
    "POP3 on TCP: one session at a time, and a letter that comes meanwhile waits (P29 to P31)",
    "[world][tcp][pop3]") {
  LiveStage stage(place());
  Visit first(stage, "mx.b.example", kPop3Port);
  log_in(first);
  Visit second(stage, "mx.b.example", kPop3Port);
  second.line();
  second.command("USER budi");
  CHECK(second.command("PASS rahasia").substr(0, 13) == "-ERR [IN-USE]");
  deliver_to_budi(stage, "Subject: x\r\n\r\nx");
  CHECK(first.command("STAT") == "+OK 0 0");
  CHECK(first.command("QUIT").substr(0, 3) == "+OK");
  second.command("USER budi");
  CHECK(second.command("PASS rahasia").substr(0, 13) == "+OK 1 message");
}

TEST_CASE("POP3 on TCP: a group of RETR is not worked on faster than it is read",
          "[world][tcp][pop3][limits]") {
  LiveStage stage(place());
  const std::string line(998, 'x');
  std::string content = "Subject: x\r\n\r\n";
  for (int i = 0; i < 90; ++i) content += line + "\r\n";
  deliver_to_budi(stage, content);
  Visit visit(stage, "mx.b.example", kPop3Port);
  log_in(visit);
  constexpr int kTimes = 300;  // 27 MB
  std::string group;
  for (int i = 0; i < kTimes; ++i) group += "RETR 1\r\n";
  group += "QUIT\r\n";
  visit.client().send_some(group);
  for (int i = 0; i < 200; ++i) stage.go_on_for_a_moment();
  // What was sent so far is what the system took, and a little more.
  std::uint64_t sent = 0, delivered = 0;
  for (const journal::Event& event : stage.run.world().journal()) {
    if (const auto* bytes = journal::payload_if<journal::BytesSent>(event)) {
      sent += bytes->bytes.size();
    }
    if (const auto* bytes = journal::payload_if<journal::BytesDelivered>(event)) {
      delivered += bytes->size;
    }
  }
  CHECK(sent - delivered < 1'000'000);
  const std::string all = visit.rest();
  CHECK(all.size() > kTimes * 90'000u);
  CHECK(all.substr(all.size() - 9) == "+OK bye\r\n");
}

// ---- Limits and the end ----------------------------------------------------------------------

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
    CHECK(visit.command("").substr(0, 4) == "500 ");
    CHECK(visit.command("NOOP").substr(0, 4) == "250 ");
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
  LiveStage stage(place());
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

}  // namespace
}  // namespace mailwalk::world
