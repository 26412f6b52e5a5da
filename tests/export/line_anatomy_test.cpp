#include "export/line_anatomy.hpp"

#include <string>

#include "base/prng.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;             // NOLINT
using namespace mailwalk::exporting;  // NOLINT
using journal::Protocol;

namespace {

std::string joined(const std::vector<LinePart>& parts) {
  std::string line;
  for (const LinePart& part : parts) line += part.text;
  return line;
}

// "Verb=RCPT Keyword=TO: …", blanks left out.
std::string told(const std::vector<LinePart>& parts) {
  std::string text;
  for (const LinePart& part : parts) {
    if (part.kind == PartKind::Blank) continue;
    if (!text.empty()) text += " | ";
    text += std::string(name_of(part.kind).english) + " " + std::string(part.text);
  }
  return text;
}

struct Example {
  Protocol protocol;
  const char* line;
  const char* parts;
};

}  // namespace

TEST_CASE("a command is taken apart into verb, arguments and parameters", "[export][anatomy]") {
  constexpr auto kSmtp = Protocol::Smtp;
  constexpr auto kPop3 = Protocol::Pop3;
  const Example examples[] = {
      {kSmtp, "EHLO laptop.example", "command EHLO | who I am laptop.example"},
      {kSmtp, "MAIL FROM:<ani@a.example> SIZE=563 SMTPUTF8",
       "command MAIL | keyword FROM: | envelope sender <ani@a.example> | parameter SIZE | value "
       "563 "
       "| parameter SMTPUTF8"},
      {kSmtp, "mail from:<>", "command mail | keyword from: | envelope sender <>"},
      {kSmtp, "RCPT TO:<\"a b>c\"@b.example>",
       "command RCPT | keyword TO: | envelope recipient <\"a b>c\"@b.example>"},
      {kSmtp, "RCPT budi", "command RCPT | unexpected budi"},
      {kSmtp, "RCPT TO:budi", "command RCPT | keyword TO: | envelope recipient budi"},
      {kSmtp, "DATA", "command DATA"},
      {kSmtp, "DATA now", "command DATA | unexpected now"},
      {kPop3, "USER budi", "command USER | user name budi"},
      {kPop3, "PASS kopi tubruk ", "command PASS | password kopi tubruk "},
      {kPop3, "APOP budi c4c9", "command APOP | user name budi | digest c4c9"},
      {kPop3, "DELE 2", "command DELE | letter number 2"},
      {kPop3, "DELE two", "command DELE | unexpected two"},
      {kPop3, "TOP 1 10", "command TOP | letter number 1 | lines of body 10"},
      {kPop3, "LIST", "command LIST"},
      {kPop3, "QUIT 1", "command QUIT | unexpected 1"},
      {kPop3, "", ""},
  };
  for (const Example& example : examples) {
    INFO(example.line);
    CHECK(told(dissect_command(example.protocol, example.line)) == example.parts);
  }
}

TEST_CASE("a reply is taken apart into code, enhanced code and text", "[export][anatomy]") {
  const Example examples[] = {
      {Protocol::Smtp, "250 2.1.5 Ok", "code 250 | enhanced code 2.1.5 | text for people Ok"},
      {Protocol::Smtp, "250-SIZE 1000", "code 250 | more follows - | text for people SIZE 1000"},
      {Protocol::Smtp, "354", "code 354"},
      {Protocol::Smtp, "550 5.1.1.1 x", "code 550 | text for people 5.1.1.1 x"},
      {Protocol::Smtp, "hello", "unexpected hello"},
      {Protocol::Pop3, "+OK", "status +OK"},
      {Protocol::Pop3, "-ERR [IN-USE] locked",
       "status -ERR | response code [IN-USE] | text for people locked"},
      {Protocol::Pop3, "+OK mx.b.test <17.42@mx.b.test>",
       "status +OK | text for people mx.b.test  | time stamp, for APOP <17.42@mx.b.test>"},
      {Protocol::Pop3, "+OK <ani@b.test> is known",
       "status +OK | text for people <ani@b.test> is known"},
      {Protocol::Pop3, "-ERR [open", "status -ERR | text for people [open"},
      {Protocol::Pop3, "1 200", "text for people 1 200"},
  };
  for (const Example& example : examples) {
    INFO(example.line);
    CHECK(told(dissect_reply(example.protocol, example.line)) == example.parts);
  }
}

TEST_CASE("whatever the line, its parts are the line, octet for octet", "[export][anatomy]") {
  static constexpr const char* kBeginnings[] = {"",      "MAIL FROM:", "RCPT TO:<", "PASS ",
                                                "APOP ", "250-",       "+OK [",     "TOP 1"};
  static constexpr char kLikely[] = " \t<>@\"=[]:-.0123456789ab%s";
  Prng prng(5);
  for (int round = 0; round < 20'000; ++round) {
    std::string line = kBeginnings[prng.below(8)];
    const std::size_t size = static_cast<std::size_t>(prng.below(40));
    for (std::size_t i = 0; i < size; ++i) {
      line += prng.chance(700) ? kLikely[prng.below(sizeof kLikely - 1)]
                               : static_cast<char>(prng.below(256));
    }
    for (const Protocol protocol : {Protocol::Smtp, Protocol::Pop3}) {
      INFO(line);
      REQUIRE(joined(dissect_command(protocol, line)) == line);
      REQUIRE(joined(dissect_reply(protocol, line)) == line);
    }
  }
}
