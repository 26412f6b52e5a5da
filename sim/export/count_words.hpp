// Numbers of things, in English that is right for one of them too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailwalk::exporting {

// "1 letter", "2 letters", "no letters".
std::string count_words(std::uint64_t count, std::string_view one, std::string_view many);

// "third", "21st". REQUIRES number > 0.
std::string ordinal_words(std::uint64_t number);

}  // namespace mailwalk::exporting
