#include "mail/message.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using namespace mailwalk::mail;

namespace {

std::vector<std::string> names(const Message& message) {
  std::vector<std::string> out;
  for (const Field& field : message.fields()) out.emplace_back(field.name);
  return out;
}

}  // namespace

TEST_CASE("A mail is its header, an empty line and its body", "[mail][message]") {
  const Message message(
      Bytes("From: a@a.test\r\nSubject: two\r\n\tlines\r\nTO :b@b.test\r\n\r\nhello\r\n"));
  CHECK(names(message) == std::vector<std::string>{"From", "Subject", "TO"});
  CHECK(message.find("subject")->value() == "two\tlines");
  CHECK(message.find("Subject")->raw == "Subject: two\r\n\tlines\r\n");
  CHECK(message.find("to")->value() == "b@b.test");
  CHECK_FALSE(message.find("Cc"));
  CHECK(message.header() == "From: a@a.test\r\nSubject: two\r\n\tlines\r\nTO :b@b.test\r\n");
  CHECK(message.body() == "hello\r\n");
  CHECK(message.well_formed());
}

TEST_CASE("The header ends where it ends, whatever the mail", "[mail][message]") {
  struct Case {
    std::string raw;
    std::size_t fields;
    std::string header, body;
    bool well_formed;
  };
  const std::string nul("A: b\0c\r\n\r\n", 10);
  const std::vector<Case> cases{
      {"", 0, "", "", true},
      {"\r\n", 0, "", "", true},
      {"\r\nbody", 0, "", "body", true},
      {"A: b\r\n", 1, "A: b\r\n", "", true},
      {"A: b", 1, "A: b", "", true},
      {"A:\r\n\r\n", 1, "A:\r\n", "", true},
      {"A: b\r\n \r\n\r\nc", 1, "A: b\r\n \r\n", "c", true},
      {"A: b\r\nno field\r\n\r\nc", 1, "A: b\r\n", "no field\r\n\r\nc", false},
      {"just text\r\n", 0, "", "just text\r\n", false},
      {" A: b\r\n\r\n", 0, "", " A: b\r\n\r\n", false},
      {": b\r\n\r\n", 0, "", ": b\r\n\r\n", false},
      {"A b: c\r\n\r\n", 0, "", "A b: c\r\n\r\n", false},
      {"\xC3\xA9: c\r\n\r\n", 0, "", "\xC3\xA9: c\r\n\r\n", false},
      {"A: b\n\nc\r\n\r\nd", 1, "A: b\n\nc\r\n", "d", false},
      {"A: b\rc\r\n\r\nd", 1, "A: b\rc\r\n", "d", false},
      {nul, 1, nul.substr(0, 8), "", false},
      {"A: b\r\n\n\r\nc", 1, "A: b\r\n", "\n\r\nc", false},
  };
  for (const Case& c : cases) {
    INFO(Catch::Detail::stringify(c.raw));
    const Message message{Bytes(c.raw)};
    CHECK(message.fields().size() == c.fields);
    CHECK(message.header() == c.header);
    CHECK(message.body() == c.body);
    CHECK(message.well_formed() == c.well_formed);
  }
}

TEST_CASE("Fields of the same name are counted, the first is found", "[mail][message]") {
  const Message message(Bytes("Received: 1\r\nA: x\r\nreceived: 2\r\n\r\nReceived: 3\r\n"));
  CHECK(message.count("Received") == 2);
  CHECK(message.find("RECEIVED")->value() == "1");
}

TEST_CASE("A message is the same after it was copied and moved", "[mail][message]") {
  Message copy;
  {
    Message original{Bytes(std::string("A: b\r\n\r\nc"))};
    copy = original;
    const Message moved = std::move(original);
    CHECK(moved.find("A")->value() == "b");
  }
  CHECK(copy.find("A")->value() == "b");
  CHECK(copy.body() == "c");
}

