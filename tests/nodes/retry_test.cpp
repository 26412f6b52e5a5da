// When an MTA tries again, and when it gives up (RFC 5321 section 4.5.4.1), in virtual time.
#include <cstdlib>

#include "play.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

namespace {

const std::string kBudisLetter = letter("0 s", "budi@c.example");

Manners refuses() {
  Manners manners;
  manners.presence = Presence::Refuses;
  return manners;
}

// Ages in whole seconds of the mail at each attempt.
std::vector<std::int64_t> attempt_ages(const Play& play) {
  std::vector<std::int64_t> ages;
  const VirtualTime queued = play.all<journal::MailQueued>().at(0)->time;
  for (const journal::Event* event : play.all<journal::RecipientSettled>()) {
    const auto& settled = *journal::payload_if<journal::RecipientSettled>(*event);
    if (settled.recipient == "budi@c.example") {
      ages.push_back((event->time - queued).us / 1'000'000);
    }
  }
  return ages;
}

std::string with_retries(const std::string& retries) {
  std::string text = kPost;
  const std::string roles = "roles = [\"mta\"]\n";
  text.insert(text.find(roles) + roles.size(), "mta = {" + retries + "}\n");
  return text + mail_domain("c.example", {{10, 1}}) + kBudisLetter;
}

}  // namespace

TEST_CASE("Q14: by default the first retry comes after half an hour, the last within 5 days",
          "[nodes][mta]") {
  Play play(kPost + mail_domain("c.example", {{10, 1}}) + kBudisLetter, {refuses()});
  play.run();
  const auto ages = attempt_ages(play);
  REQUIRE(ages.size() > 5);
  CHECK(ages[0] == 0);
  CHECK(ages[1] == 30 * 60);
  CHECK(ages[2] == 60 * 60);
  CHECK(ages[3] == 120 * 60);
  CHECK(ages.back() >= 5 * 24 * 3600);
  CHECK(ages.back() <= 5 * 24 * 3600 + 4 * 3600);
}

TEST_CASE(
    "Q15: waits double from the least to the most, and the first failure after the lifetime is the "
    "last",
    "[nodes][mta]") {
  Play play(with_retries(R"(retry_min = "3 s", retry_max = "24 s", expiry = "90 s")"), {refuses()});
  play.run();
  // An attempt itself takes a tenth of a second or two.
  CHECK(attempt_ages(play) == std::vector<std::int64_t>{0, 3, 6, 12, 25, 49, 74, 98});
  const Words settled = play.settled();
  CHECK(settled.at(6) == "budi@c.example Deferred");
  CHECK(settled.at(7) == "budi@c.example Expired");
  CHECK(settled.back() == "ani@a.example Relayed");
}

TEST_CASE("Q23: a mail that has expired in the queue comes back with 4.4.7", "[nodes][mta]") {
  Play play(with_retries(R"(retry_min = "3 s", expiry = "10 s")"), {refuses()});
  play.run();
  REQUIRE(play.bounces().size() == 1);
  const mail::RecipientStatus status = play.bounces()[0].recipients.at(0);
  CHECK(status.status.text() == "4.4.7");
  CHECK(status.action == mail::DeliveryAction::Failed);
  CHECK(status.final_recipient.text() == "budi@c.example");
  CHECK(play.world().find("mta.a.example")->mta->queue().entries().empty());
}

TEST_CASE("Q27: when the line is lost after the final dot, the mail is sent again and not lost",
          "[nodes][mta]") {
  Manners cuts;
  cuts.replies["."] = "cut";
  Play play(kPost + mail_domain("c.example", {{10, 1}, {20, 2}}) + kBudisLetter, {cuts, {}});
  play.run_until(hours(1));
  // The same host again: another one would surely make it arrive twice.
  CHECK(play.called() == "m1 m1");
  CHECK(play.server(1).mails().size() == 2);
  CHECK(play.settled().front() == "budi@c.example Deferred");
  CHECK_THAT(play.reasons().front(), ContainsSubstring("end of data"));
}

TEST_CASE("Q27: a server whose 250 was lost has the mail twice after the next attempt",
          "[nodes][mta]") {
  Play play(kPost + kBudi + letter("0 s", "budi@b.example") +
            event("0 s", R"(cut = {host = "mx.b.example", verb = "QUIT", protocol = "smtp"})"));
  play.run();
  // A line cut at QUIT, after the 250, changes nothing.
  CHECK(play.letters_at("mx.b.example", "budi") == 1);
  CHECK(play.settled() == Words{"budi@b.example Relayed"});
}

TEST_CASE("S74: a line cut in the middle of the content delivers nothing, and later the whole mail",
          "[nodes][mta][faults]") {
  Play play(kPost + kBudi + letter("0 s", "budi@b.example", R"(, subject = "x", fill = "20 KB")") +
            event("0 s", R"(fault = {kind = "reset", between = ["mta.a.example", "mx.b.example"], )"
                         R"(after = "10 KB", lasts = "10 min"})"));
  play.run_until(minutes(10));
  CHECK(play.letters_at("mx.b.example", "budi") == 0);
  CHECK(play.settled() == Words{"budi@b.example Deferred"});
  play.run();
  CHECK(play.letters_at("mx.b.example", "budi") == 1);
  CHECK(play.delivered("budi").at(0).size() > 20'000);
}
