#include "gui/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <system_error>

#include "base/ascii.hpp"
#include "cli/write_file.hpp"
#include "wire/utf8.hpp"
#include "world/scenario_load.hpp"
#include "world/toml_tree.hpp"

namespace mailwalk::gui {
namespace {

namespace fs = std::filesystem;
using world::TomlEntry;
using world::TomlTable;
using world::TomlValue;

constexpr std::size_t kMostSettingsBytes = 100'000;
constexpr std::size_t kMostPanels = 64;

// ---- Reading ---------------------------------------------------------------------------------

// Reads a table's values, and keeps the first thing that cannot be understood.
class Reader {
 public:
  explicit Reader(const TomlTable& table) : table_(table) {}

  template <class T>
  const T* find(std::string_view key) {
    const TomlEntry* entry = world::find_entry(table_, key);
    if (entry == nullptr) return nullptr;
    const T* value = std::get_if<T>(&entry->value.content);
    if (value == nullptr) complain(*entry, "is something else than expected");
    return value;
  }

  void read(std::string_view key, int& into, int low, int high) {
    const auto* value = find<std::int64_t>(key);
    if (value != nullptr) into = static_cast<int>(std::clamp<std::int64_t>(*value, low, high));
  }
  void read(std::string_view key, float& into, float low, float high) {
    const TomlEntry* entry = world::find_entry(table_, key);
    if (entry == nullptr) return;
    if (const auto* whole = std::get_if<std::int64_t>(&entry->value.content)) {
      into = std::clamp(static_cast<float>(*whole), low, high);
    } else if (const auto* real = find<double>(key); real != nullptr && std::isfinite(*real)) {
      into = std::clamp(static_cast<float>(*real), low, high);
    }
  }
  // One of two words.
  template <class E>
  void read(std::string_view key, E& into, std::string_view first_word, E first,
            std::string_view second_word, E second) {
    const auto* word = find<std::string>(key);
    if (word == nullptr) return;
    if (*word == first_word) {
      into = first;
    } else if (*word == second_word) {
      into = second;
    } else {
      complain(*world::find_entry(table_, key),
               fmt::format("is neither {} nor {}", first_word, second_word));
    }
  }

  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

 private:
  void complain(const TomlEntry& entry, std::string_view what) {
    if (problem_) return;
    Error error = world::make_error(fmt::format("{} {}", world::in_quotes(entry.key), what));
    error.line = entry.place.line;
    error.column = entry.place.column;
    problem_ = std::move(error);
  }

  const TomlTable& table_;
  std::optional<Error> problem_;
};

void read_recent(Reader& reader, Settings& settings) {
  const auto* recent = reader.find<world::TomlList>("recent");
  if (recent == nullptr) return;
  for (const TomlValue& value : *recent) {
    const auto* named = std::get_if<std::string>(&value.content);
    if (named != nullptr && settings.recent.size() < kMostRecent) settings.recent.push_back(*named);
  }
}

void read_panels(Reader& reader, SettingsRead& read) {
  const auto* panels = reader.find<TomlTable>("panels");
  if (panels == nullptr) return;
  for (const TomlEntry& entry : *panels) {
    const auto* table = std::get_if<TomlTable>(&entry.value.content);
    if (table == nullptr || read.settings.panels.size() >= kMostPanels) continue;
    PanelSetting panel;
    Reader of_panel(*table);
    of_panel.read("weight", panel.weight, 0.1F, 10.0F);
    of_panel.read("folded", panel.folded, "yes", Folded::Yes, "no", Folded::No);
    read.settings.panels[entry.key] = panel;
    if (!read.problem) read.problem = of_panel.problem();
  }
}

// ---- Writing ---------------------------------------------------------------------------------

std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : wire::to_valid_utf8(text)) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x20 || octet == 0x7F || c == '"' || c == '\\') {
      out += fmt::format("\\u{:04X}", octet);
    } else {
      out += c;
    }
  }
  return out + '"';
}

fs::path folder_from(const char* variable, const char* below) {
  const char* value = std::getenv(variable);
  if (value == nullptr || !fs::path(value).is_absolute()) return {};
  return fs::path(value) / below;
}

}  // namespace

