// A shelf with more letters than there is room for: what is going on must be seen.
#include "gui/stage/shelf.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <variant>

#include "tests/gui/headless_app.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

constexpr int kManyLetters = 120;

// Delete mode, with so many letters in the maildrop that no shelf has room for them.
std::string crowded_lesson() {
  std::ifstream file(std::string(MAILWALK_SOURCE_DIR) + "/lessons/delete-mode/lesson.toml");
  const std::string lesson(std::istreambuf_iterator<char>(file), {});
  std::string own = lesson.substr(0, lesson.find("[[event]]"));
  const std::string quota = "quota = \"3 KB\"";
  const std::string storage = "storage = \"8 KB\"";
  own.replace(own.find(quota), quota.size(), "quota = \"1 MB\"");
  own.replace(own.find(storage), storage.size(), "storage = \"1 MB\"");
  for (int i = 1; i <= kManyLetters; ++i) {
    own += fmt::format(
        "[[event]]\nat = \"{} s\"\ncompose = {{device = \"laptop-ani\", "
        "to = \"budi@kantor.example\", subject = \"Letter {}\", body = \"Hello.\"}}\n\n",
        i, i);
  }
  return own + "[[event]]\nat = \"10 min\"\npoll = {device = \"laptop-budi\"}\n";
}

bool is_drawn(const App& app, const journal::CopyId& copy) {
  for (const StageSpot& spot : app.stage_spots()) {
    if (spot.what == Selection(copy)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("each letter of a shelf is in one part of it, and parts do not move meanwhile",
          "[gui][stage][shelf]") {
  for (std::size_t places = 2; places < 14; ++places) {
    for (std::size_t total = 0; total < 60; ++total) {
      ShelfPart before;
      for (std::size_t letter = 0; letter < total; ++letter) {
        INFO("letter " << letter << " of " << total << " in " << places << " places");
        const ShelfPart part = shelf_part(total, letter, places);
        CHECK(part.begin <= letter);
        CHECK(letter < part.begin + part.count);
        REQUIRE(part.begin + part.count <= total);
        const std::size_t behind = total - part.begin - part.count;
        const std::size_t marks = (part.begin > 0 ? 1U : 0U) + (behind > 0 ? 1U : 0U);
        if (places > 2) CHECK(part.count + marks <= places);
        // The next part begins right behind this one.
        if (letter > 0 && part != before) CHECK(part.begin == before.begin + before.count);
        before = part;
      }
    }
  }
  CHECK(shelf_part(300, 150, 1) == ShelfPart{0, 0});
}

TEST_CASE("on a full shelf the letter that DELE marks is drawn, as a ghost",
          "[gui][stage][shelf]") {
  const test::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "crowded.toml";
  std::ofstream(file) << crowded_lesson();
  test::HeadlessApp headless(1'024, 640);
  App& app = headless.app();
  const Done opened = app.open(file.string());
  INFO((opened ? std::string() : opened.error().text()));
  REQUIRE(opened.ok());
  int marked = 0;
  for (const journal::Event& event : app.document()->journal()) {
    if (journal::payload_if<journal::LetterMarked>(event) == nullptr || ++marked % 17 != 0)
      continue;
    app.show_position(event.position);
    headless.frame();
    std::size_t ghosts = 0;
    for (const SceneCard& card : app.scene().cards) {
      for (const SceneShelf& shelf : card.shelves) {
        if (shelf.kind != ShelfKind::Maildrop) continue;
        INFO("DELE " << marked);
        REQUIRE(shelf.focus < shelf.letters.size());
        const SceneLetter& letter = shelf.letters[shelf.focus];
        CHECK(letter.session_number == static_cast<std::uint32_t>(marked));
        CHECK(letter.shape == LetterShape::Ghost);
        CHECK(is_drawn(app, letter.copy));
        ++ghosts;
      }
    }
    CHECK(ghosts == 1);
  }
  CHECK(marked >= kManyLetters);
}
