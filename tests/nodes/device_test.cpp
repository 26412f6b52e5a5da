// Devices that fetch: delete and keep, two devices, cut lines, quota, days, full storage, polls.
#include "play.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

namespace {

// Budi's second device, in keep mode, and a slow line that keeps the first one busy.
const std::string kTwoInKeepMode = R"([[host]]
name = "mx.b.example"
roles = ["mailbox", "maa"]
[[account]]
address = "budi@b.example"
password = "rahasia"
host = "mx.b.example"
[[device]]
name = "phone"
[[device.fetch]]
account = "budi@b.example"
[[device]]
name = "desktop"
[[device.fetch]]
account = "budi@b.example"
)";

std::string poll(const std::string& at, const std::string& device) {
  return event(at, "poll = {device = \"" + device + "\"}");
}

const std::string kThreeLetters = letter("0 s", "budi@b.example", R"(, subject = "one")") +
                                  letter("1 s", "budi@b.example", R"(, subject = "two")") +
                                  letter("2 s", "budi@b.example", R"(, subject = "three")");

std::string with_quota(const std::string& quota) {
  std::string text = kBudi;
  const std::string host = "host = \"mx.b.example\"\n";
  return text.insert(text.find(host), "quota = \"" + quota + "\"\n");
}

std::string budi_in_mode(const std::string& mode) {
  std::string text = kBudi;
  const std::string before = "mode = \"delete\"\n";
  return text.replace(text.find(before), before.size(), mode);
}

}  // namespace

TEST_CASE("In delete mode letters leave the server with QUIT; in keep mode they stay",
          "[nodes][pop3]") {
  struct Row {
    const char* mode;
    std::size_t left;
  };
  for (const Row row : {Row{"mode = \"delete\"\n", 0}, Row{"mode = \"keep\"\n", 3}}) {
    INFO(row.mode);
    Play play(kPost + budi_in_mode(row.mode) + kThreeLetters + poll("1 min", "phone") +
              poll("2 min", "phone"));
    play.run();
    CHECK(play.letters("phone").size() == 3);
    CHECK(play.letters_at("mx.b.example", "budi") == row.left);
    CHECK(play.polls() == Words{"3 new", "0 new"});
    CHECK(play.letters("phone") == play.delivered("budi"));
  }
}

TEST_CASE("A second device is told [IN-USE] while the first holds the lock, and fetches later",
          "[nodes][pop3]") {
  const std::string slow_phone =
      event("50 s", R"(fault = {kind = "slow", machine = "phone", bandwidth = "200 B/s"})");
  Play play(kPost + kTwoInKeepMode + kThreeLetters + slow_phone + poll("1 min", "phone") +
            poll("62 s", "desktop") + poll("30 min", "desktop"));
  play.run();
  const Words polls = play.polls();
  REQUIRE(polls.size() == 3);
  CHECK_THAT(polls[0], ContainsSubstring("0 new: "));
  CHECK_THAT(polls[0], ContainsSubstring("[IN-USE]"));
  CHECK(polls[1] == "3 new");
  CHECK(polls[2] == "3 new");
}

TEST_CASE("Two devices in keep mode have a copy each, and a read mark stays where it was made",
          "[nodes][pop3]") {
  Play play(kPost + kTwoInKeepMode + kThreeLetters + poll("1 min", "phone") +
            event("2 min", R"(read = {device = "phone", letter = 2})") + poll("3 min", "desktop") +
            poll("4 min", "phone"));
  play.run();
  CHECK(play.letters("phone") == play.letters("desktop"));
  CHECK(play.polls() == Words{"3 new", "3 new", "0 new"});
  CHECK(play.letters_at("mx.b.example", "budi") == 3);
  for (const store::DeviceLetter& letter : play.world().find("phone")->store->letters()) {
    CHECK((letter.mark == store::ReadMark::Read) == (letter.index.value() == 2));
  }
  for (const store::DeviceLetter& letter : play.world().find("desktop")->store->letters()) {
    CHECK(letter.mark == store::ReadMark::Unread);
  }
}

