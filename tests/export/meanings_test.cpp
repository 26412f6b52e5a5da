#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "base/prng.hpp"
#include "export/line_anatomy.hpp"
#include "export/meanings_events.hpp"
#include "export/meanings_pop3.hpp"
#include "export/meanings_smtp.hpp"
#include "export/meanings_status.hpp"
#include "tests/support/random_payload.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;             // NOLINT
using namespace mailwalk::exporting;  // NOLINT
namespace fs = std::filesystem;

namespace {

// Of a code that no table has, only its first digit is explained.
constexpr std::string_view kClassOnly = "RFC 5321 section 4.2.1";

void check_sentence(const Meaning& meaning) {
  INFO(meaning.english);
  for (const std::string_view text : {meaning.english, meaning.indonesian}) {
    REQUIRE_FALSE(text.empty());
    CHECK(text.back() == '.');
    CHECK(text.size() < 230);
    CHECK(text.find("  ") == std::string_view::npos);
  }
  CHECK(meaning.english != meaning.indonesian);
}

void check_words(const Meaning& meaning) {
  INFO(meaning.english);
  CHECK_FALSE(meaning.english.empty());
  CHECK_FALSE(meaning.indonesian.empty());
  CHECK_FALSE(meaning.source.empty());
}

struct Answer {
  int code = 0;
  mail::StatusCode status;
};

// Every reply that stands in the sources of our servers and clients: {250, {1, 5}, "…"}.
std::vector<Answer> replies_in_sources() {
  static const std::regex kReply(R"(\b([245]\d\d), (?:StatusDetail)?\{(\d+), (\d+)\})");
  std::vector<Answer> answers;
  for (const char* folder : {"smtp", "nodes"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(MAILWALK_SOURCE_DIR) / "sim" / folder)) {
      if (entry.path().extension() != ".cpp") continue;
      std::ifstream file(entry.path());
      const std::string source(std::istreambuf_iterator<char>(file), {});
      for (std::sregex_iterator match(source.begin(), source.end(), kReply), end; match != end;
           ++match) {
        const auto number = [&](std::size_t group) { return std::stoi((*match)[group]); };
        const int code = number(1);
        answers.push_back(
            {code,
             {static_cast<std::uint8_t>(code / 100), static_cast<std::uint16_t>(number(2)),
              static_cast<std::uint16_t>(number(3))}});
      }
    }
  }
  return answers;
}

}  // namespace

TEST_CASE("every command and every state has a meaning in both languages", "[export][meanings]") {
  for (std::size_t i = 0; i < smtp::kVerbCount; ++i) {
    const Meaning meaning = meaning_of(static_cast<smtp::Verb>(i));
    check_sentence(meaning);
    CHECK_FALSE(meaning.source.empty());
  }
  for (std::size_t i = 0; i < smtp::kStateCount; ++i) {
    check_sentence(meaning_of(static_cast<smtp::State>(i)));
  }
  for (std::size_t i = 0; i < pop3::kVerbCount; ++i) {
    const auto verb = static_cast<pop3::Verb>(i);
    check_sentence(meaning_of(verb));
    CHECK_FALSE(meaning_of(verb).source.empty());
    check_sentence(meaning_of_reply(pop3::Status::Ok, verb));
    check_sentence(meaning_of_reply(pop3::Status::Err, verb));
  }
  for (std::size_t i = 0; i < pop3::kStateCount; ++i) {
    check_sentence(meaning_of(static_cast<pop3::State>(i)));
  }
  for (const auto code :
       {pop3::ResponseCode::InUse, pop3::ResponseCode::LoginDelay, pop3::ResponseCode::SysTemp,
        pop3::ResponseCode::SysPerm, pop3::ResponseCode::Auth}) {
    check_words(meaning_of(code));
  }
  check_sentence(meaning_of_reply(pop3::Status::Ok, std::nullopt));
  check_sentence(meaning_of_reply(pop3::Status::Err, std::nullopt));
}

TEST_CASE("every reply that our servers send has a meaning of its own", "[export][meanings]") {
  const std::vector<Answer> answers = replies_in_sources();
  std::set<int> codes{214, 220, 221, 250, 354};  // these two bear no enhanced code: 220, 354
  for (const Answer& answer : answers) {
    codes.insert(answer.code);
    INFO(answer.status.text());
    CHECK(is_known(answer.status));
    check_words(meaning_of_class(answer.status));
    check_words(meaning_of_subject(answer.status));
    check_words(meaning_of_detail(answer.status));
  }
  CHECK(answers.size() > 30);
  for (const int code : codes) {
    INFO(code);
    const Meaning meaning = meaning_of_reply(code, std::nullopt);
    check_sentence(meaning);
    CHECK(meaning.source != kClassOnly);
    check_words(meaning_of_first_digit(code / 100));
    check_words(meaning_of_second_digit(code / 10 % 10));
  }
  check_sentence(meaning_of_reply(299, std::nullopt));
  CHECK(meaning_of_reply(299, std::nullopt).source == kClassOnly);
  CHECK_FALSE(is_known({5, 9, 9}));
  check_words(meaning_of_detail({5, 9, 9}));
}

TEST_CASE("a reply is explained by what it answers", "[export][meanings]") {
  const auto english = [](int code, std::optional<smtp::Verb> to) {
    return std::string(meaning_of_reply(code, to).english);
  };
  CHECK_THAT(english(250, smtp::Verb::Rcpt), ContainsSubstring("recipient"));
  CHECK_THAT(english(250, smtp::Verb::Mail), ContainsSubstring("sender"));
  CHECK_THAT(english(250, smtp::Verb::EndOfData), ContainsSubstring("answers for it"));
  CHECK_THAT(english(550, smtp::Verb::Rcpt), ContainsSubstring("bounce"));
  CHECK(english(250, smtp::Verb::Noop) == english(250, std::nullopt));
}

TEST_CASE("every kind of event has a meaning in both languages", "[export][meanings]") {
  Prng prng(3);
  for (std::size_t kind = 0; kind < test::kPayloadKinds; ++kind) {
    const journal::Payload payload = test::random_payload(kind, prng, test::Range::Full);
    INFO(journal::payload_name(payload));
    check_sentence(meaning_of(payload));
    check_sentence(explain(payload));
  }
}

TEST_CASE("parts of a line have names, and extensions a meaning", "[export][meanings]") {
  for (std::size_t i = 0; i < kPartKinds; ++i) {
    const auto kind = static_cast<PartKind>(i);
    CHECK(name_of(kind).english.empty() == (kind == PartKind::Blank));
    CHECK(name_of(kind).indonesian.empty() == (kind == PartKind::Blank));
  }
  for (const char* keyword :
       {"PIPELINING", "SIZE", "8bitmime", "ENHANCEDSTATUSCODES", "SMTPUTF8"}) {
    REQUIRE(meaning_of_extension(keyword));
    check_words(*meaning_of_extension(keyword));
  }
  for (const char* name : {"SIZE", "body", "SMTPUTF8"}) REQUIRE(meaning_of_parameter(name));
  CHECK_FALSE(meaning_of_extension("XNOTHING"));
  CHECK_FALSE(meaning_of_parameter(""));
}
