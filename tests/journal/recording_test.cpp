// What was recorded is read again, by us and by others.
#include <string>

#include "journal/event_codec.hpp"
#include "journal/event_text.hpp"
#include "journal/recording_reader.hpp"
#include "journal/recording_writer.hpp"
#include "tests/journal/recorded.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_payload.hpp"
#include "tests/support/shipped_lesson.hpp"
#include "tests/support/temporary_folder.hpp"
#include "world/world.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;

TEST_CASE("A recording gives the journal back, event for event", "[journal][recording]") {
  const TemporaryFolder folder;
  for (const char* name : {"whole-journey", "delete-mode", "keep-mode"}) {
    INFO(name);
    Journal journal = journal_of_lesson(name);
    record(journal, folder / name);
    const Result<Journal> read = read_recording(folder / name);
    REQUIRE(read.ok());
    CHECK(same_events(journal, *read));
    CHECK(read->fingerprint() == journal.fingerprint());
  }
}

TEST_CASE("Any events are read as they were written", "[journal][recording]") {
  const TemporaryFolder folder;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    INFO(seed);
    Journal journal = random_journal(seed, 300);
    const std::string path = folder / std::to_string(seed);
    record(journal, path);
    const Result<Journal> read = read_recording(path);
    if (!read) FAIL(read.error().text());
    REQUIRE(same_events(journal, *read));
  }
}

TEST_CASE("A recording is written while the run goes on", "[journal][recording]") {
  const TemporaryFolder folder;
  world::World world(shipped_lesson("delete-mode"));
  auto writer = RecordingWriter::create(folder / "run.mailwalk", Existing::Refuse);
  REQUIRE(writer.ok());
  (*writer)->follow(world.journal());
  for (int steps = 0; world.step(); ++steps) {
    if (steps % 100 != 0) continue;
    REQUIRE((*writer)->commit().ok());
    const Result<Journal> so_far = read_recording(folder / "run.mailwalk");
    REQUIRE(so_far.ok());
    REQUIRE(so_far->size() == world.journal().size());
  }
  REQUIRE((*writer)->finish().ok());
  const Result<Journal> whole = read_recording(folder / "run.mailwalk");
  REQUIRE(whole.ok());
  CHECK(whole->fingerprint() == world.journal().fingerprint());
}

TEST_CASE("A recording in which nothing happened yet is an empty journal", "[journal][recording]") {
  const TemporaryFolder folder;
  Journal journal;
  record(journal, folder / "empty");
  const Result<Journal> read = read_recording(folder / "empty");
  REQUIRE(read.ok());
  CHECK(read->empty());
}

TEST_CASE("Other programs can tell what a recording is and read it", "[journal][recording]") {
  const TemporaryFolder folder;
  Journal journal = journal_of_lesson("delete-mode");
  const std::string path = folder / "run.mailwalk";
  record(journal, path);
  CHECK(query_sql(path, "PRAGMA application_id") == std::to_string(0x4D61576B) + "\n");
  CHECK(query_sql(path, "PRAGMA user_version") == "1\n");
  CHECK(query_sql(path, "PRAGMA integrity_check") == "ok\n");
  CHECK(query_sql(path, "PRAGMA foreign_key_check") == "");
  CHECK(query_sql(path, "SELECT count(*) FROM story") == std::to_string(journal.size()) + "\n");
  CHECK_THAT(query_sql(path, "SELECT * FROM machines"), ContainsSubstring("|mx.kantor.example|"));
  const std::string lines = query_sql(path, "SELECT who, what, machine, text FROM lines");
  CHECK_THAT(lines, ContainsSubstring("C|sent|laptop-budi|DELE 1\n"));
  CHECK_THAT(lines, ContainsSubstring("S|received|laptop-budi|+OK message 1 marked"));
  CHECK_THAT(query_sql(path, "SELECT mail FROM mails WHERE kind = 'LetterStored'"),
             ContainsSubstring("Subject: "));
  CHECK(query_sql(path,
                  "SELECT printf('%016x', fingerprint) FROM events "
                  "ORDER BY position DESC LIMIT 1") == journal.fingerprint() + "\n");
}

