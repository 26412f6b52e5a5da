// Command lines and the parameters of MAIL, taken apart.
#include <string>
#include <variant>

#include "smtp/command.hpp"
#include "smtp/extensions.hpp"
#include "smtp/mail_parameters.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

namespace mailwalk::smtp {
namespace {

TEST_CASE("SMTP verbs and their names are each other's inverse", "[smtp][command]") {
  for (std::size_t i = 0; i < kVerbCount; ++i) {
    const auto verb = static_cast<Verb>(i);
    const bool is_command = verb != Verb::EndOfData && verb != Verb::Unknown;
    CHECK(verb_from(name(verb)) == (is_command ? verb : Verb::Unknown));
  }
}

TEST_CASE("SMTP command lines are taken apart", "[smtp][command]") {
  struct {
    const char* line;
    Verb verb;
    const char* argument;
  } const rows[] = {
      {"NOOP", Verb::Noop, ""},
      {"noOp", Verb::Noop, ""},
      {"NOOP ", Verb::Noop, ""},
      {"NOOP  x ", Verb::Noop, " x"},
      {"MAIL FROM:<>", Verb::Mail, "FROM:<>"},
      {"MAILFROM:<>", Verb::Unknown, ""},
      {" NOOP", Verb::Unknown, "NOOP"},
      {"", Verb::Unknown, ""},
      {"NOOPS", Verb::Unknown, ""},
      {"NO", Verb::Unknown, ""},
      {"\tNOOP", Verb::Unknown, ""},
  };
  for (const auto& row : rows) {
    INFO('[' << row.line << ']');
    const Command command = parse_command(row.line);
    CHECK(command.verb == row.verb);
    CHECK(command.argument == row.argument);
  }
}

TEST_CASE("SMTP keywords before the path are found in any case", "[smtp][command]") {
  CHECK(after_keyword("FROM:<>", "FROM:") == "<>");
  CHECK(after_keyword("from:", "FROM:") == "");
  CHECK_FALSE(after_keyword("FRO", "FROM:"));
  CHECK_FALSE(after_keyword("TO:<>", "FROM:"));
}

TEST_CASE("SMTP parameters of MAIL survive the way out and back", "[smtp][command]") {
  const MailParameters rows[] = {
      {},
      {0, mail::BodyType::SevenBit, mail::Utf8::Refused},
      {12345, mail::BodyType::EightBitMime, mail::Utf8::Allowed},
      {std::nullopt, mail::BodyType::EightBitMime, mail::Utf8::Refused},
  };
  for (const MailParameters& row : rows) {
    const auto parsed = parse_mail_parameters(to_text(row), ExtensionSet::usual());
    REQUIRE(std::holds_alternative<MailParameters>(parsed));
    CHECK(std::get<MailParameters>(parsed) == row);
  }
}

TEST_CASE("SMTP parameters survive random octets", "[smtp][command]") {
  Prng prng(5);
  for (int round = 0; round < 2000; ++round) {
    const std::string text = " SIZE=1" + mailwalk::test::random_bytes(prng, prng.below(30));
    const auto parsed = parse_mail_parameters(text, ExtensionSet::usual());
    if (const Reply* fault = std::get_if<Reply>(&parsed)) {
      const bool is_due = fault->code() == 501 || fault->code() == 555;
      CHECK(is_due);
    }
  }
}

TEST_CASE("SMTP extensions are read from the reply to EHLO", "[smtp][extensions]") {
  const OfferedExtensions offered =
      parse_offered({"SIZE 5 is our greeting", "pipelining", "SIZE 1000", "ETRN",
                     "AUTH PLAIN X-NEW LOGIN", "8bitmime"});
  CHECK(offered.known == ExtensionSet{Extension::Pipelining, Extension::Size,
                                      Extension::EightBitMime, Extension::Auth});
  CHECK(offered.mechanisms ==
        std::vector<sasl::Mechanism>{sasl::Mechanism::Plain, sasl::Mechanism::Login});
  CHECK(offered.size_limit_bytes == 1000);
  for (const char* no_limit : {"SIZE", "SIZE 0", "SIZE x", "SIZE 99999999999999999999999"}) {
    INFO(no_limit);
    const OfferedExtensions without = parse_offered({"mx.b.test", no_limit});
    CHECK(without.known.has(Extension::Size));
    CHECK_FALSE(without.size_limit_bytes);
  }
}

TEST_CASE("SMTPUTF8 is never offered without 8BITMIME (RFC 6531 3.1)", "[smtp][extensions]") {
  ExtensionSet set{Extension::SmtpUtf8};
  CHECK(set.has(Extension::EightBitMime));
  set.remove(Extension::EightBitMime);
  CHECK(set == ExtensionSet{});
}

}  // namespace
}  // namespace mailwalk::smtp
