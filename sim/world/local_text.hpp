// A text for people in both languages.
#pragma once

#include <string>

namespace mailwalk::world {

struct LocalText {
  std::string english;
  std::string indonesian;
};

}  // namespace mailwalk::world
