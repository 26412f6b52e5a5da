// Notifications of failure: when there is one, to whom, and what stands in it (RFC 3464).
#include <algorithm>

#include "mail/message.hpp"
#include "mail/mime_tree.hpp"
#include "play.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

namespace {}  // namespace

TEST_CASE(
    "Q17, Q18: a bounce is a report of three parts from the null sender to the envelope sender",
    "[nodes][mta]") {
  Play play(kPost + mail_domain("c.example", {{10, 1}}) +
                letter("0 s", "budi@c.example", R"(, subject = "Halo")") +
                event("1 min", R"(poll = {device = "tablet"})"),
            {says("RCPT", "550 5.1.1 who is that?")});
  play.run();

  REQUIRE(play.letters("tablet").size() == 1);
  const mail::Message notice{Bytes(play.letters("tablet")[0])};
  CHECK(std::string(play.letters("tablet")[0]).starts_with("Return-Path: <>\r\n"));
  CHECK_THAT(std::string(notice.find("To")->value()), ContainsSubstring("ani@a.example"));

  const mail::MimePart tree = mail::parse_mime(notice);
  CHECK(tree.type == "multipart/report");
  REQUIRE(tree.children.size() == 3);
  CHECK(tree.children[0].type == "text/plain");
  CHECK(tree.children[1].type == "message/delivery-status");
  CHECK(tree.children[2].type == "message/rfc822");

  REQUIRE(play.bounces().size() == 1);
  const mail::DeliveryStatus status = play.bounces()[0];
  CHECK(status.reporting_mta == "mta.a.example");
  CHECK_FALSE(status.arrival_date.empty());
  CHECK(status.returned == mail::ReturnedContent::Whole);
  REQUIRE(status.recipients.size() == 1);
  CHECK(status.recipients[0].final_recipient.text() == "budi@c.example");
  CHECK(status.recipients[0].action == mail::DeliveryAction::Failed);
  CHECK(status.recipients[0].status.text() == "5.1.1");
  CHECK(status.recipients[0].remote_mta == "m1.c.example");
  CHECK_THAT(status.recipients[0].diagnostic_code, ContainsSubstring("550 5.1.1 who is that?"));
  CHECK_THAT(play.letters("tablet")[0], ContainsSubstring("Subject: Halo"));
}

TEST_CASE("Q19: a bounce that cannot be delivered causes no other", "[nodes][mta]") {
  // Nobody takes mail for Ani.
  Play play(kPost + mail_domain("c.example", {{10, 1}}) +
                event("0 s", R"(answer = {host = "mx.a.example", verb = "RCPT", times = 0, )"
                             R"(reply = "550 5.1.1 gone"})") +
                letter("1 s", "budi@c.example"),
            {says("RCPT", "550 5.1.1 who?")});
  play.run();
  CHECK(play.bounce_mails().size() == 1);
  CHECK(play.settled() == Words{"budi@c.example Failed", "ani@a.example Failed"});
  const auto bounced = play.all<journal::MailBounced>();
  REQUIRE(bounced.size() == 2);
  CHECK(journal::payload_if<journal::MailBounced>(*bounced[0])->notice.value() == 2);
  CHECK(journal::payload_if<journal::MailBounced>(*bounced[1])->notice.value() == 0);
  CHECK(play.world().find("mta.a.example")->mta->queue().entries().empty());
}

TEST_CASE(
    "Q20: of a good and a bad recipient the good one gets the mail, and one notice names the bad "
    "one",
    "[nodes][mta]") {
  Play play(kPost + kBudi +
            letter("0 s", R"(budi@b.example", "nobody@b.example", "nemo@b.example)"));
  play.run();
  CHECK(play.delivered("budi").size() == 1);
  REQUIRE(play.bounces().size() == 1);
  REQUIRE(play.bounces()[0].recipients.size() == 2);
  CHECK(play.bounces()[0].recipients[0].final_recipient.text() == "nobody@b.example");
  CHECK(play.bounces()[0].recipients[1].final_recipient.text() == "nemo@b.example");
  CHECK(play.delivered("ani").size() == 1);
}

TEST_CASE("Recipients that fail at different hosts stand in one notice", "[nodes][mta]") {
  Play play(kPost + mail_domain("c.example", {{10, 1}}) + mail_domain("d.example", {{10, 2}}) +
                letter("0 s", R"(budi@c.example", "cici@d.example)"),
            {says("RCPT", "550 5.1.1 no budi"), says(".", "554 5.7.1 no cici")});
  play.run();
  REQUIRE(play.bounces().size() == 1);
  CHECK(play.bounces()[0].recipients.size() == 2);
}

TEST_CASE("A mail that is too large to be returned comes back as its header", "[nodes][mta]") {
  Play play(kPost + mail_domain("c.example", {{10, 1}}) +
                letter("0 s", "budi@c.example", R"(, subject = "Halo", fill = "60 KB")"),
            {says("RCPT", "550 5.1.1 who?")});
  play.run();
  REQUIRE(play.bounces().size() == 1);
  CHECK(play.bounces()[0].returned == mail::ReturnedContent::HeaderOnly);
  CHECK(play.bounce_mails()[0].size() < 10'000);
  CHECK_THAT(play.bounce_mails()[0], ContainsSubstring("Subject: Halo"));
}

TEST_CASE("A bounce for a mailbox of the same machine is delivered without another hop",
          "[nodes][mta]") {
  const std::string one_machine = R"([lesson]
id = "one"
[[host]]
name = "mail.a.example"
roles = ["mta", "mailbox", "maa", "names"]
[[account]]
address = "ani@a.example"
password = "rahasia"
[[device]]
name = "laptop"
mail = "ani@a.example"
submit_to = "mail.a.example"
)";
  Play play(one_machine + letter("0 s", "budi@nowhere.example"));
  play.run();
  CHECK(play.called().empty());
  REQUIRE(play.delivered("ani").size() == 1);
  CHECK(play.delivered("ani")[0].starts_with("Return-Path: <>\r\n"));
}
