#include "export/count_words.hpp"

#include <fmt/format.h>

namespace mailwalk::exporting {

std::string count_words(std::uint64_t count, std::string_view one, std::string_view many) {
  if (count == 0) return fmt::format("no {}", many);
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace mailwalk::exporting