TEST_CASE("A line cut after DELE deletes nothing, and the letter is not stored a second time",
          "[nodes][pop3][faults]") {
  for (const char* verb : {"DELE", "QUIT"}) {
    INFO("cut at " << verb);
    Play play(
        kPost + kBudi + kThreeLetters +
        event("30 s", std::string(R"(cut = {host = "mx.b.example", protocol = "pop3", verb = ")") +
                          verb + "\"}") +
        poll("1 min", "phone") + poll("2 min", "phone"));
    play.run_until(seconds(90));
    const bool deleted_at_quit = std::string(verb) == "QUIT";
    const std::size_t fetched = play.letters("phone").size();
    CHECK(fetched == (deleted_at_quit ? 3U : 1U));
    // QUIT had reached the server, DELE alone deletes nothing.
    CHECK(play.letters_at("mx.b.example", "budi") == (deleted_at_quit ? 0U : 3U));
    CHECK(play.all<journal::LetterUnmarked>().size() == (deleted_at_quit ? 0U : 1U));
    play.run();
    CHECK(play.letters("phone") == play.delivered("budi"));
    CHECK(play.letters_at("mx.b.example", "budi") == 0);
  }
}

TEST_CASE("A line cut in the middle of a letter stores nothing of it", "[nodes][pop3][faults]") {
  Play play(
      kPost + kBudi + letter("0 s", "budi@b.example", R"(, fill = "20 KB")") +
      event("1 min",
            R"(fault = {kind = "reset", machine = "phone", after = "10 KB", lasts = "1 min"})") +
      poll("61 s", "phone") + poll("3 min", "phone"));
  play.run();
  REQUIRE(play.polls().size() == 2);
  CHECK_THAT(play.polls()[0], ContainsSubstring("0 new: "));
  CHECK(play.polls()[1] == "1 new");
  CHECK(play.letters("phone") == play.delivered("budi"));
}

TEST_CASE("A full mailbox says 452 4.2.2, and the mail waits until the device has fetched",
          "[nodes][pop3][mta]") {
  Play play(kPost + with_quota("5 KB") + letter("0 s", "budi@b.example", R"(, fill = "3 KB")") +
            letter("10 s", "budi@b.example", R"(, fill = "3 KB")") + poll("1 min", "phone"));
  play.run_until(minutes(20));
  CHECK(play.settled() == Words{"budi@b.example Relayed", "budi@b.example Deferred"});
  CHECK_THAT(play.reasons()[1], ContainsSubstring("452 4.2.2 "));
  CHECK(play.all<journal::QuotaExceeded>().size() == 1);
  CHECK(play.letters_at("mx.b.example", "budi") == 0);
  play.run();
  CHECK(play.settled().back() == "budi@b.example Relayed");
  CHECK(play.letters_at("mx.b.example", "budi") == 1);
  CHECK(play.bounces().empty());
}

TEST_CASE(
    "A mailbox that stays full brings the mail back when it expires, with what the server said",
    "[nodes][mta]") {
  Play play(kPost + with_quota("5 KB") + letter("0 s", "budi@b.example", R"(, fill = "3 KB")") +
            letter("10 s", "budi@b.example", R"(, fill = "3 KB")"));
  play.run();
  REQUIRE(play.bounces().size() == 1);
  CHECK(play.bounces()[0].recipients.at(0).status.text() == "4.4.7");
  CHECK_THAT(play.bounces()[0].recipients[0].diagnostic_code, ContainsSubstring("452 4.2.2 "));
}

TEST_CASE("A mail that is larger than the whole mailbox comes back at once, with 552 5.2.3",
          "[nodes][mta]") {
  Play play(kPost + with_quota("1 KB") + letter("0 s", "budi@b.example", R"(, fill = "3 KB")"));
  play.run();
  CHECK(play.settled() == Words{"budi@b.example Failed", "ani@a.example Relayed"});
  CHECK_THAT(play.reasons().at(0), ContainsSubstring("552 5.2.3 "));
}

