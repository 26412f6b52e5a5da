#include "gui/settings.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include "base/prng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT
namespace fs = std::filesystem;

namespace {

Settings example() {
  Settings settings;
  settings.window_width = 1280;
  settings.window_height = 720;
  settings.right_share = 0.25F;
  settings.bottom_share = 0.4F;
  settings.theme = ThemeName::Dark;
  settings.language = exporting::Language::Indonesian;
  settings.text_step = 3;
  settings.reduced_motion = ReducedMotion::Yes;
  settings.recent = {"delete-mode", "a \"quoted\" \n\\ name", "3"};
  settings.panels["ladder"] = {Folded::Yes, 1.5F};
  return settings;
}

}  // namespace

TEST_CASE("settings are read as they were written", "[gui][settings]") {
  const SettingsRead read = parse_settings(settings_toml(example()));
  CHECK_FALSE(read.problem.has_value());
  CHECK(read.settings == example());
  CHECK(parse_settings(settings_toml(Settings{})).settings == Settings{});
}

TEST_CASE("what cannot be understood is left at its default and told, the rest is kept",
          "[gui][settings]") {
  const SettingsRead read =
      parse_settings("theme = \"pink\"\ntext_step = 99\nwindow_width = 1000\n");
  REQUIRE(read.problem.has_value());
  CHECK_THAT(read.problem->text(), ContainsSubstring("theme"));
  CHECK(read.problem->line == 1);
  CHECK(read.settings.theme == ThemeName::Light);
  CHECK(read.settings.text_step == kLargestTextStep);
  CHECK(read.settings.window_width == 1000);

  const SettingsRead broken = parse_settings("window_width = = 3");
  CHECK(broken.problem.has_value());
  CHECK(broken.settings == Settings{});
}

TEST_CASE("any octets are settings or a problem", "[gui][settings]") {
  Prng prng(7);
  const std::string good = settings_toml(example());
  for (int round = 0; round < 500; ++round) {
    std::string text = good;
    for (int i = 0; i < 3; ++i) {
      const auto at = static_cast<std::size_t>(prng.below(text.size()));
      text.replace(at, 1, test::random_bytes(prng, static_cast<std::size_t>(prng.below(4))));
    }
    const Settings read = parse_settings(text).settings;
    CHECK(read.window_width >= 320);
    CHECK(read.right_share <= 0.6F);
  }
}

TEST_CASE("settings on the disk are replaced whole", "[gui][settings]") {
  const test::TemporaryFolder own;
  const fs::path& folder = own.path();
  const fs::path file = folder / "new" / "settings.toml";
  CHECK(load_settings(file).settings == Settings{});
  REQUIRE(save_settings(example(), file).ok());
  CHECK(load_settings(file).settings == example());

  // Where the new file cannot be written, the old one stays.
  fs::create_directories(folder / "new" / "settings.toml.new");
  CHECK_FALSE(save_settings(Settings{}, file).ok());
  CHECK(load_settings(file).settings == example());

  std::ofstream(file) << "theme = 3";
  const SettingsRead broken = load_settings(file);
  REQUIRE(broken.problem.has_value());
  CHECK_THAT(broken.problem->text(), ContainsSubstring("settings.toml"));
}

TEST_CASE("what was opened last comes first, once, and not for ever", "[gui][settings]") {
  Settings settings;
  for (int i = 0; i < 20; ++i) remember_recent(settings, std::to_string(i));
  remember_recent(settings, "15");
  CHECK(settings.recent.size() == kMostRecent);
  CHECK(settings.recent[0] == "15");
  CHECK(settings.recent[1] == "19");
}
