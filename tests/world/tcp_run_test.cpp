// Whole scenarios on real TCP: the same machines, the same words.
#include <regex>
#include <string>

#include "export/text.hpp"
#include "mail/message.hpp"
#include "tests/support/payloads_of.hpp"
#include "visit.hpp"
#include "world/scenario_file.hpp"
#include "world/scenario_load.hpp"

namespace mailwalk::world {
namespace {

using test::letters_of_budi;
using test::LiveStage;
using test::log_in;
using test::place;
using test::Visit;

Scenario lesson(const std::string& id) {
  ScenarioResult read =
      load_scenario(std::string(MAILWALK_SOURCE_DIR) + "/lessons/" + id + "/lesson.toml");
  REQUIRE(read.ok());
  return std::move(*read);
}

// All that is told of a run but when, and what may never be the same twice: Message-IDs hold the
// real time, as UIDs do, and POP3's greeting a stamp.
std::string told(const journal::Journal& journal) {
  std::string text = exporting::text_transcript(
      journal, {.secrets = exporting::Secrets::Shown, .contents = exporting::Contents::Whole});
  text = std::regex_replace(text, std::regex("\n… [^\n]* …\n"), "\n");
  text = std::regex_replace(text, std::regex("[0-9]{14}\\.([0-9]+\\.[0-9]+@)"), "TIME.$1");
  text = std::regex_replace(text, std::regex("<([0-9]+)\\.[0-9]+@"), "<$1.DRAWN@");
  text = std::regex_replace(text, std::regex("\\b[0-9a-f]{8,13}([0-9a-f]{8})\\b"), "UID$1");
  return std::regex_replace(text, std::regex("[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{3})?"), "TIME");
}

TEST_CASE("A lesson on TCP says, does and keeps what it does in virtual time", "[world][tcp]") {
  for (const char* id : {"whole-journey", "delete-mode", "keep-mode", "reading-along"}) {
    INFO(id);
    World in_virtual_time(lesson(id));
    REQUIRE(in_virtual_time.run().ok());
    LiveStage on_tcp(lesson(id));
    on_tcp.go_on_to_the_end();
    REQUIRE(on_tcp.run.trouble() == nullptr);
    CHECK(told(on_tcp.run.world().journal()) == told(in_virtual_time.journal()));
  }
}

TEST_CASE("What may not come twice on TCP does not come with the next run of a lesson either",
          "[world][tcp]") {
  const auto greeting = [](LiveStage& stage) {
    return Visit(stage, "mx.b.example", kPop3Port).line();
  };
  LiveStage one(place()), another(place());
  const std::string first = greeting(one);
  CHECK_THAT(first, ContainsSubstring("<1."));
  CHECK(first != greeting(another));
  CHECK(first != greeting(one));

  const auto message_id = [](const journal::Journal& journal) {
    const auto mails = test::payloads_of<journal::MailComposed>(journal);
    REQUIRE_FALSE(mails.empty());
    const auto field = mail::Message(mails.front().content).find("Message-ID");
    REQUIRE(field.has_value());
    return field->value();
  };
  World in_virtual_time(lesson("whole-journey"));
  REQUIRE(in_virtual_time.run().ok());
  LiveStage on_tcp(lesson("whole-journey"));
  on_tcp.go_on_to_the_end();
  CHECK(message_id(on_tcp.run.world().journal()) != message_id(in_virtual_time.journal()));

  const auto uid = [](const journal::Journal& journal) {
    const auto letters = test::payloads_of<journal::LetterDelivered>(journal);
    REQUIRE_FALSE(letters.empty());
    return letters.front().uid;
  };
  CHECK_FALSE(uid(on_tcp.run.world().journal()) == uid(in_virtual_time.journal()));
}

// ---- Policy ----------------------------------------------------------------------------------

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

TEST_CASE("A group of commands on TCP is answered in one piece (S53)", "[world][tcp]") {
  LiveStage stage(place());
  Visit visit(stage, "mx.b.example", kSmtpPort);
  visit.line();
  visit.command("HELO pc.example");
  const std::uint64_t before = stage.run.world().journal().size();
  visit.say(
      "MAIL FROM:<ani@a.example>\r\nRCPT TO:<nobody@b.example>\r\n"
      "RCPT TO:<budi@b.example>\r\nDATA\r\n");
  CHECK(visit.line().substr(0, 4) == "250 ");
  CHECK(visit.line().substr(0, 4) == "550 ");
  CHECK(visit.line().substr(0, 4) == "250 ");
  CHECK(visit.line().substr(0, 4) == "354 ");
  const NodeId server = stage.run.world().find("mx.b.example")->machine->id();
  int pieces = 0;
  for (const journal::Event& event : stage.run.world().journal()) {
    const bool is_answer = event.position.value() >= before && event.node == server &&
                           journal::payload_if<journal::BytesSent>(event) != nullptr;
    if (is_answer) ++pieces;
  }
  CHECK(pieces == 1);
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
  visit.client().finish();  // it has said all
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

}  // namespace
}  // namespace mailwalk::world