TEST_CASE("A mail that goes through many events is stored once", "[journal][recording]") {
  const TemporaryFolder folder;
  Journal journal;
  const std::string mail(100'000, 'x');
  for (int i = 0; i < 50; ++i) {
    // Equal, and not the same octets in memory.
    journal.append({}, {}, {}, kNoEvent, ContentSent{Bytes(mail)});
  }
  record(journal, folder / "run");
  CHECK(read_octets(folder / "run").size() < 250'000);
  const Result<Journal> read = read_recording(folder / "run");
  REQUIRE(read.ok());
  CHECK(same_events(journal, *read));
  const auto content = [&](std::uint64_t at) {
    return payload_if<ContentSent>((*read)[EventPosition{at}])->content.view().data();
  };
  CHECK(content(0) == content(49));
}

TEST_CASE("What a mail has in common with itself at another place is stored once",
          "[journal][recording]") {
  const TemporaryFolder folder;
  Journal journal;
  const auto add = [&](Payload payload) {
    journal.append({}, {}, {}, kNoEvent, std::move(payload));
  };
  std::string mail = "Subject: Hai\r\n\r\n" + std::string(50'000, 'x') + "\r\n";
  for (int hop = 1; hop <= 3; ++hop) {
    add(ContentSent{Bytes(mail)});
    add(BytesSent{Bytes(mail + ".\r\n")});
    add(ContentReceived{Bytes(mail)});
    mail.insert(0, "Received: by hop " + std::to_string(hop) + "\r\n");
    add(LetterDelivered{Bytes("budi"), Bytes("1"), Bytes(mail), {}});
  }
  add(BytesSent{Bytes("+OK\r\n" + mail + ".\r\n")});
  record(journal, folder / "run");
  CHECK(read_octets(folder / "run").size() < 100'000);
  CHECK(query_sql(folder / "run", "SELECT count(*), count(core) FROM contents") == "8|7\n");
  CHECK(query_sql(folder / "run", "SELECT whole FROM texts WHERE content = 8") ==
        "+OK\r\n" + mail + ".\r\n\n");
  CHECK(query_sql(folder / "run", "SELECT mail FROM mails ORDER BY position DESC LIMIT 1") ==
        mail + "\n");
  const Result<Journal> read = read_recording(folder / "run");
  REQUIRE(read.ok());
  CHECK(same_events(journal, *read));
}

TEST_CASE("Beside an event stands what people can read in it, and nothing long",
          "[journal][recording]") {
  const auto command = [](const std::string& line) {
    return CommandSent{smtp::Verb::Helo, Secrecy::Open, Bytes(line)};
  };
  CHECK(short_text(command("HELO x")) == "HELO x");
  CHECK(short_text(command("HELO \xE9")) == "HELO \xEF\xBF\xBD");
  CHECK(short_text(command(std::string(1'000, 'x'))).size() == 1'000);
  CHECK(short_text(command(std::string(1'001, 'x'))) == "");
  CHECK(short_text(MailSubmitted{OutboxId{1}, {Bytes("a@x"), Bytes("b@x")}}) == "a@x; b@x");
  CHECK(short_text(ContentSent{Bytes("Subject: x")}) == "");
  CHECK(short_text(ConnectionOpened{}) == "");
}

TEST_CASE("What stands apart from a payload is its longest text, and finds its place again",
          "[journal][codec]") {
  Prng prng(5);
  for (std::size_t kind = 0; kind < kPayloadKinds; ++kind) {
    for (int i = 0; i < 50; ++i) {
      const Payload payload = random_payload(kind, prng, Range::Full);
      INFO(payload_name(payload));
      const SplitPayload split = encode_apart(payload, 8);
      const auto whole = decode_apart(payload_kind(payload), split.fields, split.content);
      REQUIRE(whole);
      REQUIRE(encode_payload(*whole) == encode_payload(payload));
      if (split.content.empty()) {
        REQUIRE(split.fields == encode_payload(payload));
      } else {
        REQUIRE(split.content.size() >= 8);
        // It has exactly one place.
        REQUIRE_FALSE(decode_apart(payload_kind(payload), split.fields, {}));
      }
      const Bytes stray("stray");
      if (split.content.empty()) {
        REQUIRE_FALSE(decode_apart(payload_kind(payload), split.fields, stray));
      }
    }
  }
}
