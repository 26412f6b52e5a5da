// The window's own words, in English and Indonesian. Protocol bytes are never translated.
//
// assets/lang/en.toml and id.toml hold them: a table for each part of the window, a key for each
// text. A test holds both to the same keys, and to those that the sources ask for.
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "export/text.hpp"
#include "world/scenario.hpp"

namespace mailwalk::gui {

class Language {
 public:
  // From the texts of one TOML file.
  static Result<Language> parse(std::string_view toml, exporting::Language which);
  // Reads en.toml or id.toml.
  static Result<Language> load(const std::filesystem::path& folder, exporting::Language which);

  [[nodiscard]] exporting::Language which() const { return which_; }
  // "keys.title" is the text `title` of the table [keys]. The key itself if there is none.
  [[nodiscard]] std::string_view text(std::string_view key) const;
  // With arguments in the places of {}; named ones if the order differs between languages.
  template <class... Args>
  [[nodiscard]] std::string format(std::string_view key, const Args&... args) const {
    return vformat(key, fmt::make_format_args(args...));
  }
  [[nodiscard]] std::string_view pick(const world::LocalText& local) const;
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& texts() const {
    return texts_;
  }

 private:
  [[nodiscard]] std::string vformat(std::string_view key, fmt::format_args args) const;

  exporting::Language which_ = exporting::Language::English;
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace mailwalk::gui
