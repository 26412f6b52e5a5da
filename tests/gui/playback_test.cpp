#include "gui/playback.hpp"

#include <set>
#include <string>

#include "export/caption.hpp"
#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"
#include "wire/utf8.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

TEST_CASE("a run is paused at the start, where the stage is set and nothing has happened",
          "[gui][playback]") {
  const auto document = test::lesson("delete-mode");
  const EventPosition start = document->index().start();
  REQUIRE(start != kNoEvent);
  const journal::WorldView view = document->timeline().view_at(start);
  CHECK(view.machines.size() == 5);
  CHECK(view.letters.empty());
  REQUIRE(view.find_machine("mx.kantor.example") != nullptr);
  CHECK(view.find_machine("mx.kantor.example")->maildrops.size() == 1);
  const Playback playback(start);
  CHECK_FALSE(playback.is_playing());
  CHECK_FALSE(playback.is_moving());
}

TEST_CASE("steps forward and back pass the same positions", "[gui][playback]") {
  const auto document = test::lesson("delete-mode");
  Playback playback(document->index().start());
  std::vector<EventPosition> passed{playback.position()};
  while (playback.step(*document, Stride::Told, Direction::Forward, MotionStyle::Cut)) {
    passed.push_back(playback.position());
  }
  CHECK(passed.size() > 100);
  while (!passed.empty()) {
    REQUIRE(playback.position() == passed.back());
    passed.pop_back();
    CHECK(playback.step(*document, Stride::Told, Direction::Back, MotionStyle::Cut) !=
          passed.empty());
  }
}

TEST_CASE("each stride stops at events of its kind and of no other", "[gui][playback]") {
  const auto document = test::lesson("keep-mode");
  const auto kinds_at = [&](Stride stride) {
    std::set<std::string> names;
    Playback playback(document->index().start());
    while (playback.step(*document, stride, Direction::Forward, MotionStyle::Cut)) {
      names.insert(journal::payload_name(document->journal()[playback.position()].payload));
    }
    return names;
  };
  CHECK(kinds_at(Stride::Reply) == std::set<std::string>{"ReplySent"});
  CHECK(kinds_at(Stride::MailboxEffect).count("LetterDelivered") == 1);
  CHECK(kinds_at(Stride::MailboxEffect).count("CommandSent") == 0);
  CHECK(kinds_at(Stride::Event).count("BytesDelivered") == 1);
  CHECK(kinds_at(Stride::Told).count("BytesDelivered") == 0);
}

TEST_CASE("a step forward moves for a while, and a step during it ends it", "[gui][playback]") {
  const auto document = test::lesson("whole-journey");
  Playback playback(document->index().start());
  REQUIRE(playback.step(*document, Stride::Reply, Direction::Forward, MotionStyle::Travel));
  REQUIRE(playback.motion().has_value());
  CHECK(playback.motion()->to == playback.position());
  CHECK(playback.motion()->duration_s >= 0.25);
  CHECK(playback.motion()->duration_s <= 0.6);
  playback.pass(0.1, *document, MotionStyle::Travel);
  CHECK(playback.motion()->fraction() > 0);
  CHECK(playback.motion()->fraction() < 1);

  const EventPosition first = playback.position();
  REQUIRE(playback.step(*document, Stride::Reply, Direction::Forward, MotionStyle::Travel));
  CHECK(playback.motion()->from == first);
  CHECK(playback.motion()->elapsed_s == 0);
  playback.pass(1.0, *document, MotionStyle::Travel);
  CHECK_FALSE(playback.is_moving());
}

TEST_CASE("going back, jumping and reduced motion are there at once", "[gui][playback]") {
  const auto document = test::lesson("whole-journey");
  Playback playback(document->index().start());
  REQUIRE(playback.step(*document, Stride::Reply, Direction::Forward, MotionStyle::Cut));
  CHECK_FALSE(playback.is_moving());
  REQUIRE(playback.step(*document, Stride::Reply, Direction::Forward, MotionStyle::Travel));
  REQUIRE(playback.step(*document, Stride::Reply, Direction::Back, MotionStyle::Travel));
  CHECK_FALSE(playback.is_moving());
  REQUIRE(playback.step(*document, Stride::Reply, Direction::Forward, MotionStyle::Travel));
  playback.jump(EventPosition{50});
  CHECK(playback.position() == EventPosition{50});
  CHECK_FALSE(playback.is_moving());
}

TEST_CASE("playing goes to the end by itself, and stops there", "[gui][playback]") {
  const auto document = test::lesson("whole-journey");
  const auto seconds_to_end = [&](std::size_t speed) {
    Playback playback(document->index().start());
    playback.set_speed(speed);
    playback.toggle_play(*document);
    CHECK(playback.is_playing());
    double seconds = 0;
    while (playback.is_moving() && seconds < 10'000) {
      playback.pass(0.02, *document, MotionStyle::Travel);
      seconds += 0.02;
    }
    CHECK(playback.position() == document->index().told().all().back());
    playback.toggle_play(*document);
    CHECK_FALSE(playback.is_playing());  // there is nothing left to play
    return seconds;
  };
  CHECK(seconds_to_end(kNormalSpeed) > 1.5 * seconds_to_end(kNormalSpeed + 2));
}

TEST_CASE("every event of every lesson has a caption in both languages", "[gui][caption]") {
  for (const char* named : {"whole-journey", "delete-mode", "keep-mode"}) {
    const auto document = test::lesson(named);
    journal::WorldView before;
    for (const journal::Event& event : document->journal()) {
      INFO(named << ", event " << event.position.value());
      const journal::WorldView after = document->timeline().view_at(event.position);
      const exporting::Happened happened{event, before, after};
      const std::string english = exporting::caption(happened, exporting::Language::English);
      const std::string indonesian = exporting::caption(happened, exporting::Language::Indonesian);
      CHECK(english.size() > 8);
      CHECK(indonesian.size() > 8);
      CHECK(english != indonesian);
      CHECK(english.find('?') != 0);
      before = after;
    }
  }
}

TEST_CASE("a long line is cut between two characters", "[gui][caption]") {
  journal::Journal run;
  for (std::size_t ascii = 100; ascii < 130; ++ascii) {
    journal::CommandSent sent;
    std::string line(ascii, 'x');
    for (int i = 0; i < 20; ++i) line += "é€";
    sent.line = Bytes(line);
    run.append({}, NodeId{1}, ConnectionId{1}, kNoEvent, sent);
  }
  const journal::WorldView nothing;
  for (const journal::Event& event : run) {
    const std::string told =
        exporting::caption({event, nothing, nothing}, exporting::Language::English);
    CHECK(wire::to_valid_utf8(told) == told);
    CHECK(told.find("\xEF\xBF\xBD") == std::string::npos);  // U+FFFD
  }
}
