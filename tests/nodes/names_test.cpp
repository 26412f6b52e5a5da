// What an MTA makes of the DNS's answers.
#include "play.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

TEST_CASE("Q08, Q09: a domain that takes no mail or does not exist fails at once, with one notice",
          "[nodes][mta][dns]") {
  struct Row {
    const char* what;
    const char* domain;
    const char* status;
    const char* postfix;
    const char* why;  // ours is another
  };
  const std::vector<Row> rows = {
      {"Q08 null MX", "[[domain]]\nname = \"c.example\"\nnull_mx = true\n", "5.1.10", "5.1.0",
       "RFC 7505 section 4.2 made a code for it"},
      {"Q09 NXDOMAIN", "", "5.1.2", "5.4.4", "RFC 3463 section 3.2: the domain of an address"},
  };
  for (const Row& row : rows) {
    INFO(row.what << "; Postfix says " << row.postfix << "; " << row.why);
    CHECK(std::string(row.status).substr(0, 2) == std::string(row.postfix).substr(0, 2));
    Play play(kPost + row.domain + letter("0 s", "budi@c.example"));
    play.run();
    CHECK(play.settled() == Words{"budi@c.example Failed", "ani@a.example Relayed"});
    REQUIRE(play.bounces().size() == 1);
    CHECK(play.bounces()[0].recipients.at(0).status.text() == row.status);
    CHECK(play.bounces()[0].recipients[0].remote_mta.empty());
    CHECK(play.world().now() < VirtualTime{} + minutes(1));
  }
}

TEST_CASE("Q10: a DNS that fails or stays silent defers the mail and never bounces it",
          "[nodes][mta][dns]") {
  for (const std::string failure : {"servfail", "no-answer"}) {
    INFO(failure);
    Play play(kPost + "[[domain]]\nname = \"c.example\"\nfailure = \"" + failure + "\"\n" +
              letter("0 s", "budi@c.example"));
    play.run_until(hours(100));
    const Words settled = play.settled();
    CHECK(settled.size() > 20);
    CHECK(Words(settled.size(), "budi@c.example Deferred") == settled);
    CHECK(play.bounces().empty());
    const auto& queue = play.world().find("mta.a.example")->mta->queue().entries();
    REQUIRE(queue.size() == 1);
    CHECK(queue.begin()->second.recipients[0].last->status.text() == "4.4.3");
  }
}

TEST_CASE("Q10: a name server that is out of reach defers the mail, and the outbox waits as well",
          "[nodes][mta][dns]") {
  Play play(
      kPost + kBudi + letter("0 s", "budi@b.example") +
      event("0 s", R"(fault = {kind = "unreachable", machine = "ns.example", lasts = "1 h"})"));
  play.run();
  CHECK(play.all<journal::SubmissionDeferred>().size() > 3);
  CHECK(play.letters_at("mx.b.example", "budi") == 1);
  CHECK(play.bounces().empty());
}
