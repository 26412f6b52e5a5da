#include "gui/ladder_index.hpp"

#include <algorithm>
#include <vector>

#include "base/prng.hpp"
#include "gui/panels/ladder_rows.hpp"
#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

std::vector<Bracket> all_brackets(const RunIndex& index, std::size_t lane) {
  const auto found = index.ladder().brackets(lane, RowId{0}, kNoRow);
  return {found.begin(), found.end()};
}

}  // namespace

TEST_CASE("every session has a bracket from its call to its end", "[gui][ladder]") {
  for (const char* lesson :
       {"whole-journey", "delete-mode", "keep-mode", "reading-along", "logging-in"}) {
    const auto document = test::lesson(lesson);
    const RunIndex& index = document->index();
    std::vector<ConnectionId> found;
    for (std::size_t lane = 0; lane < index.ladder().lanes(); ++lane) {
      for (const Bracket& bracket : all_brackets(index, lane)) {
        INFO(lesson << " #" << bracket.connection.value());
        found.push_back(bracket.connection);
        CHECK(index.rows()[bracket.first].kind == RowKind::Call);
        CHECK(index.rows()[bracket.first].connection == bracket.connection);
        REQUIRE(bracket.last != kNoRow);
        CHECK(bracket.first < bracket.last);
        CHECK(bracket.end != Bracket::End::Open);
      }
    }
    std::sort(found.begin(), found.end());
    REQUIRE(found.size() == index.connection_count());
    for (std::uint32_t i = 0; i < found.size(); ++i) CHECK(found[i] == ConnectionId{i + 1});
  }
}

TEST_CASE("the cut session of the lesson is told as cut", "[gui][ladder]") {
  const auto document = test::lesson("delete-mode");
  const RunIndex& index = document->index();
  int cut = 0;
  for (std::size_t lane = 0; lane < index.ladder().lanes(); ++lane) {
    for (const Bracket& bracket : all_brackets(index, lane)) {
      if (bracket.end == Bracket::End::Cut) ++cut;
    }
  }
  CHECK(cut == 1);
}

TEST_CASE("brackets of one lane never overlap, and a stretch of rows finds its own",
          "[gui][ladder]") {
  journal::Journal journal;
  Prng prng(11);
  std::vector<ConnectionId> open;
  for (std::uint32_t next = 1; next < 300;) {
    if (open.empty() || prng.below(2) == 0) {
      open.push_back(ConnectionId{next++});
      journal.append({}, NodeId{1}, open.back(), kNoEvent,
                     journal::ConnectionOpening{NodeId{2}, {}, kSmtpPort});
    } else {
      const std::size_t at = prng.below(open.size());
      journal.append({}, NodeId{1}, open[at], kNoEvent, journal::ConnectionClosing{});
      open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }
  RunIndex index;
  index.catch_up(journal);
  for (std::size_t lane = 0; lane < LadderIndex::kLanes; ++lane) {
    const std::vector<Bracket> all = all_brackets(index, lane);
    for (std::size_t i = 1; i < all.size(); ++i) CHECK(all[i - 1].last < all[i].first);
    for (int round = 0; round < 50; ++round) {
      const auto begin = static_cast<std::uint32_t>(prng.below(index.rows().size()));
      const auto end = begin + static_cast<std::uint32_t>(prng.below(40));
      std::vector<ConnectionId> expected;
      for (const Bracket& bracket : all) {
        const bool before = bracket.last != kNoRow && bracket.last.value() < begin;
        if (!before && bracket.first.value() < end) expected.push_back(bracket.connection);
      }
      std::vector<ConnectionId> found;
      for (const Bracket& bracket : index.ladder().brackets(lane, RowId{begin}, RowId{end})) {
        found.push_back(bracket.connection);
      }
      CHECK(found == expected);
    }
  }
}

TEST_CASE("an arrow falls the more the longer its message takes", "[gui][ladder]") {
  CHECK(slant_of({}) == 0);
  CHECK(slant_of(Duration{-5}) == 0);
  CHECK(slant_of(milliseconds(20)) > 0.2F);
  CHECK(slant_of(milliseconds(200)) > slant_of(milliseconds(20)));
  CHECK(slant_of(hours(1)) == 1);
}

TEST_CASE("hours of waiting are told once, above the row that ends them", "[gui][ladder]") {
  const auto document = test::lesson("delete-mode");
  const RunRows& rows = document->index().rows();
  int pauses = 0;
  for (std::uint32_t i = 1; i < rows.size(); ++i) {
    const auto pause = long_pause_before(document->journal(), rows, RowId{i}, RowId{i - 1});
    const Duration passed = document->journal()[rows[RowId{i}].at].time -
                            document->journal()[rows[RowId{i - 1}].at].time;
    CHECK(pause.has_value() == (passed >= kLongPause));
    const RowStack& stack = document->index().ladder().stack();
    const std::uint32_t own = rows[RowId{i}].kind == RowKind::Note ? kNoteUnits : kArrowUnits;
    CHECK(stack.bottom(i) - stack.top(i) == own + (pause ? kPauseUnits : 0));
    if (pause) ++pauses;
  }
  CHECK(pauses > 0);
}
