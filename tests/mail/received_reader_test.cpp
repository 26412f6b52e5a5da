#include "mail/received_reader.hpp"

#include <string>

#include "base/prng.hpp"
#include "mail/trace_fields.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;        // NOLINT
using namespace mailwalk::mail;  // NOLINT

TEST_CASE("a Received field that we write is read back", "[mail][received]") {
  Hop hop;
  hop.from_helo = "smtp.kampus.example";
  hop.from_address = {0xC0000201};
  hop.by = "mx.kantor.example";
  hop.id = "00007";
  hop.only_recipient = Mailbox{"budi", "kantor.example"};
  hop.calendar = {1'767'664'800, 420};
  hop.time = VirtualTime{} + seconds(90);
  const Message message(Bytes(received_field(hop) + "Subject: x\r\n\r\nHai\r\n"));
  const std::vector<ReceivedHop> hops = read_hops(message);
  REQUIRE(hops.size() == 1);
  CHECK(hops[0].from == "smtp.kampus.example ([192.0.2.1])");
  CHECK(hops[0].by == "mx.kantor.example");
  CHECK(hops[0].with == "ESMTP");
  CHECK(hops[0].id == "00007");
  CHECK(hops[0].only_to == "<budi@kantor.example>");
  CHECK(hops[0].unix_seconds == 1'767'664'890);
}

TEST_CASE("hops stand in the order of the way, the latest ones if there are too many",
          "[mail][received]") {
  std::string text;
  for (int i = 5; i > 0; --i) text += "Received: by h" + std::to_string(i) + "\r\n";
  const Message message(Bytes(text + "\r\n"));
  const auto all = read_hops(message);
  REQUIRE(all.size() == 5);
  CHECK(all.front().by == "h1");
  CHECK(all.back().by == "h5");
  const auto some = read_hops(message, 2);
  REQUIRE(some.size() == 2);
  CHECK(some.back().by == "h5");
}

TEST_CASE("dates are read with their zone, and nothing else is a date", "[mail][received]") {
  CHECK(read_date("Thu, 01 Jan 1970 07:00:10 +0700") == 10);
  CHECK(read_date("1 Jan 1970 00:00 GMT") == 0);
  CHECK(read_date("Tue, 06 Jan 2026 08:00:00 -0030 (a comment)") == 1'767'688'200);
  for (const char* text :
       {"", ",", "yesterday", "32 Jan 2026 00:00:00 +0000", "1 Foo 2026 00:00 GMT",
        "1 Jan 2026 24:00:00 +0000", "1 Jan 2026 00:00:00 0700", "0 Jan 2026 00:00:00 +0000",
        "1 Jan 2026 00-00-00 +0000"}) {
    INFO(text);
    CHECK_FALSE(read_date(text));
  }
}

TEST_CASE("any octets can be read as a Received field", "[mail][received]") {
  static constexpr const char* kPieces[] = {"from ", "by ", "for ",  "(", ")", ";",
                                            "\t",    "id ", "with ", " ", "x", "Mon, 05 Jan 2026"};
  Prng prng(8);
  for (int round = 0; round < 5'000; ++round) {
    std::string value;
    for (std::uint64_t i = prng.below(20); i > 0; --i) {
      value += prng.chance(800) ? kPieces[prng.below(12)]
                                : std::string(1, static_cast<char>(prng.below(256)));
    }
    INFO(value);
    const ReceivedHop hop = read_received(value);
    CHECK(hop.from.size() + hop.by.size() + hop.date.size() <= value.size() + 2);
  }
}
