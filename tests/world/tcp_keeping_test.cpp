// Served runs in a recording: what is answered is on the disk, and goes on there.
#include <filesystem>
#include <string>
#include <vector>

#include "journal/recording_reader.hpp"
#include "journal/recording_writer.hpp"
#include "journal/reducer.hpp"
#include "tests/support/temporary_folder.hpp"
#include "visit.hpp"
#include "world/recipe.hpp"

namespace mailwalk::world {
namespace {

using journal::Journal;
using journal::RecordingWriter;
using test::LiveStage;
using test::log_in;
using test::place;
using test::TemporaryFolder;
using test::Visit;

template <class Payload>
int count(const Journal& journal) {
  int found = 0;
  for (const journal::Event& event : journal) {
    found += journal::payload_if<Payload>(event) != nullptr ? 1 : 0;
  }
  return found;
}

template <class Payload>
int count_on_disk(const std::string& file) {
  const auto read = journal::read_recording(file);
  REQUIRE(read.ok());
  return count<Payload>(*read);
}

std::unique_ptr<RecordingWriter> keep(LiveStage& stage, const std::string& file, Keeping keeping) {
  auto writer = RecordingWriter::create(file, journal::Existing::Refuse);
  REQUIRE(writer.ok());
  (*writer)->follow(stage.run.world().journal(), journal::Commits::BetweenSteps);
  stage.run.keep_in(**writer, keeping);
  return std::move(*writer);
}

void send_a_mail(LiveStage& stage, const std::string& name) {
  Visit visit(stage, "mx.b.example", kSmtpPort);
  visit.line();
  visit.command("HELO pc.example");
  visit.command("MAIL FROM:<x@elsewhere.example>");
  visit.command("RCPT TO:<budi@b.example>");
  visit.command("DATA");
  CHECK(visit.command("Subject: " + name + "\r\n\r\nx\r\n.").substr(0, 4) == "250 ");
}

}  // namespace

TEST_CASE("A durable server says 250, and +OK to QUIT, when the recording has it",
          "[world][tcp][keeping]") {
  const TemporaryFolder folder;
  LiveStage stage(place());
  const auto recording = keep(stage, folder / "run", Keeping::BeforePromises);
  for (int mails = 1; mails <= 3; ++mails) {
    send_a_mail(stage, "one");
    CHECK(count_on_disk<journal::LetterDelivered>(folder / "run") == mails);
  }
  Visit reader(stage, "mx.b.example", kPop3Port);
  log_in(reader);
  CHECK(reader.command("DELE 1").substr(0, 3) == "+OK");
  CHECK(reader.command("DELE 3").substr(0, 3) == "+OK");
  CHECK(count_on_disk<journal::LetterExpunged>(folder / "run") == 0);
  CHECK(reader.command("QUIT").substr(0, 3) == "+OK");
  CHECK(count_on_disk<journal::LetterExpunged>(folder / "run") == 2);
}

TEST_CASE("Where nothing was to be held back, nobody waits for the disk", "[world][tcp][keeping]") {
  LiveStage stage(place());
  stage.run.network().keep_promises(1);  // as after each commit of a recording
  send_a_mail(stage, "one");
}

TEST_CASE("What is said in one packet is answered in its order where a promise waits",
          "[world][tcp][keeping]") {
  const TemporaryFolder folder;
  LiveStage stage(place());
  const auto recording = keep(stage, folder / "run", Keeping::BeforePromises);
  Visit visit(stage, "mx.b.example", kSmtpPort);
  visit.line();
  visit.command("HELO pc.example");
  visit.command("MAIL FROM:<x@elsewhere.example>");
  visit.command("RCPT TO:<budi@b.example>");
  visit.command("DATA");
  visit.say("Subject: x\r\n\r\nx\r\n.\r\nNOOP\r\nVRFY budi\r\nQUIT\r\n");
  CHECK(visit.line().substr(0, 9) == "250 2.0.0");
  CHECK(visit.line().substr(0, 4) == "250 ");
  CHECK(visit.line().substr(0, 4) == "252 ");
  CHECK(visit.line().substr(0, 4) == "221 ");
  CHECK(visit.rest().empty());
}

TEST_CASE("A server that can keep nothing promises nothing", "[world][tcp][keeping]") {
  const TemporaryFolder folder;
  LiveStage stage(place());
  const auto recording = keep(stage, folder / "run", Keeping::BeforePromises);
  Visit visit(stage, "mx.b.example", kSmtpPort);
  visit.line();
  visit.command("HELO pc.example");
  visit.command("MAIL FROM:<x@elsewhere.example>");
  visit.command("RCPT TO:<budi@b.example>");
  CHECK(visit.command("DATA").substr(0, 4) == "354 ");
  std::filesystem::remove(folder / "run");  // it is noticed at the next commit
  visit.say("Subject: x\r\n\r\nx\r\n.\r\n");
  for (int turns = 0; recording->error() == nullptr && turns < 1'000; ++turns) {
    stage.go_on_for_a_moment();
  }
  REQUIRE(recording->error() != nullptr);
  for (int turns = 0; turns < 50; ++turns) stage.go_on_for_a_moment();
  visit.client().read();
  CHECK(visit.client().heard().find("250 2.0.0") == std::string::npos);
}

TEST_CASE("Without that, what happened is on the disk within a second", "[world][tcp][keeping]") {
  const TemporaryFolder folder;
  LiveStage stage(place());
  const auto recording = keep(stage, folder / "run", Keeping::WithinASecond);
  send_a_mail(stage, "one");
  const VirtualTime end = stage.run.network().now() + milliseconds(1'200);
  while (stage.run.network().now() < end) stage.run.go_on(end);
  CHECK(count_on_disk<journal::LetterDelivered>(folder / "run") == 1);
}

TEST_CASE("A served run goes on in another program: letters, marks, visitors, numbers",
          "[world][tcp][keeping][take-up]") {
  const TemporaryFolder folder;
  const std::string file = folder / "run";
  std::uint64_t events = 0;
  std::vector<std::string> uids;
  {
    LiveStage stage(place());
    const auto recording = keep(stage, file, Keeping::BeforePromises);
    for (const char* name : {"one", "two", "three"}) send_a_mail(stage, name);
    Visit done(stage, "mx.b.example", kPop3Port);
    log_in(done);
    done.command("UIDL");
    for (int i = 0; i < 3; ++i) uids.push_back(done.line());
    CHECK(done.line() == ".");
    done.command("DELE 3");
    CHECK(done.command("QUIT").substr(0, 3) == "+OK");
    Visit cut(stage, "mx.b.example", kPop3Port);
    log_in(cut);
    CHECK(cut.command("DELE 1").substr(0, 3) == "+OK");
    REQUIRE(recording->promise().ok());
    events = stage.run.world().journal().size();
  }  // without a good-bye
  auto past = journal::read_recording(file);
  REQUIRE(past.ok());
  CHECK(past->size() == events);
  CHECK(recipe_of(*past).ok() == false);

  LiveStage stage(place());
  auto recording = RecordingWriter::reserve(file);
  REQUIRE(recording.ok());
  REQUIRE((*recording)->go_on(*past).ok());
  REQUIRE(stage.run.take_up(std::move(*past)).ok());
  (*recording)->follow(stage.run.world().journal(), journal::Commits::BetweenSteps);
  stage.run.keep_in(**recording, Keeping::BeforePromises);
  CHECK(count<journal::LetterUnmarked>(stage.run.world().journal()) == 1);
  CHECK(journal::view_at_end(stage.run.world().journal()).connections.empty());

  send_a_mail(stage, "four");
  Visit reader(stage, "mx.b.example", kPop3Port);
  log_in(reader);
  CHECK(reader.command("STAT").substr(0, 6) == "+OK 3 ");
  reader.command("UIDL");
  CHECK(reader.line() == uids[0]);
  CHECK(reader.line() == uids[1]);
  CHECK(reader.line() > uids[2]);  // that one was given once
  CHECK(reader.line() == ".");
  CHECK(reader.command("QUIT").substr(0, 3) == "+OK");

  const auto whole = journal::read_recording(file);
  REQUIRE(whole.ok());
  CHECK(count<journal::RunTakenUp>(*whole) == 1);
  // 127.0.0.1 is the visitor that it was, and no connection has the number of an earlier one.
  int visitors = 0;
  std::uint32_t last_connection = 0;
  for (const journal::Event& event : *whole) {
    const auto* machine = journal::payload_if<journal::MachineAdded>(event);
    if (machine != nullptr && machine->name == "outside-127.0.0.1") ++visitors;
    if (journal::payload_if<journal::ConnectionOpening>(event) == nullptr) continue;
    CHECK(event.connection.value() > last_connection);
    last_connection = event.connection.value();
  }
  CHECK(visitors == 1);
}

TEST_CASE("A UID that was told before a kill is not given again, though no disk had the letter",
          "[world][tcp][keeping][take-up]") {
  const TemporaryFolder folder;
  std::vector<std::string> told;
  const auto hear_uid = [&](LiveStage& stage) {
    send_a_mail(stage, "forgotten");
    Visit reader(stage, "mx.b.example", kPop3Port);
    log_in(reader);
    CHECK(reader.command("UIDL").substr(0, 5) == "+OK 1");
    told.push_back(reader.line());
  };
  std::string file = folder / "0";
  {
    LiveStage stage(place());
    const auto recording = keep(stage, file, Keeping::WithinASecond);
    REQUIRE(recording->commit().ok());
    hear_uid(stage);
    std::filesystem::copy_file(file, folder / "1");  // what a kill leaves now
  }
  for (const char* next : {"2", "3"}) {
    file = folder / std::string(1, static_cast<char>(*next - 1));
    LiveStage stage(place());
    auto recording = RecordingWriter::reserve(file);
    REQUIRE(recording.ok());
    auto past = journal::read_recording(file);
    REQUIRE(past.ok());
    CHECK(count<journal::LetterDelivered>(*past) == 0);
    REQUIRE((*recording)->go_on(*past).ok());
    REQUIRE(stage.run.take_up(std::move(*past)).ok());
    (*recording)->follow(stage.run.world().journal(), journal::Commits::BetweenSteps);
    REQUIRE((*recording)->commit().ok());
    hear_uid(stage);
    std::filesystem::copy_file(file, folder / next);
  }
  CHECK(told[0] != told[1]);
  CHECK(told[0] != told[2]);
  CHECK(told[1] != told[2]);
}

}  // namespace mailwalk::world
