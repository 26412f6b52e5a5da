// Replies, as they are written and as they are read.
#include <string>
#include <vector>

#include "smtp/reply.hpp"
#include "smtp/reply_reader.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

namespace mailwalk::smtp {
namespace {

using Fault = ReplyReader::Fault;
using Lines = std::vector<std::string>;

std::vector<Reply> read_all(ReplyReader& reader, std::string_view bytes) {
  std::vector<Reply> replies;
  reader.feed(bytes);
  while (auto reply = reader.next()) replies.push_back(*reply);
  return replies;
}

TEST_CASE("SMTP replies are written and read back", "[smtp][reply]") {
  struct {
    Reply reply;
    const char* wire;
    const char* text;
  } const rows[] = {
      {{220, "mx.b.test ESMTP"}, "220 mx.b.test ESMTP\r\n", "220 mx.b.test ESMTP"},
      {{250, {1, 5}, "Ok"}, "250 2.1.5 Ok\r\n", "250 2.1.5 Ok"},
      {{550, {1, 1}, "No"}, "550 5.1.1 No\r\n", "550 5.1.1 No"},
      {{451, {999, 999}, "x"}, "451 4.999.999 x\r\n", "451 4.999.999 x"},
      {{250, ""}, "250\r\n", "250"},
      {{250, {0, 0}, ""}, "250 2.0.0\r\n", "250 2.0.0"},
      {{250, std::nullopt, Lines{"a", "", "c"}}, "250-a\r\n250-\r\n250 c\r\n", "250 a c"},
      {{214, StatusDetail{0, 0}, Lines{"a", "b"}},
       "214-2.0.0 a\r\n214 2.0.0 b\r\n",
       "214 2.0.0 a b"},
  };
  for (const auto& row : rows) {
    INFO(row.wire);
    CHECK(row.reply.to_wire() == row.wire);
    CHECK(row.reply.text() == row.text);
    ReplyReader reader;
    CHECK(read_all(reader, row.wire) == std::vector<Reply>{row.reply});
    CHECK(reader.empty());
  }
}

TEST_CASE("SMTP replies take their class from the code", "[smtp][reply]") {
  CHECK(Reply(250, {1, 0}, "").enhanced() == EnhancedCode{2, 1, 0});
  CHECK(Reply(450, {1, 0}, "").enhanced() == EnhancedCode{4, 1, 0});
  CHECK(Reply(550, {1, 0}, "").enhanced() == EnhancedCode{5, 1, 0});
  CHECK_FALSE(Reply(354, {1, 0}, "").enhanced());
  CHECK(Reply(250, "").is_completion());
  CHECK(Reply(354, "").is_intermediate());
  CHECK(Reply(354, "").is_positive());
  CHECK(Reply(421, "").is_transient());
  CHECK(Reply(550, "").is_permanent());
}

TEST_CASE("SMTP replies cannot be broken by what they quote", "[smtp][reply]") {
  CHECK(Reply(550, "a\r\n250 b\tc\x7F").to_wire() == "550 a??250 b\tc?\r\n");
  const Reply long_one(550, {1, 1}, std::string(2000, 'x'));
  CHECK(long_one.to_wire().size() <= 512);
  std::string accents = "x";
  for (int i = 0; i < 400; ++i) accents += "\xC3\xA9";
  const std::string cut = Reply(550, accents).lines()[0];
  CHECK(cut.size() <= 500);
  CHECK(cut.size() % 2 == 1);  // no half of a character
}

TEST_CASE("SMTP reply reader takes what servers say", "[smtp][reply]") {
  struct {
    const char* id;
    const char* wire;
    Reply reply;
  } const rows[] = {
      {"code alone", "250\r\n", {250, ""}},
      {"status on some lines",
       "250-2.1.0 a\r\n250 b\r\n",
       {250, StatusDetail{1, 0}, Lines{"a", "b"}}},
      {"status of another class is text", "250 5.1.0 a\r\n", {250, "5.1.0 a"}},
      {"no status", "550 5.1 a\r\n", {550, "5.1 a"}},
      {"code nobody knows", "571 5.7.1 a\r\n", {571, {7, 1}, "a"}},
      {"354 with status", "354 3.0.0 go\r\n", {354, "3.0.0 go"}},
  };
  for (const auto& row : rows) {
    INFO(row.id);
    ReplyReader reader;
    CHECK(read_all(reader, row.wire) == std::vector<Reply>{row.reply});
    CHECK(reader.fault() == Fault::None);
  }
}

TEST_CASE("SMTP reply reader refuses what is no reply", "[smtp][reply]") {
  struct {
    const char* wire;
    Fault fault;
  } const rows[] = {
      {"\r\n", Fault::NotAReply},
      {"hello\r\n", Fault::NotAReply},
      {"25\r\n", Fault::NotAReply},
      {"+250 x\r\n", Fault::NotAReply},
      {"199 x\r\n", Fault::NotAReply},
      {"600 x\r\n", Fault::NotAReply},
      {"2500 x\r\n", Fault::NotAReply},
      {"250x\r\n", Fault::NotAReply},
      {"250-a\r\n251 b\r\n", Fault::CodesDiffer},
      {"250-a\r\nb\r\n", Fault::NotAReply},
      {"250 a\n250 b\r\n", Fault::BareLineEnd},
      {"250 a\r250 b\r\n", Fault::BareLineEnd},
  };
  for (const auto& row : rows) {
    INFO(Catch::Detail::stringify(std::string(row.wire)));
    ReplyReader reader;
    CHECK(read_all(reader, row.wire).empty());
    CHECK(reader.fault() == row.fault);
    CHECK(read_all(reader, "250 late\r\n").empty());
  }
}

TEST_CASE("SMTP reply reader is bounded", "[smtp][reply]") {
  ClientLimits limits;
  limits.reply_lines = 5;
  limits.reply_line_octets = 100;
  SECTION("in lines") {
    ReplyReader reader(limits);
    for (int i = 0; i < 5; ++i) CHECK(read_all(reader, "250-x\r\n").empty());
    CHECK(reader.fault() == Fault::None);
    CHECK(read_all(reader, "250-x\r\n").empty());
    CHECK(reader.fault() == Fault::TooManyLines);
  }
  SECTION("in the length of a line, whose code still counts") {
    ReplyReader reader(limits);
    for (int i = 0; i < 1000; ++i) CHECK(read_all(reader, "250 " + std::string(1000, 'x')).empty());
    const std::vector<Reply> replies = read_all(reader, "\r\n");
    REQUIRE(replies.size() == 1);
    CHECK(replies[0].code() == 250);
    CHECK(replies[0].lines()[0].size() == 94);
  }
}

TEST_CASE("SMTP reply reader reads the same however its input is cut", "[smtp][reply]") {
  const auto replies = mailwalk::test::grind(
      "220 mx.b.test\r\n250-a\r\n250 b\r\n550 5.1.1 no\r\nrubbish\r\n250 x\r\n",
      [](const mailwalk::test::Pieces& pieces) {
        ReplyReader reader;
        std::vector<Reply> all;
        for (const std::string_view piece : pieces) {
          for (Reply& reply : read_all(reader, piece)) all.push_back(std::move(reply));
        }
        CHECK(reader.fault() == Fault::NotAReply);
        CHECK(reader.fault_line() == "rubbish");
        return all;
      });
  CHECK(replies.size() == 3);
}

}  // namespace
}  // namespace mailwalk::smtp
