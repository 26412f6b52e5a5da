// TLS and logging in, from the outbox to the device: what arrives, what is seen on the line, and
// what becomes of mail where there is no TLS.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "journal/session_lines.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/payloads_of.hpp"
#include "tests/support/shipped_lesson.hpp"
#include "tests/world/visit.hpp"
#include "world/scenario_file.hpp"
#include "world/world.hpp"

namespace mailwalk::world {
namespace {

// What goes over the lines of the sessions that are encrypted, or of those that are not.
std::string on_the_line(const journal::Journal& journal, journal::Cover cover) {
  std::vector<ConnectionId> covered;
  for (const journal::Session& session : journal::sessions(journal)) {
    if (session.tls) covered.push_back(session.connection);
  }
  std::string octets;
  for (const journal::Event& event : journal) {
    const bool is_covered =
        std::find(covered.begin(), covered.end(), event.connection) != covered.end();
    const auto* sent = journal::payload_if<journal::BytesSent>(event);
    if (sent != nullptr && is_covered == (cover == journal::Cover::Encrypted)) {
      octets += sent->bytes.view();
    }
  }
  return octets;
}

// A device that submits with TLS as it wishes, to an MTA that offers it or not, or says 454.
Scenario submission(const std::string& wish, const std::string& offer, const std::string& event) {
  const std::string text =
      "[lesson]\nid = \"tls\"\n"
      "[[host]]\nname = \"mta.a.example\"\nroles = [\"mta\", \"mailbox\"]\n"
      "smtp = {tls = \"" +
      offer +
      "\", auth = \"plain\"}\n"
      "[[host]]\nname = \"ns.example\"\nroles = [\"names\"]\n"
      "[[account]]\naddress = \"ani@a.example\"\npassword = \"rahasia\"\n"
      "[[device]]\nname = \"laptop\"\nmail = \"ani@a.example\"\nsubmit_to = \"mta.a.example\"\n"
      "auth = \"plain\"\ntls = \"" +
      wish + "\"\n" + event +
      "[[event]]\nat = \"1 s\"\n"
      "compose = {device = \"laptop\", to = \"ani@a.example\", body = \"Halo\"}\n";
  auto scenario = parse_scenario(text, "tls.toml", [](const std::string& name) {
    return Result<Bytes>(Error{"there is no " + name, "", "", 0, 0});
  });
  for (const Error& error : scenario.errors()) UNSCOPED_INFO(error.text());
  REQUIRE(scenario.ok());
  return std::move(*scenario);
}

bool was_submitted(const World& world) {
  return !test::payloads_of<journal::MailSubmitted>(world.journal()).empty();
}
// "AUTH PLAIN AGFuaUBhLmV4YW1wbGUAcmFoYXNpYQ==" in the clear.
bool password_was_shown(const World& world) {
  const std::string octets = on_the_line(world.journal(), journal::Cover::Open);
  return octets.find("AUTH PLAIN ") != std::string::npos;
}

TEST_CASE("What is said under TLS arrives, and is not seen on the line", "[world][tls]") {
  World world(test::shipped_lesson("reading-along"));
  REQUIRE(world.run().ok());
  const std::string open = on_the_line(world.journal(), journal::Cover::Open);
  const std::string encrypted = on_the_line(world.journal(), journal::Cover::Encrypted);
  CHECK(open.find("nilai ujianmu 87") != std::string::npos);
  CHECK(open.find("kopi-tubruk") != std::string::npos);
  CHECK(encrypted.find("nilai ujianmu") == std::string::npos);
  CHECK(encrypted.find("kopi-tubruk") == std::string::npos);
  CHECK(encrypted.find("smtp.kampus.example") != std::string::npos);  // in the ClientHello
  const auto stored = test::payloads_of<journal::LetterStored>(world.journal());
  REQUIRE(stored.size() == 4);
  CHECK(stored[0].content == stored[2].content);
  CHECK(stored[1].content == stored[3].content);
  for (const journal::TlsEstablished& tls :
       test::payloads_of<journal::TlsEstablished>(world.journal())) {
    CHECK((tls.trust == journal::Trust::Trusted) == (tls.side == journal::Side::Client));
  }
  CHECK(test::payloads_of<journal::TlsBroken>(world.journal()).empty());
}

// Each says close_notify, and hears the other's before it closes the line.
TEST_CASE("A session under TLS ends in order, and nothing is lost with that", "[world][tls]") {
  const auto check = [](const journal::Journal& journal) {
    CHECK_FALSE(test::payloads_of<journal::TlsEstablished>(journal).empty());
    CHECK(test::payloads_of<journal::BytesLost>(journal).empty());
    CHECK(test::payloads_of<journal::TlsBroken>(journal).empty());
    for (const journal::Session& session : journal::sessions(journal)) {
      if (session.tls) CHECK(session.end == journal::Session::End::Closed);
    }
  };
  SECTION("in virtual time") {
    World world(test::shipped_lesson("reading-along"));
    REQUIRE(world.run().ok());
    check(world.journal());
  }
  SECTION("on real TCP") {
    test::LiveStage stage(test::shipped_lesson("reading-along"));
    stage.go_on_to_the_end();
    check(stage.run.world().journal());
  }
}

TEST_CASE("Who insists on TLS keeps mail and password back where there is none", "[world][tls]") {
  const std::string unavailable =
      "[[event]]\nat = \"0 s\"\nanswer = {host = \"mta.a.example\", verb = \"STARTTLS\", "
      "times = 0, reply = \"454 4.7.0 not now\"}\n";
  struct Row {
    const char* wish;
    const char* offer;
    const std::string event;
    bool submitted;
    bool shown;
  };
  const Row rows[] = {
      {"never", "none", "", true, true},
      {"never", "offered", "", true, true},
      {"never", "required", "", false, false},
      {"opportunistic", "none", "", true, true},
      {"opportunistic", "offered", "", true, false},
      {"opportunistic", "offered", unavailable, true, true},
      {"required", "none", "", false, false},
      {"required", "offered", "", true, false},
      {"required", "required", "", true, false},
      {"required", "offered", unavailable, false, false},
      {"implicit", "none", "", false, false},
      {"implicit", "offered", "", true, false},
  };
  for (const Row& row : rows) {
    INFO(row.wish << " " << row.offer << " " << row.event);
    World world(submission(row.wish, row.offer, row.event));
    REQUIRE(world.run().ok());
    CHECK(was_submitted(world) == row.submitted);
    CHECK(password_was_shown(world) == row.shown);
  }
}

TEST_CASE("The trouble with TLS is told by its name", "[world][tls]") {
  World world(submission("required", "none", ""));
  REQUIRE(world.run().ok());
  const auto deferred = test::payloads_of<journal::SubmissionDeferred>(world.journal());
  REQUIRE_FALSE(deferred.empty());
  CHECK(deferred.front().trouble == journal::Trouble::NoTls);
}

TEST_CASE("A run with TLS is the same each time, octet for octet", "[world][tls]") {
  const auto fingerprint = [](std::uint64_t seed) {
    Scenario scenario = test::shipped_lesson("reading-along");
    scenario.seed = seed;
    World world(std::move(scenario));
    REQUIRE(world.run().ok());
    return world.journal().fingerprint();
  };
  CHECK(fingerprint(4) == fingerprint(4));
  CHECK(fingerprint(4) != fingerprint(5));
}

}  // namespace
}  // namespace mailwalk::world
