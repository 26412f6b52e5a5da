// Faults pinned to a command: a line that is cut there, an answer put into a server's mouth.
#include <fmt/format.h>

#include "play.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

namespace {

std::string cut_at(const std::string& verb, int nth) {
  return event("0 s",
               fmt::format(R"(cut = {{host = "mx.b.example", verb = "{}", nth = {}}})", verb, nth));
}

std::string answer_at(const std::string& verb, const std::string& reply) {
  return event(
      "0 s",
      fmt::format(R"(answer = {{host = "mx.b.example", verb = "{}", reply = "{}"}})", verb, reply));
}

}  // namespace

TEST_CASE("Two cuts on one verb strike at their own commands", "[nodes][faults]") {
  for (const bool swapped : {false, true}) {
    INFO("the later one is written " << (swapped ? "first" : "last"));
    const std::string first = cut_at("RCPT", 1);
    const std::string third = cut_at("RCPT", 3);
    Play play(kPost + kBudi + (swapped ? third + first : first + third) +
              letter("1 s", "budi@b.example") + letter("1 h", "budi@b.example"));
    play.run();
    // Commands 1 and 3 are cut; 2 and 4 are the two mails' second tries and pass.
    CHECK(play.all<journal::FaultInjected>().size() == 2);
    std::size_t resets = 0;
    for (const journal::Session& session : play.sessions()) {
      resets += session.end == journal::Session::End::Reset ? 1 : 0;
    }
    CHECK(resets == 2);
    CHECK(play.delivered("budi").size() == 2);
  }
}

TEST_CASE("A line cut after the final dot leaves the sender not knowing that its mail was taken",
          "[nodes][faults]") {
  Play play(kPost + kBudi + cut_at(".", 1) + letter("1 s", "budi@b.example"));
  play.run();
  CHECK(play.all<journal::FaultInjected>().size() == 1);
  // RFC 1047: the mail was delivered, the reply was lost, so it is sent again.
  CHECK(play.delivered("budi").size() == 2);
  CHECK(play.settled() == Words{"budi@b.example Deferred", "budi@b.example Relayed"});
}

TEST_CASE("A server that is made to say 250 to a mail has taken it all the same",
          "[nodes][faults]") {
  Play play(kPost + kBudi + answer_at(".", "250 2.0.0 Thank you very much") +
            letter("1 s", "budi@b.example"));
  play.run();
  CHECK(play.delivered("budi").size() == 1);
  CHECK(play.reasons().size() == 1);
  CHECK_THAT(play.reasons().at(0), ContainsSubstring("Thank you very much"));
}

TEST_CASE("A recipient whom only a script has taken is reported as lost, not forgotten",
          "[nodes][faults]") {
  Play play(kPost + kBudi + answer_at("RCPT", "250 2.1.5 Of course") +
            letter("1 s", "nobody@b.example"));
  play.run();
  CHECK(play.delivered("budi").empty());
  CHECK(play.bounces().size() == 1);
}

TEST_CASE("A slow line takes longer for a megabyte than any time-out, and all of it gets through",
          "[nodes]") {
  world::Scenario scenario = scenario_of(
      kPost + kBudi +
      "[[link]]\nbetween = [\"mta.a.example\", \"mx.b.example\"]\nbandwidth = \"1 KB/s\"\n");
  std::string mail = "Subject: long\r\n\r\n";
  while (mail.size() < 1'000'000) mail += std::string(70, 'x') + "\r\n";
  send_raw(scenario, {}, {"budi@b.example"}, mail);
  Play play(std::move(scenario));
  play.run();
  CHECK(play.delivered("budi").size() == 1);
  CHECK(play.settled() == Words{"budi@b.example Relayed"});
  CHECK(play.world().now() > VirtualTime{} + seconds(1'000));
}
