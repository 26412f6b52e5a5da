// A picture of the window, as it is written to a PNG file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/result.hpp"

namespace mailwalk::gui {

// Red, green and blue, an octet each, row by row from the top.
struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgb;
};

Done write_png(const Picture& picture, const std::filesystem::path& file);

}  // namespace mailwalk::gui
