// Whatever a mail is made of, its reader gets exactly the octets that its writer sent, below the
// fields that were added on the way.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/prng.hpp"
#include "mail/message.hpp"
#include "play.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

namespace {

constexpr std::size_t kLongestLine = 998;  // without CRLF (RFC 5322 section 2.1.1)

// Octets that may stand in a line: all but NUL, CR and LF.
std::string random_line(Prng& prng, std::size_t octets) {
  std::string line;
  while (line.size() < octets) {
    const char c = prng.chance(800) ? static_cast<char>(prng.between(0x20, 0x7E))
                                    : static_cast<char>(prng.between(1, 255));
    if (c != '\r' && c != '\n') line += c;
  }
  return line;
}

std::string body_line(Prng& prng) {
  switch (prng.below(10)) {
    case 0: return "";
    case 1: return ".";
    case 2: return std::string(static_cast<std::size_t>(prng.between(2, 5)), '.');
    case 3: return "." + random_line(prng, prng.below(60));
    case 4: return "QUIT";
    case 5: return random_line(prng, kLongestLine);
    case 6: return "From " + random_line(prng, 10);
    default: return random_line(prng, prng.below(80));
  }
}

std::string header_field(Prng& prng) {
  static constexpr const char* kNames[] = {"Subject", "From",       "To",      "Date",
                                           "X-Odd",   "Message-ID", "Received"};
  std::string field = std::string(kNames[prng.below(7)]) + ": " + random_line(prng, prng.below(70));
  while (prng.chance(250))
    field +=
        "\r\n" + std::string(prng.chance(500) ? " " : "\t") + random_line(prng, 1 + prng.below(70));
  return field + "\r\n";
}

// At least `octets` of body.
std::string random_body(Prng& prng, std::size_t octets) {
  std::string body;
  while (body.size() < octets) body += body_line(prng) + "\r\n";
  return body;
}

std::size_t random_body_octets(Prng& prng) {
  if (prng.chance(5)) return prng.below(100'000);
  if (prng.chance(100)) return 0;
  return prng.below(1'500);
}

// A mail that says which it is; sometimes its last line has no end yet.
std::string random_mail(Prng& prng, int number) {
  std::string mail = fmt::format("X-Number: {}\r\n", number);
  while (prng.chance(700)) mail += header_field(prng);
  if (prng.chance(30)) return mail;  // nothing but a header
  mail += "\r\n" + random_body(prng, random_body_octets(prng));
  if (prng.chance(100)) mail.resize(mail.size() - 2);
  return mail;
}

std::string with_last_line_end(std::string mail) {
  if (!mail.ends_with("\r\n")) mail += "\r\n";
  return mail;
}

int number_of(const std::string& letter) {
  const mail::Message message{Bytes(letter)};
  const auto field = message.find("X-Number");
  return field ? std::stoi(std::string(field->value())) : -1;
}

bool only_fields_of_the_way(const std::string& added) {
  static const std::set<std::string> kAllowed{"Return-Path", "Received", "Date", "Message-ID"};
  const mail::Message fields{Bytes(added)};
  return fields.body().empty() &&
         std::all_of(fields.fields().begin(), fields.fields().end(), [&](const mail::Field& field) {
           return kAllowed.count(std::string(field.name)) == 1;
         });
}

// Budi fetches in delete mode, Cici in keep mode; every mail goes to both.
world::Scenario two_readers(std::uint32_t segment_bytes, std::uint64_t seed) {
  world::Scenario scenario = scenario_of(kPost + kBudi + R"([[account]]
address = "cici@b.example"
password = "rahasia"
host = "mx.b.example"
[[device]]
name = "desktop"
[[device.fetch]]
account = "cici@b.example"
)");
  world::LinkSpec link;
  link.segment_bytes = segment_bytes;
  link.random_segments = true;
  scenario.links = {link};
  scenario.seed = seed;
  return scenario;
}

void poll_at(world::Scenario& scenario, Duration at) {
  for (const char* device : {"phone", "desktop"}) {
    scenario.happenings.push_back({VirtualTime{} + at, world::PollNow{device, ""}});
  }
}

// Whether every mail is there once, as it was sent. Tells the first that is not.
void check_letters(const Words& letters, const Words& mails) {
  std::vector<int> times(mails.size());
  for (const std::string& letter : letters) {
    const int number = number_of(letter);
    REQUIRE(number >= 0);
    ++times.at(static_cast<std::size_t>(number));
    INFO("mail " << number);
    const std::string sent = with_last_line_end(mails[static_cast<std::size_t>(number)]);
    const bool same = letter.ends_with(sent);
    REQUIRE(same);
    const bool nothing_else = only_fields_of_the_way(letter.substr(0, letter.size() - sent.size()));
    REQUIRE(nothing_else);
  }
  const bool each_once = std::all_of(times.begin(), times.end(), [](int n) { return n == 1; });
  CHECK(each_once);
}

void walk(const Words& mails, std::uint32_t segment_bytes, std::uint64_t seed) {
  world::Scenario scenario = two_readers(segment_bytes, seed);
  Duration at;
  for (const std::string& mail : mails) {
    send_raw(scenario, at, {"budi@b.example", "cici@b.example"}, mail);
    at = at + milliseconds(100);
  }
  poll_at(scenario, at - milliseconds(50) * static_cast<std::int64_t>(mails.size()));  // half-way
  poll_at(scenario, at + hours(1));
  poll_at(scenario, at + hours(3));
  Play play(std::move(scenario));
  play.run();
  check_letters(play.letters("phone"), mails);
  check_letters(play.letters("desktop"), mails);
  CHECK(play.letters_at("mx.b.example", "budi") == 0);
  CHECK(play.letters_at("mx.b.example", "cici") == mails.size());
  CHECK(play.world().find("laptop")->user_agent->outbox().empty());
}

}  // namespace

TEST_CASE("10,000 random mails arrive with exactly the octets that were sent, however they are cut",
          "[nodes][property]") {
  struct Run {
    std::uint32_t segment_bytes;
    int mails;
    std::uint64_t seed;
  };
  for (const Run run : {Run{1, 40, 1}, Run{2, 60, 2}, Run{17, 400, 3}, Run{128, 1'500, 4},
                        Run{536, 3'000, 5}, Run{1'460, 5'000, 6}}) {
    INFO("segments of 1 to " << run.segment_bytes << " octets, seed " << run.seed);
    Prng prng(run.seed);
    Words mails;
    for (int i = 0; i < cases(run.mails); ++i) mails.push_back(random_mail(prng, i));
    walk(mails, run.segment_bytes, run.seed);
  }
}

TEST_CASE("A mail of 10 MB arrives with exactly the octets that were sent", "[nodes][property]") {
  Prng prng(7);
  walk({"X-Number: 0\r\n\r\n" + random_body(prng, kSanitized ? 500'000 : 10'000'000)}, 1'460, 7);
}

TEST_CASE("Mails at the edges of what may be sent arrive as they are", "[nodes][property]") {
  const Words bodies = {
      "",                                                   // nothing but a header
      "\r\n",                                               // an empty body
      "\r\n.\r\n",                                          // the end of data, as a line
      "\r\n.\r\n.\r\n..\r\n...\r\n",                        //
      "\r\n\r\n.\r\nQUIT\r\n",                              //
      "\r\n" + std::string(kLongestLine, '.') + "\r\n",     //
      "\r\n" + std::string(kLongestLine, 'x') + "\r\n",     //
      "\r\n" + std::string(kLongestLine, '\xE9') + "\r\n",  //
      "\r\nno line end",                                    //
      "\r\n.",                                              //
      "\r\n\r\n\r\n\r\n",                                   //
      "Subject: a\r\n b\r\n\tc\r\n\r\nfolded\r\n",          //
      "\r\n+OK\r\n-ERR\r\n354 go on\r\n250 ok\r\n",         //
  };
  for (const std::uint32_t segment_bytes : {1U, 3U, 1'460U}) {
    INFO("segments of 1 to " << segment_bytes << " octets");
    Words mails;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
      mails.push_back(fmt::format("X-Number: {}\r\n{}", i, bodies[i]));
    }
    walk(mails, segment_bytes, 1);
  }
}