TEST_CASE("A letter kept for some days is deleted at the first poll after them", "[nodes][pop3]") {
  Play play(kPost + budi_in_mode("mode = \"keep 14 days\"\n") + kThreeLetters +
            poll("1 min", "phone") + poll("13 d", "phone") + poll("14 d", "phone") +
            poll("15 d", "phone"));
  play.run_until(days(14) + minutes(10));
  CHECK(play.letters_at("mx.b.example", "budi") == 3);  // a minute is missing
  play.run();
  CHECK(play.letters_at("mx.b.example", "budi") == 0);
  CHECK(play.letters("phone").size() == 3);
  CHECK(play.polls() == Words{"3 new", "0 new", "0 new", "0 new"});
}

TEST_CASE("A letter that does not fit stays on the server until there is room, also in delete mode",
          "[nodes][pop3]") {
  std::string budi = kBudi;
  budi.replace(budi.find("name = \"phone\"\n"), 15, "name = \"phone\"\nstorage = \"5 KB\"\n");
  Play play(kPost + budi + letter("0 s", "budi@b.example", R"(, fill = "3 KB")") +
            letter("10 s", "budi@b.example", R"(, fill = "3 KB")") + poll("1 min", "phone") +
            event("2 min", R"(remove = {device = "phone", letter = 1})") + poll("3 min", "phone"));
  play.run_until(seconds(90));
  CHECK(play.all<journal::DeviceFull>().size() == 1);
  CHECK(play.letters_at("mx.b.example", "budi") == 1);
  play.run();
  CHECK(play.polls() == Words{"1 new", "1 new"});
  CHECK(play.letters_at("mx.b.example", "budi") == 0);
}

TEST_CASE("A letter thrown away on a device is not fetched again", "[nodes][pop3]") {
  Play play(kPost + kTwoInKeepMode + kThreeLetters + poll("1 min", "phone") +
            event("2 min", R"(remove = {device = "phone", letter = 1})") + poll("3 min", "phone"));
  play.run();
  CHECK(play.letters("phone").size() == 2);
  CHECK(play.polls() == Words{"3 new", "0 new"});
}

TEST_CASE("A device asks at its interval, and does not keep a run going for that",
          "[nodes][pop3]") {
  Play play(kPost + "[run]\nuntil = \"1 h\"\n" +
            budi_in_mode("mode = \"keep\"\nevery = \"15 min\"\n") + kThreeLetters);
  play.run();
  std::vector<std::int64_t> minutes_of_polls;
  for (const journal::Event* event : play.all<journal::PollStarted>()) {
    minutes_of_polls.push_back(event->time.us / 60'000'000);
  }
  CHECK(minutes_of_polls == std::vector<std::int64_t>{15, 30, 45, 60});
  CHECK(play.polls() == Words{"3 new", "0 new", "0 new", "0 new"});
}

TEST_CASE("A wrong password is a poll that failed, and another account is asked all the same",
          "[nodes][pop3]") {
  std::string text = kPost + budi_in_mode("password = \"salah\"\n") +
                     "[[device.fetch]]\naccount = \"ani@a.example\"\n";
  Play play(text + letter("0 s", R"(budi@b.example", "ani@a.example)") + poll("1 min", "phone"));
  play.run();
  const Words polls = play.polls();
  REQUIRE(polls.size() == 2);
  CHECK(count(polls[0] + polls[1], "-ERR") == 1);
  CHECK(play.letters("phone").size() == 1);
}

TEST_CASE("A letter can be fetched by APOP", "[nodes][pop3]") {
  Play play(kPost + budi_in_mode("mode = \"delete\"\nlogin = \"apop\"\n") + kThreeLetters +
            poll("1 min", "phone"));
  play.run();
  CHECK(play.polls() == Words{"3 new"});
}

TEST_CASE("A whole run with faults has the same fingerprint for the same seed, another for another",
          "[nodes][property]") {
  const auto fingerprint = [](int seed) {
    Play play(kPost + kBudi + "[run]\nseed = " + std::to_string(seed) +
              "\n[network]\nrandom_segments = true\n" + kThreeLetters +
              event("30 s", R"(cut = {host = "mx.b.example", verb = "DELE"})") +
              poll("1 min", "phone") + poll("2 min", "phone"));
    play.run();
    return play.journal().fingerprint();
  };
  CHECK(fingerprint(1) == fingerprint(1));
  CHECK(fingerprint(1) != fingerprint(2));
}
