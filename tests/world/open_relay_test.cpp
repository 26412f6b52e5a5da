// No open relay: what a program outside may have our MTA carry, and where. The lesson reaches out
// to another computer, which nothing of all this may ever be sent to.
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/payloads_of.hpp"
#include "visit.hpp"
#include "wire/base64.hpp"

namespace mailwalk::world {
namespace {

using test::LiveStage;
using test::Visit;

// Ani's own mailbox is far away; her MTA is here, and so is Budi's mailbox.
constexpr const char* kLesson = R"([lesson]
id = "reach"
[[host]]
name = "mta.a.example"
roles = ["mta"]
smtp = {auth = ["plain"]}
[[host]]
name = "mx.b.example"
roles = ["mailbox"]
[[host]]
name = "mx.far.example"
roles = ["mailbox"]
address = "198.51.100.9"
external = "198.18.0.1:25"
[[host]]
name = "ns.example"
roles = ["names"]
# Of these, mail goes to where their own address or that of their exchange is: there.
[[domain]]
name = "mx.far.example"
[[domain]]
name = "mail.far.example"
address = "198.51.100.9"
[[domain]]
name = "also.far.example"
mx = [{host = "mail.far.example", preference = 10, missing = true}]
[[account]]
address = "budi@b.example"
password = "rahasia"
host = "mx.b.example"
[[account]]
address = "ani@far.example"
password = "teh manis"
host = "mx.far.example"
[[device]]
name = "laptop"
mail = "ani@far.example"
submit_to = "mta.a.example"
)";

LiveStage far_reaching_stage() {
  ScenarioResult read = parse_scenario(kLesson, "reach.toml",
                                       [](const std::string&) { return Result<Bytes>(Bytes{}); });
  for (const Error& error : read.errors()) UNSCOPED_INFO(error.text());
  REQUIRE(read.ok());
  net::TcpOptions options = test::free_ports();
  options.reach = net::Reach::Anywhere;
  return LiveStage(std::move(*read), options);
}

enum class Who { Stranger, LoggedIn };

// A session as far as EHLO, and the login.
void begin(Visit& visit, Who who) {
  visit.line();
  CHECK(visit.command("HELO pc.example").substr(0, 4) == "250 ");
  if (who == Who::Stranger) return;
  visit.say("EHLO pc.example\r\n");
  while (visit.line().substr(0, 4) != "250 ") {
  }
  const std::string login =
      "AUTH PLAIN " + wire::base64_encode(std::string_view("\0ani@far.example\0teh manis", 26));
  REQUIRE(visit.command(login).substr(0, 4) == "235 ");
}

std::size_t calls_to(LiveStage& stage, std::string_view host) {
  const NodeId node = stage.run.world().find(host)->machine->id();
  std::size_t calls = 0;
  for (const auto& opening :
       test::payloads_of<journal::ConnectionOpening>(stage.run.world().journal())) {
    if (opening.to == node) ++calls;
  }
  return calls;
}

struct RecipientRow {
  std::string_view recipient;
  std::string_view code;
};

constexpr std::array kRows{
    RecipientRow{"<budi@b.example>", "250"},
    RecipientRow{"<@relay.example:budi@b.example>", "250"},    // a route counts for nothing
    RecipientRow{"<nobody%elsewhere.test@b.example>", "250"},  // somebody of b.example, who is none
    RecipientRow{"<\"x@elsewhere.test\"@b.example>", "250"},   // the same
    RecipientRow{"<ani@far.example>", "550"},
    RecipientRow{"<@b.example:ani@far.example>", "550"},
    RecipientRow{"<ani%far.example@mta.a.example>", "550"},
    RecipientRow{"<ani@mx.far.example>", "550"},
    RecipientRow{"<ani@mail.far.example>", "550"},
    RecipientRow{"<ani@also.far.example>", "550"},
    RecipientRow{"<ani@[198.51.100.9]>", "550"},
    RecipientRow{"<ani@[198.18.0.1]>", "550"},
    RecipientRow{"<x@elsewhere.test>", "550"},
    RecipientRow{"<@b.example:x@elsewhere.test>", "550"},
    RecipientRow{"<x%elsewhere.test@mta.a.example>", "550"},
    RecipientRow{"<Postmaster>", "550"},  // it would be Ani's domain's
};

}  // namespace

TEST_CASE("Nobody outside has a mail sent out of the lesson, logged in or not (S33)",
          "[world][tcp][policy]") {
  for (const Who who : {Who::Stranger, Who::LoggedIn}) {
    for (const std::string sender : {"<ani@far.example>", "<x@elsewhere.example>", "<>"}) {
      LiveStage stage = far_reaching_stage();
      const Port port = who == Who::Stranger ? kSmtpPort : kSubmissionPort;
      for (const RecipientRow& row : kRows) {
        INFO((who == Who::Stranger ? "a stranger: " : "logged in: ")
             << sender << " to " << row.recipient);
        Visit visit(stage, "mta.a.example", port);
        begin(visit, who);
        REQUIRE(visit.command("MAIL FROM:" + sender).substr(0, 4) == "250 ");
        const std::string reply = visit.command("RCPT TO:" + std::string(row.recipient));
        CHECK(reply.substr(0, 3) == row.code);
        if (reply.substr(0, 3) != "250") continue;
        visit.command("DATA");
        CHECK(visit.command("Subject: x\r\n\r\nx\r\n.").substr(0, 4) == "250 ");
      }
      // The mails for nobody fail at b.example, so that their senders would be told.
      const journal::Journal& journal = stage.run.world().journal();
      for (int turns = 0;
           turns < 5'000 && test::payloads_of<journal::MailDequeued>(journal).size() < 4; ++turns) {
        stage.go_on_for_a_moment();
      }
      CHECK(test::payloads_of<journal::MailBounced>(journal).size() == 2);
      for (int turns = 0; turns < 20; ++turns) stage.go_on_for_a_moment();
      CHECK(calls_to(stage, "mx.b.example") == 4);
      CHECK(calls_to(stage, "mx.far.example") == 0);
    }
  }
}

TEST_CASE("A notice goes to a sender of the lesson, although the lesson reaches out",
          "[world][tcp][policy]") {
  LiveStage stage = far_reaching_stage();
  Visit visit(stage, "mta.a.example", kSmtpPort);
  begin(visit, Who::Stranger);
  visit.command("MAIL FROM:<budi@b.example>");
  visit.command("RCPT TO:<nobody@b.example>");
  visit.command("DATA");
  CHECK(visit.command("Subject: x\r\n\r\nx\r\n.").substr(0, 4) == "250 ");
  for (int turns = 0; turns < 5'000 && test::letters_of_budi(stage) == 0; ++turns) {
    stage.go_on_for_a_moment();
  }
  CHECK(test::letters_of_budi(stage) == 1);
}

}  // namespace mailwalk::world
