#include "mail/delivery_status.hpp"

#include "mail/mime_tree.hpp"
#include "mail/typed_address.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"
#include "wire/utf8.hpp"

using namespace mailwalk;
using namespace mailwalk::mail;

namespace {

const char* const kOriginal =
    "Received: from c.example ([192.0.2.10])\r\n"
    "\tby mta.a.test with ESMTP id 1; Mon, 05 Jan 2026 09:00:00 +0700\r\n"
    "From: ani@a.test\r\nTo: nobody@b.test\r\nSubject: Lunch\r\n\r\nNoon?\r\n";

RecipientStatus failed_recipient() {
  RecipientStatus recipient;
  recipient.final_recipient = {"nobody", "b.test"};
  recipient.status = {5, 1, 1};
  recipient.remote_mta = "mx.b.test";
  recipient.diagnostic_code = "550 5.1.1 No such mailbox here";
  return recipient;
}

DeliveryReport plain_report() {
  DeliveryReport report;
  report.reporting_mta = "mta.a.test";
  report.to = {"ani", "a.test"};
  report.message_id = "2@mta.a.test";
  report.calendar = Calendar{1'767'578'400, 420};
  report.date = VirtualTime{} + seconds(3);
  report.recipients = {failed_recipient()};
  report.original = Bytes(kOriginal);
  return report;
}

std::string body_text(const Message& message, const MimePart& part) {
  return std::string(message.raw().view().substr(part.body.offset, part.body.size));
}

}  // namespace

TEST_CASE("A bounce has a part for people, one for programs and the mail itself [Q17][Q18]",
          "[mail][dsn]") {
  const Message message(make_delivery_status(plain_report()));
  CHECK(message.well_formed());
  CHECK(message.find("From")->value() == "Mail Delivery System <postmaster@mta.a.test>");
  CHECK(message.find("To")->value() == "ani@a.test");
  CHECK(message.find("Subject")->value() == "Undelivered mail returned to sender");
  CHECK(message.find("Auto-Submitted")->value() == "auto-replied");
  CHECK(message.find("Date")->value() == "Mon, 05 Jan 2026 09:00:03 +0700");

  const MimePart root = parse_mime(message);
  CHECK(root.type == "multipart/report");
  CHECK(root.parameter("report-type") == "delivery-status");
  CHECK(root.fault == MimeFault::None);
  REQUIRE(root.children.size() == 3);
  CHECK(body_text(message, root.children[0]) ==
        "This is the mail system at host mta.a.test.\r\n\r\n"
        "Your mail could not be delivered to the following recipients. It will not\r\n"
        "be tried again.\r\n\r\n"
        "<nobody@b.test>: host mx.b.test said: 550 5.1.1 No such mailbox here\r\n");
  CHECK(body_text(message, root.children[1]) ==
        "Reporting-MTA: dns; mta.a.test\r\n"
        "Arrival-Date: Mon, 05 Jan 2026 09:00:00 +0700\r\n"
        "\r\n"
        "Final-Recipient: rfc822; nobody@b.test\r\n"
        "Action: failed\r\n"
        "Status: 5.1.1\r\n"
        "Remote-MTA: dns; mx.b.test\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 No such mailbox here\r\n");
  CHECK(root.children[2].type == "message/rfc822");
  CHECK(body_text(message, root.children[2]) == kOriginal);
}

TEST_CASE("A notification reads back as it was made [Q20]", "[mail][dsn]") {
  DeliveryReport report = plain_report();
  RecipientStatus expired;
  expired.final_recipient = {"a b", "c.test"};
  expired.status = {4, 4, 7};
  report.recipients.push_back(expired);
  const auto status = parse_delivery_status(Message(make_delivery_status(report)));
  REQUIRE(status);
  CHECK(status->reporting_mta == "mta.a.test");
  CHECK(status->arrival_date == "Mon, 05 Jan 2026 09:00:00 +0700");
  CHECK(status->will_retry_until.empty());
  CHECK(status->recipients == report.recipients);
  CHECK(status->returned == ReturnedContent::Whole);
}

TEST_CASE("A recipient whom no host refused is explained by the reason", "[mail][dsn]") {
  DeliveryReport report = plain_report();
  report.recipients[0].remote_mta.clear();
  report.recipients[0].diagnostic_code.clear();
  report.recipients[0].reason = "the domain b.test does not exist";
  const std::string mail(make_delivery_status(report).view());
  CHECK_THAT(mail, ContainsSubstring("<nobody@b.test>: the domain b.test does not exist\r\n"));
  CHECK(mail.find("Remote-MTA") == std::string::npos);
  CHECK(mail.find("Diagnostic-Code") == std::string::npos);
}

TEST_CASE("A long mail comes back as its header only", "[mail][dsn]") {
  DeliveryReport report = plain_report();
  report.max_returned_octets = report.original.size();
  CHECK(parse_delivery_status(Message(make_delivery_status(report)))->returned ==
        ReturnedContent::Whole);
  report.max_returned_octets = report.original.size() - 1;
  const Message message(make_delivery_status(report));
  CHECK(parse_delivery_status(message)->returned == ReturnedContent::HeaderOnly);
  const MimePart root = parse_mime(message);
  CHECK(root.children[2].type == "text/rfc822-headers");
  CHECK(body_text(message, root.children[2]) == Message(report.original).header());
}

TEST_CASE("A delayed mail is announced with its header and the time limit [Q22]", "[mail][dsn]") {
  DeliveryReport report = plain_report();
  report.recipients[0].action = DeliveryAction::Delayed;
  report.recipients[0].status = {4, 4, 1};
  report.will_retry_until = VirtualTime{} + days(5);
  const Message message(make_delivery_status(report));
  CHECK(message.find("Subject")->value() == "Delayed mail, still being tried");
  const auto status = parse_delivery_status(message);
  REQUIRE(status);
  CHECK(status->will_retry_until == "Sat, 10 Jan 2026 09:00:00 +0700");
  CHECK(status->recipients == report.recipients);
  CHECK(status->returned == ReturnedContent::HeaderOnly);
}

TEST_CASE("Long diagnostics are folded, and read back in one line", "[mail][dsn]") {
  DeliveryReport report = plain_report();
  std::string diagnostic = "550";
  while (diagnostic.size() < 600) diagnostic += " the mailbox is not there";
  report.recipients[0].diagnostic_code = diagnostic;
  const Message message(make_delivery_status(report));
  std::string_view rest = message.raw().view();
  while (!rest.empty()) {
    const std::size_t end = rest.find("\r\n");
    REQUIRE(end <= 76);
    rest.remove_prefix(end + 2);
  }
  CHECK(parse_delivery_status(message)->recipients[0].diagnostic_code == diagnostic);
}

TEST_CASE("A peer's words cannot break a notification", "[mail][dsn]") {
  DeliveryReport report = plain_report();
  report.recipients[0].diagnostic_code = "550 a\r\nAction: delivered\r\n\r\ncaf\xE9";
  const Message message(make_delivery_status(report));
  CHECK_FALSE(message.find("Content-Transfer-Encoding")->value() == "7bit");
  const auto status = parse_delivery_status(message);
  REQUIRE(status);
  REQUIRE(status->recipients.size() == 1);
  CHECK(status->recipients[0].action == DeliveryAction::Failed);
  CHECK(status->recipients[0].diagnostic_code == "550 a  Action: delivered    caf?");
  const MimePart root = parse_mime(message);
  CHECK(wire::is_utf8(body_text(message, root.children[0])));
}

TEST_CASE("The boundary stands nowhere in the mail that comes back", "[mail][dsn]") {
  DeliveryReport report = plain_report();
  const std::string taken(parse_mime(Message(make_delivery_status(report))).parameter("boundary"));
  report.original = Bytes("A: b\r\n\r\n--" + taken + "--\r\n");
  const Message message(make_delivery_status(report));
  const MimePart root = parse_mime(message);
  CHECK(root.parameter("boundary") != taken);
  REQUIRE(root.children.size() == 3);
  CHECK(body_text(message, root.children[2]) == report.original);
}

TEST_CASE("A mail outside ASCII comes back under the names for it", "[mail][dsn]") {
  DeliveryReport report = plain_report();
  report.original = Bytes("Subject: x\r\n\r\ncaf\xC3\xA9\r\n");
  Message message(make_delivery_status(report));
  CHECK(message.find("Content-Transfer-Encoding")->value() == "8bit");
  CHECK(parse_mime(message).children[2].encoding == TransferEncoding::EightBit);
  CHECK(parse_mime(message).children[2].type == "message/rfc822");

  report.original = Bytes("Subject: caf\xC3\xA9\r\n\r\n");
  report.recipients[0].final_recipient = {"andr\xC3\xA9", "caf\xC3\xA9.test"};
  message = Message(make_delivery_status(report));
  CHECK(parse_mime(message).children[2].type == "message/global");
  const auto status = parse_delivery_status(message);
  REQUIRE(status);
  CHECK(status->recipients == report.recipients);
  report.max_returned_octets = 0;
  CHECK(parse_mime(Message(make_delivery_status(report))).children[2].type ==
        "message/global-headers");
}

TEST_CASE("Addresses in reports carry their type", "[mail][dsn]") {
  struct Case {
    Mailbox mailbox;
    std::string text;
  };
  const std::vector<Case> cases{
      {{"bob", "b.test"}, "rfc822; bob@b.test"},
      {{"a b", "b.test"}, "rfc822; \"a b\"@b.test"},
      {{"Postmaster", ""}, "rfc822; Postmaster"},
      {{"a+\xC3\xA9", "b.test"}, "utf-8; a\\x{2B}\\x{E9}@b.test"},
      {{"\xF0\x9F\x93\xA7 x", "b.test"}, "utf-8; \"\\x{1F4E7}\\x{20}x\"@b.test"},
  };
  for (const Case& c : cases) {
    CHECK(typed_address_text(c.mailbox) == c.text);
    CHECK(parse_typed_address(c.text) == c.mailbox);
  }
  CHECK(parse_typed_address("RFC822;bob@b.test") == Mailbox{"bob", "b.test"});
  for (const char* text :
       {"", "bob@b.test", "x400; bob", "rfc822; bob", "rfc822; bob@b.test>x", "rfc822;",
        "utf-8; a\\x{", "utf-8; a\\x{}@b.test", "utf-8; a\\x{D800}@b.test",
        "utf-8; a\\x{110000}@b.test", "utf-8; a\\x{E9@b.test"}) {
    INFO(text);
    CHECK_FALSE(parse_typed_address(text));
  }
}

TEST_CASE("Notifications of other programs are read too", "[mail][dsn]") {
  const Message message(Bytes(
      "Content-Type: multipart/report; boundary=x;\r\n\treport-type=delivery-status\r\n\r\n"
      "--x\r\n\r\nSorry.\r\n"
      "--x\r\nContent-Type: message/delivery-status\r\n\r\n"
      "Reporting-MTA: dns;mta.a.test\r\nX-Queue-ID: 1\r\n\r\n"
      "Final-Recipient: rfc822;one@b.test\r\nOriginal-Recipient: rfc822;uno@b.test\r\n"
      "Action: Failed (for good)\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp;552\r\n full\r\n\r\n"
      "Final-Recipient: x400; who\r\nAction: failed\r\nStatus: 5.0.0\r\n\r\n\r\n"
      "Final-Recipient: rfc822; two@b.test\r\nAction: relayed\r\nStatus: 2.0.0\r\n"
      "\r\n--x--\r\n"));
  const auto status = parse_delivery_status(message);
  REQUIRE(status);
  CHECK(status->reporting_mta == "mta.a.test");
  REQUIRE(status->recipients.size() == 2);
  CHECK(status->recipients[0].final_recipient == Mailbox{"one", "b.test"});
  CHECK(status->recipients[0].action == DeliveryAction::Failed);
  CHECK(status->recipients[0].diagnostic_code == "552 full");
  CHECK(status->recipients[1].action == DeliveryAction::Relayed);
  CHECK(status->returned == ReturnedContent::None);
}

TEST_CASE("What is no notification is not read as one", "[mail][dsn]") {
  const std::string report = "Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n\r\n";
  const std::string status_part = "\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n";
  for (const std::string& raw :
       {std::string(kOriginal), std::string(), report, report + "\r\n--x--\r\n",
        report + "\r\n--x\r\n\r\nno status\r\n--x--\r\n", report + status_part + "\r\n--x--\r\n",
        report + status_part + "Reporting-MTA: dns; a\r\n\r\n--x--\r\n",
        report + status_part + "Final-Recipient: rfc822; a@b\r\nAction: failed\r\n\r\n--x--\r\n",
        report + status_part + "no field at all\r\n\r\n--x--\r\n"}) {
    INFO(raw);
    CHECK_FALSE(parse_delivery_status(Message(Bytes(raw))));
  }
}
