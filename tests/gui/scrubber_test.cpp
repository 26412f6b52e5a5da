#include "gui/panels/scrubber.hpp"

#include <algorithm>
#include <vector>

#include "base/prng.hpp"
#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

TEST_CASE("a stretch of a run is counted as its events are, one by one", "[gui][scrubber]") {
  const auto document = test::lesson("delete-mode");
  const TickHistogram& ticks = document->index().ticks();
  Prng prng(3);
  for (int round = 0; round < 200; ++round) {
    const std::uint64_t end = prng.below(ticks.size() + 1);
    const std::uint64_t begin = prng.below(end + 1);
    TickCounts expected{};
    for (std::uint64_t i = begin; i < end; ++i) {
      ++expected[static_cast<std::size_t>(tick_of(document->journal()[EventPosition{i}]))];
    }
    CHECK(ticks.count(begin, end) == expected);
  }
}

TEST_CASE("columns hold every event once, and no more columns than there is room for",
          "[gui][scrubber]") {
  const auto document = test::lesson("keep-mode");
  const TickHistogram& ticks = document->index().ticks();
  for (const float width : {10.0F, 333.0F, 5'000.0F}) {
    INFO("width " << width);
    const std::vector<TickColumn> columns = tick_columns(ticks, width);
    CHECK(static_cast<float>(columns.size()) <= width / 3 + 1);
    std::uint64_t events = 0;
    for (const TickColumn& column : columns) events += column.events;
    CHECK(events == ticks.size());
  }
}

TEST_CASE("the scrubber shows a fault however narrow it is", "[gui][scrubber]") {
  const auto document = test::lesson("delete-mode");
  bool found = false;
  for (const TickColumn& column : tick_columns(document->index().ticks(), 60)) {
    found = found || column.kind == Tick::Fault;
  }
  CHECK(found);
}

TEST_CASE("however many events share a column, pushing and pulling are told apart",
          "[gui][scrubber]") {
  const auto document = test::lesson("delete-mode");
  const std::vector<TickColumn> columns = tick_columns(document->index().ticks(), 90);
  // This lesson pushes three mails first, and then pulls them.
  const auto pushes = std::count_if(columns.begin(), columns.end(), [](const TickColumn& column) {
    return column.spoken == Tick::Smtp;
  });
  const auto pulls = std::count_if(columns.begin(), columns.end(), [](const TickColumn& column) {
    return column.spoken == Tick::Pop3;
  });
  CHECK(pushes > 10);
  CHECK(pulls > 5);
  CHECK(columns[columns.size() / 3].spoken == Tick::Smtp);
  CHECK(columns[columns.size() * 9 / 10].spoken == Tick::Pop3);
}

TEST_CASE("where a position is drawn, a click finds it again", "[gui][scrubber]") {
  for (const std::uint64_t events : {1U, 2U, 673U}) {
    for (std::uint64_t position = 0; position < events; ++position) {
      CHECK(scrubber_position(scrubber_x(position, events, 2'000), events, 2'000) == position);
    }
  }
  CHECK(scrubber_position(-50, 100, 500) == 0);
  CHECK(scrubber_position(9'999, 100, 500) == 99);
  CHECK(scrubber_position(10, 0, 500) == 0);
}
