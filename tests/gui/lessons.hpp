// The lessons that come along, opened as the window opens them.
#pragma once

#include <memory>
#include <string>

#include "gui/opening.hpp"
#include "tests/support/catch.hpp"

namespace mailwalk::test {

inline std::unique_ptr<gui::Document> lesson(const std::string& id) {
  auto opened =
      gui::open_document(std::string(MAILWALK_SOURCE_DIR) + "/lessons/" + id + "/lesson.toml");
  REQUIRE(opened.ok());
  return std::move(*opened);
}

}  // namespace mailwalk::test
