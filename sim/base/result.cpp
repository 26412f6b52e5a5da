#include "base/result.hpp"

#include <fmt/format.h>

namespace mailwalk {

std::string Error::text() const {
  std::string place = file;
  if (line > 0) place += fmt::format("{}{}", place.empty() ? "line " : ":", line);
  if (line > 0 && column > 0) place += fmt::format(":{}", column);
  std::string text = place.empty() ? what : place + ": " + what;
  if (!remedy.empty()) text += "; " + remedy;
  return text;
}

}  // namespace mailwalk
