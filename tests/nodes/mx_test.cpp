// Which hosts an MTA asks, in which order, and when it stops asking (RFC 5321 section 5.1).
#include <set>

#include "play.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

namespace {

Manners greets(const std::string& greeting) {
  Manners manners;
  manners.greeting = greeting;
  return manners;
}

Manners is(Presence presence) {
  Manners manners;
  manners.presence = presence;
  return manners;
}

const std::string kToBudi = letter("0 s", "budi@c.example");
// Longer than any client timeout, shorter than the first retry.
constexpr Duration kOneAttempt = minutes(29);

}  // namespace

TEST_CASE("Q02, Q03, Q04, Q05: what a host does decides whether the next MX is asked",
          "[nodes][mta][dns]") {
  struct Row {
    const char* what;
    Manners best;
    Manners second;
    const char* called;
    const char* settled;
  };
  const char* const relayed = "budi@c.example Relayed";
  const char* const deferred = "budi@c.example Deferred";
  const char* const failed = "budi@c.example Failed";
  const std::vector<Row> rows = {
      {"the best takes it", {}, {}, "m1", relayed},
      {"Q02 connection refused", is(Presence::Refuses), {}, "m1 m2", relayed},
      {"Q02 unreachable", is(Presence::Absent), {}, "m1 m2", relayed},
      {"Q02 silent greeting", greets(""), {}, "m1 m2", relayed},
      {"Q02 421 greeting", greets("421 4.3.2 not now"), {}, "m1 m2", relayed},
      {"Q02 line cut at the greeting", greets("cut"), {}, "m1 m2", relayed},
      {"Q03 554 greeting", greets("554 no mail here"), {}, "m1 m2", relayed},
      {"Q04 4xx to EHLO", says("EHLO", "451 later"), {}, "m1 m2", relayed},
      {"Q04 4xx to MAIL", says("MAIL", "451 4.3.0 later"), {}, "m1 m2", relayed},
      {"Q04 4xx to RCPT", says("RCPT", "450 4.2.1 later"), {}, "m1 m2", relayed},
      {"Q04 4xx to DATA", says("DATA", "451 4.3.0 later"), {}, "m1 m2", relayed},
      {"Q04 4xx after the final dot", says(".", "452 4.3.1 later"), {}, "m1 m2", relayed},
      {"421 to RCPT", says("RCPT", "421 4.3.2 closing"), {}, "m1 m2", relayed},
      {"line cut at RCPT", says("RCPT", "cut"), {}, "m1 m2", relayed},
      {"no reply to MAIL", says("MAIL", ""), {}, "m1 m2", relayed},
      {"no SMTP at all", greets("HTTP/1.1 400 Bad Request"), {}, "m1 m2", relayed},
      {"Q05 5xx to MAIL", says("MAIL", "550 5.7.1 no"), {}, "m1", failed},
      {"Q05 5xx to RCPT", says("RCPT", "550 5.1.1 who?"), {}, "m1", failed},
      {"Q05 5xx to DATA", says("DATA", "554 5.0.0 no"), {}, "m1", failed},
      {"Q05 5xx after the final dot", says(".", "554 5.6.0 no"), {}, "m1", failed},
      {"Q02 nobody is there", is(Presence::Refuses), is(Presence::Absent), "m1 m2", deferred},
      {"Q04 4xx everywhere", says("RCPT", "450 no"), says(".", "451 no"), "m1 m2", deferred},
      {"4xx, then 5xx", says("RCPT", "450 no"), says("RCPT", "550 no"), "m1 m2", failed},
      {"554 greeting, then refused", greets("554 no"), is(Presence::Refuses), "m1 m2", deferred},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    Play play(kPost + mail_domain("c.example", {{10, 1}, {20, 2}}) + kToBudi,
              {row.best, row.second});
    play.run_until(kOneAttempt);
    CHECK(play.called().substr(0, std::string(row.called).size()) == row.called);
    CHECK(play.settled().front() == row.settled);
    const bool one_attempt = std::string(row.settled) == failed || play.called() == row.called;
    CHECK(one_attempt);  // a bounce is a call of its own, to Ani's server
  }
}

TEST_CASE("Q01: mail exchangers are asked in ascending order of their preference",
          "[nodes][mta][dns]") {
  Play play(kPost + mail_domain("c.example", {{30, 1}, {10, 2}, {20, 3}, {0, 4}}) + kToBudi,
            std::vector<Manners>(4, is(Presence::Refuses)));
  play.run_until(kOneAttempt);
  CHECK(play.called() == "m4 m2 m3 m1");
}

TEST_CASE("Q01: the seed shuffles exchangers of equal preference, and only these",
          "[nodes][mta][dns]") {
  std::set<std::string> orders;
  for (int seed = 1; seed <= 40; ++seed) {
    const std::string text = kPost + "[run]\nseed = " + std::to_string(seed) + "\n" +
                             mail_domain("c.example", {{5, 1}, {20, 2}, {20, 3}, {20, 4}}) +
                             kToBudi;
    const auto order = [&] {
      Play play(text, std::vector<Manners>(4, is(Presence::Refuses)));
      play.run_until(kOneAttempt);
      return play.called();
    };
    orders.insert(order());
    CHECK(orders.count(order()) == 1);  // the same seed gives the same order
  }
  CHECK(orders == std::set<std::string>{"m1 m2 m3 m4", "m1 m2 m4 m3", "m1 m3 m2 m4", "m1 m3 m4 m2",
                                        "m1 m4 m2 m3", "m1 m4 m3 m2"});
}

