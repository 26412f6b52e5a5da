// How a card spends its room: what is taught goes last.
#include "gui/stage/card_parts.hpp"

#include <algorithm>
#include <string>

#include "base/prng.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

// As if twelve characters stood in a line.
int lines_of(const std::string& text) {
  return static_cast<int>((text.size() + 11) / 12);
}

SceneShelf shelf_with(ShelfKind kind, std::size_t letters) {
  SceneShelf shelf{kind, "a shelf"};
  shelf.letters.resize(letters);
  shelf.total = letters;
  return shelf;
}

SceneShelf locked_maildrop(std::size_t letters) {
  SceneShelf shelf = shelf_with(ShelfKind::Maildrop, letters);
  shelf.is_locked = true;
  shelf.note = "Locked by Budi's laptop";
  shelf.meter = SceneMeter{900, 3'000};
  for (SceneLetter& letter : shelf.letters) letter.shape = LetterShape::Ghost;
  return shelf;
}

SceneCard device() {
  SceneCard card;
  card.kind = CardKind::Receiver;
  card.shelves = {shelf_with(ShelfKind::Outbox, 0), shelf_with(ShelfKind::Inbox, 2)};
  card.known_uids = "UIDs: A B";
  card.trouble = "the line was cut";
  card.storage = SceneMeter{900, 8'000};
  return card;
}

SceneCard server(std::size_t letters) {
  SceneCard card;
  card.kind = CardKind::Mailbox;
  card.shelves = {locked_maildrop(letters)};
  return card;
}

bool has(const std::vector<CardPart>& parts, CardPartKind kind) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](const CardPart& part) { return part.kind == kind; });
}

// The least height, in tenths of an em, with which the part is there.
int comes_at(const SceneCard& card, CardPartKind kind) {
  for (int tenths = 1; tenths < 400; ++tenths) {
    const CardRoom room{9, static_cast<float>(tenths) / 10};
    if (has(fill_card(card, room, lines_of), kind)) return tenths;
  }
  return 400;
}

SceneCard random_card(Prng& prng) {
  SceneCard card = device();
  if (prng.chance(500)) card = server(prng.below(40));
  for (std::uint64_t i = prng.below(4); i > 0; --i) {
    card.shelves.push_back(prng.chance(500) ? locked_maildrop(prng.below(400))
                                            : shelf_with(ShelfKind::Queue, prng.below(9)));
  }
  return card;
}

}  // namespace

TEST_CASE("no part of a card overlaps another or ends below it, however little room there is",
          "[gui][stage][card]") {
  Prng prng(3);
  for (int round = 0; round < 3'000; ++round) {
    const SceneCard card = random_card(prng);
    const CardRoom room{static_cast<float>(prng.between(20, 200)) / 10,
                        static_cast<float>(prng.between(1, 400)) / 10,
                        static_cast<float>(prng.between(11, 15)) / 10,
                        static_cast<float>(prng.between(10, 15)) / 10};
    INFO("round " << round << ": " << room.width << "x" << room.height);
    const std::vector<CardPart> parts = fill_card(card, room, lines_of);
    REQUIRE(has(parts, CardPartKind::Letters));
    float end = 0;
    for (const CardPart& part : parts) {
      REQUIRE(part.y >= end - 0.01F);
      REQUIRE(part.h > 0);
      end = part.y + part.h;
    }
    REQUIRE(end <= room.height + 0.01F);
  }
}

TEST_CASE("what is taught comes first and goes last", "[gui][stage][card]") {
  using Kind = CardPartKind;
  const SceneCard mailbox = server(3);
  CHECK(comes_at(mailbox, Kind::Letters) < comes_at(mailbox, Kind::Note));
  CHECK(comes_at(mailbox, Kind::Note) < comes_at(mailbox, Kind::ShelfTitle));
  CHECK(comes_at(mailbox, Kind::ShelfTitle) < comes_at(mailbox, Kind::Meter));
  const SceneCard laptop = device();
  CHECK(comes_at(laptop, Kind::Letters) < comes_at(laptop, Kind::Trouble));
  CHECK(comes_at(laptop, Kind::Trouble) < comes_at(laptop, Kind::Uids));
  CHECK(comes_at(laptop, Kind::Uids) < comes_at(laptop, Kind::Storage));

  // Two maildrops: whose is whose is worth more than how full they are.
  SceneCard two = server(2);
  two.shelves.push_back(two.shelves.front());
  two.shelves.back().note.clear();
  const auto parts = fill_card(two, {9, 11.2F}, lines_of);
  CHECK(std::count_if(parts.begin(), parts.end(), [](const CardPart& part) {
          return part.kind == Kind::Letters && part.h >= 2.5F;
        }) == 2);
  CHECK(has(parts, Kind::ShelfTitle));
  CHECK_FALSE(has(parts, Kind::Meter));
}

TEST_CASE("letters are drawn larger where nothing is lost by it", "[gui][stage][card]") {
  const SceneCard mailbox = server(3);
  const SceneCard full = server(300);
  CHECK(letter_scale_for({{&mailbox, {14, 20}, lines_of}}, 1.5F) == 1.5F);
  CHECK(letter_scale_for({{&mailbox, {14, 20}, lines_of}}, 1.2F) == 1.2F);
  CHECK(letter_scale_for({{&mailbox, {14, 3}, lines_of}}, 1.5F) == 1.0F);
  CHECK(letter_scale_for({{&mailbox, {14, 20}, lines_of}, {&full, {14, 20}, lines_of}}, 1.5F) ==
        1.0F);
  CHECK(letter_scale_for({}, 1.5F) == 1.5F);
}

TEST_CASE("which shelf it is stands behind its letters where there is no line over them",
          "[gui][stage][card]") {
  SceneCard phone;
  phone.kind = CardKind::Sender;
  phone.shelves = {shelf_with(ShelfKind::Outbox, 1), shelf_with(ShelfKind::Sent, 1)};
  const auto untitled = [&](float height) {
    const auto parts = fill_card(phone, {9, height}, lines_of);
    return std::count_if(parts.begin(), parts.end(),
                         [](const CardPart& part) { return part.has_title_beside; });
  };
  CHECK(untitled(4.6F) == 2);
  CHECK(untitled(10) == 0);
  phone.shelves.front() = shelf_with(ShelfKind::Outbox, 0);
  CHECK(untitled(10) == 0);
}
