#include "gui/language.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "gui/keys.hpp"
#include "gui/panels/panel.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk::gui;  // NOLINT
namespace fs = std::filesystem;
using Which = mailwalk::exporting::Language;

namespace {

const fs::path kRoot = MAILWALK_SOURCE_DIR;

Language load(Which which) {
  auto language = Language::load(kRoot / "assets" / "lang", which);
  if (!language) FAIL(language.error().text());
  return *language;
}

// Every text that the sources of the window ask for by a literal key: text("…") and format("…").
std::set<std::string> keys_in_sources() {
  static const std::regex kKey("\"([a-z_]+\\.[a-z_0-9]+)\"");
  std::set<std::string> keys;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "gui")) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
    std::ifstream file(entry.path());
    const std::string source(std::istreambuf_iterator<char>(file), {});
    for (std::sregex_iterator match(source.begin(), source.end(), kKey), end; match != end;
         ++match) {
      const std::string key = (*match)[1];
      const bool is_file = key.ends_with(".toml") || key.ends_with(".png");
      if (!is_file) keys.insert(key);
    }
  }
  return keys;
}

std::size_t places_in(const std::string& text) {
  std::size_t places = 0;
  for (const char c : text) places += c == '{' ? 1 : 0;
  return places;
}

}  // namespace

TEST_CASE("both languages have the same texts, with the same places for arguments",
          "[gui][language]") {
  const Language english = load(Which::English);
  const Language indonesian = load(Which::Indonesian);
  REQUIRE(english.texts().size() > 30);
  for (const auto& [key, text] : english.texts()) {
    INFO(key);
    REQUIRE(indonesian.texts().count(key) == 1);
    CHECK(places_in(text) == places_in(indonesian.texts().at(key)));
    CHECK_FALSE(text.empty());
    CHECK_FALSE(indonesian.texts().at(key).empty());
  }
  for (const auto& [key, text] : indonesian.texts()) {
    INFO(key);
    CHECK(english.texts().count(key) == 1);
  }
}

TEST_CASE("every text that the window asks for is there", "[gui][language]") {
  const Language english = load(Which::English);
  for (const std::string& key : keys_in_sources()) {
    INFO(key);
    CHECK(english.texts().count(key) == 1);
  }
  for (const auto& panel : make_panels()) {
    INFO(panel->key());
    CHECK(english.texts().count("panel." + std::string(panel->key())) == 1);
  }
}

TEST_CASE("no text is there that nobody asks for", "[gui][language]") {
  std::set<std::string> asked = keys_in_sources();
  for (const auto& panel : make_panels()) asked.insert("panel." + std::string(panel->key()));
  const Language english = load(Which::English);
  for (const auto& [key, text] : english.texts()) {
    INFO(key);
    CHECK(asked.count(key) == 1);
  }
}

TEST_CASE("texts take arguments, and one that is missing shows its key", "[gui][language]") {
  const auto language = Language::parse("[a]\nb = \"{1} of {0}\"\nbad = \"{\"\n", Which::English);
  REQUIRE(language.ok());
  CHECK(language->format("a.b", 1, 2) == "2 of 1");
  CHECK(language->format("a.bad", 1) == "{");
  CHECK(language->text("a.none") == "a.none");
  CHECK_FALSE(Language::parse("a = 1\n", Which::English).ok());
  CHECK_FALSE(Language::parse("[a]\nb = 1\n", Which::English).ok());
}
