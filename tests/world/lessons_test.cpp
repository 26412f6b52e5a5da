// The lessons that come with Mailwalk, and their README.
#include <fmt/format.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "world/scenario_load.hpp"
#include "world/scenario_words.hpp"

using namespace mailwalk;
using namespace mailwalk::world;

namespace {

namespace fs = std::filesystem;

const fs::path kLessons = MAILWALK_SOURCE_DIR "/lessons";

std::string file_text(const fs::path& path) {
  const auto bytes = load_file(path.string(), 1'000'000);
  REQUIRE(bytes.ok());
  return std::string(bytes->view());
}

std::vector<fs::path> lesson_folders() {
  std::set<fs::path> folders;  // directory_iterator has no order
  for (const auto& entry : fs::directory_iterator(kLessons)) {
    if (entry.is_directory()) folders.insert(entry.path());
  }
  return {folders.begin(), folders.end()};
}

// The part of the README under the heading that names the table.
std::string section(const std::string& readme, std::string_view table) {
  const std::size_t heading = readme.find(fmt::format("\n### {}\n", table));
  if (heading == std::string::npos) return {};
  return readme.substr(heading, readme.find("\n### ", heading + 1) - heading);
}

}  // namespace

TEST_CASE("Every lesson that comes along can be read and is told in both languages",
          "[world][lessons]") {
  std::set<std::uint32_t> orders;
  for (const fs::path& folder : lesson_folders()) {
    INFO(folder);
    const ScenarioResult lesson = load_scenario((folder / "lesson.toml").string());
    for (const Error& error : lesson.errors()) UNSCOPED_INFO(error.text());
    REQUIRE(lesson.ok());
    CHECK(lesson->id == folder.filename().string());
    CHECK(lesson->order > 0);
    CHECK(orders.insert(lesson->order).second);
    CHECK(lesson->title.english != lesson->title.indonesian);
    CHECK(lesson->summary.english != lesson->summary.indonesian);
    CHECK_FALSE(lesson->summary.english.empty());
    CHECK_FALSE(lesson->happenings.empty());
    for (const HostSpec& host : lesson->hosts) CHECK(host.label.english != host.label.indonesian);
  }
  CHECK(orders.size() >= 3);
}

TEST_CASE("The README of the lessons explains every key, and none that does not exist",
          "[world][lessons]") {
  const std::string readme = file_text(kLessons / "README.md");
  for (const TableWords& table : words::kAll) {
    INFO(table.name);
    const std::string text = section(readme, table.name);
    REQUIRE_FALSE(text.empty());
    std::set<std::string> explained;  // first cells of the table's rows: "| `key` | …"
    for (std::size_t row = text.find("\n| `"); row != std::string::npos;
         row = text.find("\n| `", row + 1)) {
      const std::size_t begin = row + 4;
      explained.insert(text.substr(begin, text.find('`', begin) - begin));
    }
    std::set<std::string> known;
    for (const std::string_view key : table.keys) known.emplace(key);
    CHECK(explained == known);
  }
}

TEST_CASE("The example of the README can be read", "[world][lessons]") {
  const std::string readme = file_text(kLessons / "README.md");
  const std::string fence = "```toml\n";
  const std::size_t begin = readme.find(fence);
  REQUIRE(begin != std::string::npos);
  const std::string example =
      readme.substr(begin + fence.size(), readme.find("```", begin + 3) - begin - fence.size());
  const ScenarioResult lesson = parse_scenario(
      example, "README.md", [](const std::string& name) { return load_file(name, 0); });
  for (const Error& error : lesson.errors()) UNSCOPED_INFO(error.text());
  CHECK(lesson.ok());
}

TEST_CASE("The test file with every key has every key", "[world][lessons]") {
  const std::string text = file_text(MAILWALK_SOURCE_DIR "/tests/world/data/everything.toml");
  for (const TableWords& table : words::kAll) {
    for (const std::string_view key : table.keys) {
      INFO(table.name << ": " << key);
      const bool is_there = text.find(fmt::format("{} = ", key)) != std::string::npos ||
                            text.find(fmt::format("[{}]", key)) != std::string::npos ||
                            text.find(fmt::format(".{}]", key)) != std::string::npos;
      CHECK(is_there);
    }
  }
}
