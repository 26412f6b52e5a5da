#include "world/problems.hpp"

#include <algorithm>
#include <tuple>

#include "wire/printable.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::world {

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kMostOctets = 60;
  std::string out = "\"";
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(1, wire::utf8_length(text));
    if (out.size() + length > kMostOctets) {
      out += "…";
      break;
    }
    out += wire::printable(text.substr(0, length));
    text.remove_prefix(length);
  }
  return out + "\"";
}

void Problems::add(Place place, std::string what, std::string remedy) {
  if (errors_.size() == kMost) return;
  Error error = make_error(std::move(what), std::move(remedy));
  error.file = file_;
  error.line = place.line;
  error.column = place.column;
  errors_.push_back(std::move(error));
}

std::vector<Error> Problems::take() {
  std::stable_sort(errors_.begin(), errors_.end(), [](const Error& a, const Error& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  return std::exchange(errors_, {});
}

}  // namespace mailwalk::world
