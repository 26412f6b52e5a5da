// What a person has chosen, kept from one day to the next in the XDG configuration folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "export/text.hpp"

namespace mailwalk::gui {

enum class ThemeName : std::uint8_t { Light, Dark };
enum class Folded : std::uint8_t { No, Yes };
enum class ReducedMotion : std::uint8_t { No, Yes };

// Of a panel, by its key.
struct PanelSetting {
  Folded folded = Folded::No;
  float weight = 1;  // of its dock's length, against the other panels'
  friend bool operator==(const PanelSetting&, const PanelSetting&) = default;
};

struct Settings {
  int window_width = 1600;  // in the screen's own units
  int window_height = 900;
  float right_share = 0.28F;   // of the window's width, for the panels at the right
  float bottom_share = 0.34F;  // of its height, for those at the bottom
  std::map<std::string, PanelSetting> panels;
  ThemeName theme = ThemeName::Light;
  exporting::Language language = exporting::Language::English;
  int text_step = 0;  // each makes text a tenth larger or smaller
  ReducedMotion reduced_motion = ReducedMotion::No;
  std::vector<std::string> recent;  // what was opened, the latest first

  friend bool operator==(const Settings&, const Settings&) = default;
};

inline constexpr int kSmallestTextStep = -4;
inline constexpr int kLargestTextStep = 12;
inline constexpr std::size_t kMostRecent = 12;

// How much larger than usual text is: 1.1 to the power of the step.
float text_factor(int text_step);

// Puts it first, once, and forgets the oldest.
void remember_recent(Settings& settings, const std::string& named);

// The panel's own, or the default.
PanelSetting panel_setting(const Settings& settings, std::string_view panel);

// $XDG_CONFIG_HOME/mailwalk/settings.toml, else below ~/.config; empty if neither is known.
std::filesystem::path settings_file();

// Of what was read: what could not be understood is left at its default, and told.
struct SettingsRead {
  Settings settings;
  std::optional<Error> problem;
};
SettingsRead parse_settings(std::string_view toml);
std::string settings_toml(const Settings& settings);

// A file that is not there is no problem.
SettingsRead load_settings(const std::filesystem::path& file);
// Written beside it and then renamed: whatever happens meanwhile, the old or the new is there
// whole.
Done save_settings(const Settings& settings, const std::filesystem::path& file);

}  // namespace mailwalk::gui
