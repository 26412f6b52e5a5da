#include "pop3/reply.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using namespace mailwalk::pop3;

TEST_CASE("POP3 replies are written as RFC 1939 and RFC 2449 say", "[pop3][reply]") {
  CHECK(ok("").to_wire() == "+OK\r\n");
  CHECK(ok("2 320").to_wire() == "+OK 2 320\r\n");
  CHECK(err("no such message").to_wire() == "-ERR no such message\r\n");
  CHECK(err("locked", ResponseCode::InUse).to_wire() == "-ERR [IN-USE] locked\r\n");
  CHECK(err("", ResponseCode::SysTemp).to_wire() == "-ERR [SYS/TEMP]\r\n");
}

TEST_CASE("Lines of a POP3 reply are stuffed and ended by a dot", "[pop3][reply][P15][P16]") {
  CHECK(ok("", Bytes()).to_wire() == "+OK\r\n.\r\n");
  CHECK(ok("", Bytes("a\r\n")).to_wire() == "+OK\r\na\r\n.\r\n");
  CHECK(ok("", Bytes("a")).to_wire() == "+OK\r\na\r\n.\r\n");
  CHECK(ok("", Bytes(".\r\n..x\r\n")).to_wire() == "+OK\r\n..\r\n...x\r\n.\r\n");
}

TEST_CASE("The first line of a POP3 reply has at most 512 octets and is one line",
          "[pop3][reply][P38]") {
  const std::string wire = err(std::string(2'000, 'x'), ResponseCode::Auth).to_wire();
  CHECK(wire.size() == kReplyLineOctets);
  CHECK(wire.substr(wire.size() - 2) == "\r\n");
  CHECK(ok("a\r\nb\tc").to_wire() == "+OK a??b?c\r\n");
}

TEST_CASE("The first line of a POP3 reply is read into its parts", "[pop3][reply]") {
  struct Row {
    std::string line;
    Reply expected;
  };
  const std::vector<Row> rows{
      {"+OK", ok("")},
      {"+OK ", ok("")},
      {"+OK 2 320", ok("2 320")},
      {"-ERR", err("")},
      {"-ERR [IN-USE] locked", err("locked", ResponseCode::InUse)},
      {"-ERR [in-use]locked", err("locked", ResponseCode::InUse)},
      {"-ERR [LOGIN-DELAY] wait", err("wait", ResponseCode::LoginDelay)},
      {"-ERR [SYS/TEMP]", err("", ResponseCode::SysTemp)},
      {"-ERR [SYS/PERM] x", err("x", ResponseCode::SysPerm)},
      {"-ERR [AUTH] x", err("x", ResponseCode::Auth)},
      {"-ERR [SYS/ODD] x", err("[SYS/ODD] x")},
      {"-ERR [AUTH x", err("[AUTH x")},
      {"-ERR []", err("[]")},
  };
  for (const Row& row : rows) {
    INFO(row.line);
    const auto parsed = parse_first_line(row.line);
    REQUIRE(parsed);
    CHECK(*parsed == row.expected);
  }
}

TEST_CASE("What begins with no status is no POP3 reply", "[pop3][reply]") {
  const std::vector<std::string> lines{
      "",   "+ok", "OK", "+O", "+OKAY", "-err x", "-ERR.", " +OK", "220 smtp.b.test ready",
      "+x", "."};
  for (const std::string& line : lines) {
    INFO("\"" << line << "\"");
    CHECK_FALSE(parse_first_line(line));
  }
}

TEST_CASE("Random lines never break the reading of POP3 replies", "[pop3][reply][random]") {
  Prng prng(5);
  for (int round = 0; round < 5'000; ++round) {
    std::string line = mailwalk::test::random_bytes(prng, static_cast<std::size_t>(prng.below(30)));
    if (prng.chance(700)) line.insert(0, prng.chance(500) ? "+OK [" : "-ERR [AUTH]");
    const auto reply = parse_first_line(line);
    if (!reply) continue;
    // What was read and is written again is read the same: only control characters change.
    const auto again = parse_first_line(reply->first_line());
    REQUIRE(again);
    REQUIRE(again->status == reply->status);
    REQUIRE(again->text.size() == reply->text.size());
  }
}