float text_factor(int text_step) {
  return std::pow(1.1F, static_cast<float>(text_step));
}

void remember_recent(Settings& settings, const std::string& named) {
  std::vector<std::string>& recent = settings.recent;
  recent.erase(std::remove(recent.begin(), recent.end(), named), recent.end());
  recent.insert(recent.begin(), named);
  if (recent.size() > kMostRecent) recent.resize(kMostRecent);
}

PanelSetting panel_setting(const Settings& settings, std::string_view panel) {
  const auto found = settings.panels.find(std::string(panel));
  return found == settings.panels.end() ? PanelSetting{} : found->second;
}

fs::path settings_file() {
  fs::path folder = folder_from("XDG_CONFIG_HOME", "mailwalk");
  if (folder.empty()) folder = folder_from("HOME", ".config/mailwalk");
  return folder.empty() ? folder : folder / "settings.toml";
}

SettingsRead parse_settings(std::string_view toml) {
  SettingsRead read;
  const auto table = world::parse_toml(toml);
  if (!table) {
    read.problem = table.error();
    return read;
  }
  Settings& settings = read.settings;
  Reader reader(*table);
  reader.read("window_width", settings.window_width, 320, 16'384);
  reader.read("window_height", settings.window_height, 200, 16'384);
  reader.read("right_share", settings.right_share, 0.1F, 0.6F);
  reader.read("bottom_share", settings.bottom_share, 0.1F, 0.7F);
  reader.read("text_step", settings.text_step, kSmallestTextStep, kLargestTextStep);
  reader.read("theme", settings.theme, "light", ThemeName::Light, "dark", ThemeName::Dark);
  reader.read("language", settings.language, "en", exporting::Language::English, "id",
              exporting::Language::Indonesian);
  reader.read("reduced_motion", settings.reduced_motion, "yes", ReducedMotion::Yes, "no",
              ReducedMotion::No);
  read_recent(reader, settings);
  read_panels(reader, read);
  if (!read.problem) read.problem = reader.problem();
  return read;
}

std::string settings_toml(const Settings& settings) {
  const bool english = settings.language == exporting::Language::English;
  std::string toml = fmt::format(
      "# What was chosen in Mailwalk's window. It may be deleted.\n"
      "window_width = {}\nwindow_height = {}\nright_share = {:.3f}\nbottom_share = {:.3f}\n"
      "text_step = {}\ntheme = \"{}\"\nlanguage = \"{}\"\nreduced_motion = \"{}\"\nrecent = [",
      settings.window_width, settings.window_height, settings.right_share, settings.bottom_share,
      settings.text_step, settings.theme == ThemeName::Light ? "light" : "dark",
      english ? "en" : "id", settings.reduced_motion == ReducedMotion::Yes ? "yes" : "no");
  for (const std::string& named : settings.recent) {
    toml += fmt::format("{}{}", &named == &settings.recent.front() ? "" : ", ", toml_text(named));
  }
  toml += "]\n";
  for (const auto& [key, panel] : settings.panels) {
    toml += fmt::format("\n[panels.{}]\nfolded = \"{}\"\nweight = {:.3f}\n", toml_text(key),
                        panel.folded == Folded::Yes ? "yes" : "no", panel.weight);
  }
  return toml;
}

SettingsRead load_settings(const fs::path& file) {
  std::error_code error;
  if (file.empty() || !fs::exists(file, error)) return {};
  const auto text = world::load_file(file.string(), kMostSettingsBytes);
  if (!text) return {{}, text.error()};
  SettingsRead read = parse_settings(text->view());
  if (read.problem) read.problem->file = file.string();
  return read;
}

Done save_settings(const Settings& settings, const fs::path& file) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  fs::path temporary = file;
  temporary += ".new";
  const Done written = cli::write_file(temporary, settings_toml(settings));
  if (!written) return written;
  fs::rename(temporary, file, error);
  if (!error) return done();
  return world::make_error(fmt::format("the settings cannot be kept in {}: {}",
                                       world::in_quotes(file.string()), error.message()));
}

}  // namespace mailwalk::gui
