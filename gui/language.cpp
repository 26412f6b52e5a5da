#include "gui/language.hpp"

#include <utility>
#include <variant>

#include "world/scenario_load.hpp"
#include "world/toml_tree.hpp"

namespace mailwalk::gui {
namespace {

constexpr std::size_t kMostLanguageBytes = 1'000'000;

Error at(Error error, world::Place place) {
  error.line = place.line;
  error.column = place.column;
  return error;
}

}  // namespace

Result<Language> Language::parse(std::string_view toml, exporting::Language which) {
  const auto tables = world::parse_toml(toml);
  if (!tables) return tables.error();
  Language language;
  language.which_ = which;
  for (const world::TomlEntry& table : *tables) {
    const auto* entries = std::get_if<world::TomlTable>(&table.value.content);
    if (entries == nullptr) return at(world::make_error("expected a table"), table.place);
    for (const world::TomlEntry& entry : *entries) {
      const auto* text = std::get_if<std::string>(&entry.value.content);
      if (text == nullptr) return at(world::make_error("expected a text"), entry.place);
      language.texts_[table.key + '.' + entry.key] = *text;
    }
  }
  return language;
}

Result<Language> Language::load(const std::filesystem::path& folder, exporting::Language which) {
  const bool english = which == exporting::Language::English;
  const std::filesystem::path file = folder / (english ? "en.toml" : "id.toml");
  const auto text = world::load_file(file.string(), kMostLanguageBytes);
  if (!text) return text.error();
  auto language = parse(text->view(), which);
  if (language) return language;
  Error error = language.error();
  error.file = file.string();
  return error;
}

std::string_view Language::text(std::string_view key) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? key : std::string_view(found->second);
}

std::string_view Language::pick(const world::LocalText& local) const {
  return which_ == exporting::Language::English ? local.english : local.indonesian;
}

std::string Language::vformat(std::string_view key, fmt::format_args args) const {
  // The tests format every text that has places; a file that somebody changed may still be wrong.
  try {
    return fmt::vformat(text(key), args);
  } catch (const fmt::format_error&) {
    return std::string(text(key));
  }
}

}  // namespace mailwalk::gui
