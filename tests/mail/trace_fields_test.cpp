#include "mail/trace_fields.hpp"

#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::mail;

namespace {

Hop plain_hop() {
  Hop hop;
  hop.from_helo = "c.example";
  hop.from_address = *IpAddress::parse("192.0.2.10");
  hop.by = "mx.b.test";
  hop.id = "4F2A";
  hop.calendar = Calendar{1'767'578'400, 420};
  return hop;
}

}  // namespace

TEST_CASE("Received says from where, by whom, with what and when [S70]", "[mail][trace]") {
  Hop hop = plain_hop();
  CHECK(received_field(hop) ==
        "Received: from c.example ([192.0.2.10])\r\n"
        "\tby mx.b.test with ESMTP id 4F2A;\r\n"
        "\tMon, 05 Jan 2026 09:00:00 +0700\r\n");
  hop.only_recipient = Mailbox{"bob", "b.test"};
  CHECK(received_field(hop) ==
        "Received: from c.example ([192.0.2.10])\r\n"
        "\tby mx.b.test with ESMTP id 4F2A\r\n"
        "\tfor <bob@b.test>; Mon, 05 Jan 2026 09:00:00 +0700\r\n");
  hop.id.clear();
  CHECK_THAT(received_field(hop), ContainsSubstring("with ESMTP\r\n"));
}

TEST_CASE("Received names the protocol that was spoken [S71]", "[mail][trace]") {
  Hop hop = plain_hop();
  for (const auto& [protocol, word] : std::vector<std::pair<TransferProtocol, std::string>>{
           {TransferProtocol::Smtp, "SMTP"},
           {TransferProtocol::Esmtp, "ESMTP"},
           {TransferProtocol::Esmtps, "ESMTPS"},
           {TransferProtocol::Esmtpa, "ESMTPA"},
           {TransferProtocol::Esmtpsa, "ESMTPSA"},
           {TransferProtocol::Utf8Smtp, "UTF8SMTP"},
           {TransferProtocol::Utf8Smtps, "UTF8SMTPS"},
           {TransferProtocol::Utf8Smtpa, "UTF8SMTPA"},
           {TransferProtocol::Utf8Smtpsa, "UTF8SMTPSA"}}) {
    hop.with = protocol;
    CHECK_THAT(received_field(hop), ContainsSubstring(" with " + word + " id "));
  }
}

TEST_CASE("A HELO that is no name gives way to the address", "[mail][trace]") {
  Hop hop = plain_hop();
  const std::string from_address = "Received: from [192.0.2.10] ([192.0.2.10])\r\n";
  for (const std::string helo :
       {"", "two words", "x)\r\nSubject: forged", "caf\xC3\xA9.test", "a;b"}) {
    hop.from_helo = helo;
    CHECK(received_field(hop).substr(0, from_address.size()) == from_address);
  }
  hop.from_helo = "[198.51.100.7]";
  CHECK_THAT(received_field(hop), ContainsSubstring("from [198.51.100.7] ([192.0.2.10])"));
}

TEST_CASE("Received is folded where its words are long", "[mail][trace]") {
  Hop hop = plain_hop();
  hop.by = std::string(60, 'h') + ".b.test";
  hop.only_recipient = Mailbox{std::string(64, 'l'), std::string(60, 'd') + ".test"};
  const std::string field = received_field(hop);
  const Message message(Bytes(field + "\r\n"));
  CHECK(message.well_formed());
  CHECK(message.fields().size() == 1);
  CHECK(message.find("Received")->value() ==
        "from c.example ([192.0.2.10])\tby " + hop.by + " with ESMTP id 4F2A\tfor <" +
            hop.only_recipient->text() + ">; Mon, 05 Jan 2026 09:00:00 +0700");
  CHECK_THAT(field, ContainsSubstring(".b.test with\r\n ESMTP"));
}

TEST_CASE("Return-Path names the reverse-path, and nothing for the null one [S72]",
          "[mail][trace]") {
  CHECK(return_path_field(Mailbox{"ani", "a.test"}) == "Return-Path: <ani@a.test>\r\n");
  CHECK(return_path_field(std::nullopt) == "Return-Path: <>\r\n");
}

TEST_CASE("A forged Return-Path is taken out, wherever and however often [Q28]", "[mail][trace]") {
  const Bytes clean("Received: x\r\nSubject: y\r\n\r\nReturn-Path: <in@body>\r\n");
  CHECK(strip_return_path(Message(clean)) == clean);
  CHECK(strip_return_path(Message(clean)).view().data() == clean.view().data());
  const Bytes forged(
      "Return-Path: <a@b>\r\nReceived: x\r\nreturn-path:\r\n <c@d>\r\nSubject: y\r\n\r\n"
      "Return-Path: <in@body>\r\n");
  CHECK(strip_return_path(Message(forged)) == clean);
  CHECK(strip_return_path(Message(Bytes("Return-Path: <a@b>"))) == "");
  CHECK(strip_return_path(Message()).empty());
}

TEST_CASE("Each hop adds one Received on top, and they are counted [S73][Q29]", "[mail][trace]") {
  Bytes mail("Subject: y\r\n\r\nReceived: in the body\r\n");
  for (std::size_t hops = 0; hops <= 101; ++hops) {
    REQUIRE(count_received(Message(mail)) == hops);
    mail = prepend(received_field(plain_hop()), mail);
  }
  CHECK(Message(mail).fields()[0].name == "Received");
  CHECK(Message(mail).body() == "Received: in the body\r\n");
}