TEST_CASE("Huge and hostile headers are indexed in bounded work", "[mail][message]") {
  SECTION("ten megabytes without an empty line") {
    std::string raw;
    while (raw.size() < 10'000'000) raw += "A: b\r\n";
    const Message message{Bytes(raw)};
    CHECK(message.fields().size() == HeaderIndex::kMaxFields);
    CHECK(message.header().size() == raw.size());
    CHECK(message.body().empty());
    CHECK_FALSE(message.well_formed());
  }
  SECTION("one field of a megabyte") {
    const Message message{Bytes("A: " + std::string(1'000'000, 'x') + "\r\n\r\n")};
    CHECK(message.find("A")->value().size() == 1'000'000);
    CHECK(message.well_formed());
  }
  SECTION("a megabyte of continuations after the last listed field") {
    std::string raw;
    for (std::size_t i = 0; i <= HeaderIndex::kMaxFields; ++i) raw += "A: b\r\n";
    while (raw.size() < 1'000'000) raw += " c\r\n";
    const Message message{Bytes(raw)};
    CHECK(message.fields().back().raw == "A: b\r\n");
    CHECK(message.header().size() == raw.size());
  }
  SECTION("ten megabytes of zeros") {
    const Message message{Bytes(std::string(10'000'000, '\0'))};
    CHECK(message.fields().empty());
    CHECK(message.body().size() == 10'000'000);
  }
}

TEST_CASE("Header and body are the mail again, for any bytes", "[mail][message]") {
  Prng prng(70);
  for (int round = 0; round < 5'000; ++round) {
    std::string raw = test::random_bytes(prng, static_cast<std::size_t>(prng.below(200)));
    if (prng.chance(700)) raw.insert(0, "A: b\r\n");
    const Message message{Bytes(raw)};
    std::string joined;
    for (const Field& field : message.fields()) joined += field.raw;
    REQUIRE(joined == message.header());
    const std::size_t separator = message.body_offset() - message.header().size();
    REQUIRE(raw ==
            joined + std::string(separator == 0 ? "" : "\r\n") + std::string(message.body()));
  }
}

TEST_CASE("The subject is shown decoded, and empty if there is none", "[mail][message]") {
  CHECK(Message(Bytes("Subject: =?UTF-8?Q?caf=C3=A9?=\r\n =?utf-8?B?4oKs?=\r\n\r\n"))
            .decoded_subject() == "caf\xC3\xA9\xE2\x82\xAC");
  CHECK(Message(Bytes("Subject: caf\xE9\r\n\r\n")).decoded_subject() == "caf\xEF\xBF\xBD");
  CHECK(Message(Bytes("\r\n")).decoded_subject().empty());
}

TEST_CASE("8-bit octets are found in header and body [S50]", "[mail][message]") {
  CHECK_FALSE(Message(Bytes("A: b\r\n\r\nplain\r\n")).has_8bit());
  CHECK(Message(Bytes("A: b\r\n\r\ncaf\xC3\xA9\r\n")).has_8bit());
  CHECK(Message(Bytes("A: \xFF\r\n\r\n")).has_8bit());
}

TEST_CASE("Files get the line ends of mails", "[mail][message]") {
  struct Case {
    std::string_view file, content;
  };
  const std::vector<Case> cases{
      {"", ""},
      {"\n", "\r\n"},
      {"a", "a\r\n"},
      {"a\nb\n", "a\r\nb\r\n"},
      {"a\r\nb\r\n", "a\r\nb\r\n"},
      {"a\r\nb\nc", "a\r\nb\r\nc\r\n"},
      {"a\rb\n", "a\rb\r\n"},
      {"a\r\r\n", "a\r\r\n"},
      {"a\r", "a\r\r\n"},
      {"\n\n", "\r\n\r\n"},
  };
  for (const Case& c : cases) {
    CHECK(normalise_line_ends(c.file) == c.content);
    CHECK(normalise_line_ends(c.content) == c.content);
  }
}
