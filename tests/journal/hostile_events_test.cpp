// Recordings may be made by anybody: no order of events harms whoever folds them.
#include <algorithm>
#include <map>

#include "journal/reducer.hpp"
#include "tests/journal/describe.hpp"
#include "tests/support/random_payload.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace {

NodeId random_node(Prng& prng) {
  return NodeId{static_cast<std::uint32_t>(prng.below(5))};
}
ConnectionId random_connection(Prng& prng) {
  return ConnectionId{static_cast<std::uint32_t>(prng.below(5))};
}

void append_random(Journal& journal, Prng& prng, Range range) {
  // One in eight sets the stage, or little would ever be there to be referred to.
  static constexpr std::size_t kSetsTheStage = 5;
  const std::size_t kind = prng.below(prng.chance(125) ? kSetsTheStage : kPayloadKinds);
  Payload payload = random_payload(kind, prng, range);
  if (auto* delivered = std::get_if<BytesDelivered>(&payload)) {
    delivered->sent = EventPosition{prng.below(journal.size() + 1)};
  }
  journal.append(VirtualTime{static_cast<std::int64_t>(prng.below(1000))}, random_node(prng),
                 random_connection(prng), kNoEvent, std::move(payload));
}

std::uint64_t used_by_letters(const Maildrop& maildrop) {
  std::uint64_t used = 0;
  for (const auto& [arrival, letter] : maildrop.letters) used += letter.content.size();
  return used;
}

std::uint64_t used_by_letters(const Machine& machine) {
  std::uint64_t used = 0;
  for (const auto& [id, letter] : machine.letters) used += letter.content.size();
  for (const auto& [position, sent] : machine.sent) used += sent.content.size();
  return used;
}

bool stands_so(const WorldView& view, const CopyId& copy, bool marked) {
  const Copy* found = view.copies.find(copy);
  return found != nullptr && view.letter(copy.letter) != nullptr &&
         found->standing == (marked ? Standing::Marked : Standing::Here);
}

// What holds in every view, whatever was told: parts of it that say the same thing agree.
void check_agreement(const WorldView& view) {
  std::size_t here = 0;
  for (const auto& [id, machine] : view.machines) {
    REQUIRE(machine->used_bytes == used_by_letters(*machine));
    here += machine->outbox.size() + machine->sent.size() + machine->queue.size() +
            machine->letters.size();
    for (const auto& [number, mail] : machine->queue) REQUIRE(stands_so(view, mail->copy, false));
    for (const auto& [number, letter] : machine->letters) {
      REQUIRE(stands_so(view, letter.copy, false));
    }
    for (const auto& [owner, maildrop] : machine->maildrops) {
      REQUIRE(maildrop->used_bytes == used_by_letters(*maildrop));
      REQUIRE(maildrop->letters.size() == maildrop->arrival_of_uid.size());
      here += maildrop->letters.size();
      for (const auto& [arrival, letter] : maildrop->letters) {
        REQUIRE(maildrop->find(letter.uid) == maildrop->letters.find(arrival));
        REQUIRE(stands_so(view, letter.copy, letter.marked));
      }
    }
  }
  std::size_t standing = 0;
  for (const auto& [id, copy] : view.copies) {
    standing += copy.standing != Standing::Gone && copy.standing != Standing::Bounced ? 1 : 0;
  }
  REQUIRE(standing == here);
  std::uint32_t number = 0;
  for (const auto& [id, letter] : view.letters) {
    REQUIRE(letter->number == number++);
    REQUIRE((letter->about == kNoLetter || letter->about < id));
  }
}

}  // namespace

TEST_CASE("Whatever events come, the view holds together, and those from before stay as they were",
          "[journal][reducer][hostile]") {
  for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(cases(30)); ++seed) {
    INFO("seed " << seed);
    Prng prng(seed);
    Journal journal;
    WorldView view;
    std::map<std::uint64_t, std::pair<WorldView, std::string>> kept;
    for (int i = 0; i < 600; ++i) {
      append_random(journal, prng, Range::Crowded);
      advance(view, journal[EventPosition{journal.size() - 1}]);
      if (i % 50 == 0) {
        check_agreement(view);
        kept[view.events] = {view, describe(view)};
      }
    }
    for (const auto& [events, pair] : kept) REQUIRE(describe(pair.first) == pair.second);
    REQUIRE(describe(view_at_end(journal)) == describe(view));
    CHECK(view.letters.size() > 2);
  }
}

TEST_CASE("Numbers from end to end of their range harm nobody", "[journal][reducer][hostile]") {
  Prng prng(99);
  Journal journal;
  for (int i = 0; i < 20'000; ++i) append_random(journal, prng, Range::Full);
  check_agreement(view_at_end(journal));
}

TEST_CASE("apply leaves the view from before alone, and comes to the same as advance",
          "[journal][reducer]") {
  Prng prng(5);
  Journal journal;
  for (int i = 0; i < 300; ++i) append_random(journal, prng, Range::Crowded);
  WorldView folded;
  WorldView before;
  for (const Event& event : journal) {
    const std::string text = describe(before);
    WorldView after = apply(before, event);
    REQUIRE(describe(before) == text);
    advance(folded, event);
    REQUIRE(describe(after) == describe(folded));
    before = std::move(after);
  }
}
