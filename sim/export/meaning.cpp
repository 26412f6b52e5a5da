#include "export/meaning.hpp"

#include <array>
#include <utility>

namespace mailwalk::exporting {

std::string source_words(std::string_view source, Language language) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kWords{
      {{" section ", " bagian "}, {" appendix ", " lampiran "}}};
  std::string words(source);
  if (language == Language::English) return words;
  for (const auto& [english, indonesian] : kWords) {
    for (std::size_t at = words.find(english); at != std::string::npos; at = words.find(english)) {
      words.replace(at, english.size(), indonesian);
    }
  }
  return words;
}

}  // namespace mailwalk::exporting