TEST_CASE("Q06: without MX the domain's own address stands for one", "[nodes][mta][dns]") {
  Play play(kPost + "[[domain]]\nname = \"c.example\"\naddress = \"10.0.0.1\"\n" + kToBudi, {{}});
  play.run();
  CHECK(play.called() == "m1");
  CHECK(play.settled() == Words{"budi@c.example Relayed"});
}

TEST_CASE("Q07: mail never falls back to the domain's address when its MX are out of reach",
          "[nodes][mta][dns]") {
  Play play(kPost + mail_domain("c.example", {{10, 1}}) + kToBudi, {is(Presence::Refuses), {}});
  // The domain's own address would answer.
  world::Scenario scenario = play.world().scenario();
  for (world::DomainSpec& domain : scenario.domains) {
    if (domain.name == "c.example") domain.address = IpAddress::parse("10.0.0.2");
  }
  Play with_address(scenario, {is(Presence::Refuses), {}});
  with_address.run_until(kOneAttempt);
  CHECK(with_address.called() == "m1");
  CHECK(with_address.settled() == Words{"budi@c.example Deferred"});
}

TEST_CASE("Q11: an exchanger without an address is passed over", "[nodes][mta][dns]") {
  // m9 is nobody.
  Play play(kPost + mail_domain("c.example", {{10, 9}, {20, 1}}) + kToBudi, {{}});
  play.run();
  CHECK(play.called() == "m1");
  CHECK(play.settled() == Words{"budi@c.example Relayed"});
}

TEST_CASE("Q11: if no exchanger has an address, the mail fails with 5.4.4", "[nodes][mta][dns]") {
  Play play(kPost + mail_domain("c.example", {{10, 8}, {20, 9}}) + kToBudi);
  play.run();
  CHECK(play.settled().front() == "budi@c.example Failed");
  CHECK(play.bounces().at(0).recipients.at(0).status.text() == "5.4.4");
}

namespace {

// mta.a.example is itself an exchanger of c.example.
std::string with_self(int own_preference, const std::string& more) {
  return kPost + mail_domain("c.example", {{10, 1}, {20, 2}}) +
         "[[domain.mx]]\nhost = \"mta.a.example\"\npreference = " + std::to_string(own_preference) +
         "\n" + more;
}

}  // namespace

TEST_CASE("Q13: an MTA that stands in the MX list asks only those better than itself",
          "[nodes][mta][dns]") {
  struct Row {
    int own_preference;
    const char* called;
  };
  for (const Row row : {Row{30, "m1 m2"}, Row{20, "m1"}, Row{15, "m1"}}) {
    INFO("its own preference is " << row.own_preference);
    Play play(with_self(row.own_preference, kToBudi),
              {is(Presence::Refuses), is(Presence::Refuses)});
    play.run_until(kOneAttempt);
    CHECK(play.called() == row.called);
    CHECK(play.settled() == Words{"budi@c.example Deferred"});
  }
}

TEST_CASE(
    "Q13: an MTA that is the best exchanger and does not know the domain reports a loop, 5.4.6",
    "[nodes][mta][dns]") {
  struct Row {
    const char* what;
    std::string text;
    const char* recipient;
  };
  const std::vector<Row> rows = {
      {"by its name", with_self(5, ""), "budi@c.example"},
      {"by the domain's own address",
       kPost + "[[domain]]\nname = \"d.example\"\naddress = \"mta.a.example\"\n", "budi@d.example"},
      {"by an address literal", kPost, "budi@[192.0.2.1]"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    Play play(row.text + letter("0 s", row.recipient), {{}, {}});
    REQUIRE(play.world().find("mta.a.example")->machine->address() ==
            IpAddress::parse("192.0.2.1"));
    play.run();
    CHECK(play.settled().front() == std::string(row.recipient) + " Failed");
    CHECK(play.bounces().at(0).recipients.at(0).status.text() == "5.4.6");
    CHECK(play.called() == "mx.a.example");  // with the bounce, and nowhere else
  }
}

TEST_CASE("Q13: a backup MX takes the mail and hands it on when the best one is back",
          "[nodes][mta][dns]") {
  const std::string backup = R"([[host]]
name = "backup.b.example"
roles = ["mta"]
mta = {relay_domains = ["b.example"]}
[[domain]]
name = "b.example"
mx = [{host = "mx.b.example", preference = 10}, {host = "backup.b.example", preference = 20}]
)";
  Play play(kPost + kBudi + backup +
            event("0 s", R"(fault = {kind = "refuse", machine = "mx.b.example", lasts = "1 h"})") +
            letter("1 s", "budi@b.example"));
  play.run();
  CHECK(play.called() == "mx.b.example backup.b.example mx.b.example mx.b.example mx.b.example");
  REQUIRE(play.delivered("budi").size() == 1);
  CHECK(count(play.delivered("budi")[0], "Received:") == 3);
}
