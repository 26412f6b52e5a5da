// The rules about what a file of sim/ may include, as a function from text to findings.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailwalk::test {

// The layers as CMake declares them.
struct Layers {
  std::vector<std::string> order;                        // from the bottom up
  std::map<std::string, std::vector<std::string>> uses;  // layer → its USES in CMake
};

// One line per layer, from the bottom up: its name and the layers it USES, parted by blanks.
Layers parse_layers(std::string_view text);

// An #include line of a source file.
struct Include {
  int line = 0;         // from 1
  bool quoted = false;  // "…" rather than <…>
  std::string target;   // "smtp/reply.hpp"
};

std::vector<Include> parse_includes(std::string_view source);

// What is wrong with the includes of one file, as "sim/PATH:LINE: what; what to do".
// `path` is below sim/: "mail/address.hpp".
std::vector<std::string> check_includes(const Layers& layers, std::string_view path,
                                        std::string_view source);

// What is wrong with a layer's USES: a later layer, or one that none of its files includes from.
// `sources` are the texts of all its files.
std::vector<std::string> check_uses(const Layers& layers, const std::string& layer,
                                    const std::vector<std::string>& sources);

}  // namespace mailwalk::test
