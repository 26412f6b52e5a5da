// What a word of a protocol, or a kind of event, means: a sentence or two, and where it is written
// down. The tables beside this file hold them, in both languages side by side.
#pragma once

#include <string>
#include <string_view>

#include "export/text.hpp"

namespace mailwalk::exporting {

struct Meaning {
  std::string_view english;
  std::string_view indonesian;
  std::string_view source;  // "RFC 5321 section 4.1.1.2"; empty where no document says it

  [[nodiscard]] std::string_view in(Language language) const {
    return language == Language::English ? english : indonesian;
  }
};

// "RFC 5321 section 4.1.1.2", in Indonesian "RFC 5321 bagian 4.1.1.2".
std::string source_words(std::string_view source, Language language);

}  // namespace mailwalk::exporting
