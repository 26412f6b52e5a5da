#include "tests/layers/include_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <sstream>

namespace mailwalk::test {
namespace {

// A header from outside that only some files of sim/ may include. Everything that is not the
// command line also has to build without threads, clocks and the newer parts of the library.
struct Restriction {
  std::string_view header;   // exact, or with a '/' at its end: all below
  std::string_view allowed;  // start of the paths that may have it; empty: none
  std::string_view remedy;
  std::string_view also_allowed = {};
};

constexpr std::string_view kOwnGenerator = "draw from base/prng.hpp";
constexpr std::string_view kVirtualTime = "take a VirtualTime (base/virtual_time.hpp) as argument";
constexpr std::string_view kNoThreads =
    "sim/ is single-threaded, but for journal/recording_thread: return, and be called again";
constexpr std::string_view kFmt = "return text made with fmt; the command line prints it";
constexpr std::string_view kOldLibrary = "the core has to build with an older standard library";
constexpr std::string_view kGui = "views read a WorldView; sim/ knows no window";

constexpr std::array kRestrictions = {
    Restriction{"iostream", "cli/", kFmt},
    Restriction{"cstdio", "cli/", kFmt},
    Restriction{"chrono", "cli/", kVirtualTime, "net/sockets.cpp"},
    Restriction{"ctime", "cli/", kVirtualTime},
    Restriction{"random", "", kOwnGenerator},
    Restriction{"thread", "journal/recording_thread", kNoThreads},
    Restriction{"mutex", "journal/recording_thread", kNoThreads,
                "journal/recording_promise_writer.hpp"},
    Restriction{"shared_mutex", "", kNoThreads},
    Restriction{"condition_variable", "journal/recording_thread", kNoThreads},
    Restriction{"atomic", "journal/recording_thread", kNoThreads, "base/bytes.hpp"},
    Restriction{"future", "", kNoThreads},
    Restriction{"coroutine", "", kOldLibrary},
    Restriction{"ranges", "", kOldLibrary},
    Restriction{"format", "", "use fmt/format.h"},
    Restriction{"source_location", "", kOldLibrary},
    Restriction{"boost/asio.hpp", "net/sockets.cpp", "sockets are behind net/network.hpp"},
    Restriction{"boost/asio/", "net/sockets.cpp", "sockets are behind net/network.hpp"},
    Restriction{"sqlite3.h", "journal/recording_", "journal/recording_reader.hpp reads recordings"},
    Restriction{"GLFW/", "", kGui},
    Restriction{"glad/", "", kGui},
    Restriction{"imgui.h", "", kGui},
};

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

void skip_blanks(std::string_view& text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  skip_blanks(text);
  return true;
}

// The position of a layer in the order; the order's size if it is none.
std::size_t position(const Layers& layers, std::string_view layer) {
  const auto found = std::find(layers.order.begin(), layers.order.end(), layer);
  return static_cast<std::size_t>(std::distance(layers.order.begin(), found));
}

bool is_layer(const Layers& layers, std::string_view name) {
  return position(layers, name) < layers.order.size();
}

std::string_view folder(std::string_view path) {
  return path.substr(0, path.find('/'));
}

// The layer itself, what it USES, and what those use.
std::set<std::string> reachable(const Layers& layers, const std::string& layer) {
  std::set<std::string> found;
  std::vector<std::string> open = {layer};
  while (!open.empty()) {
    const std::string next = open.back();
    open.pop_back();
    if (!found.insert(next).second) continue;
    const auto uses = layers.uses.find(next);
    if (uses == layers.uses.end()) continue;
    open.insert(open.end(), uses->second.begin(), uses->second.end());
  }
  return found;
}

// What is wrong with `#include "target"` in a file of `layer`; empty if nothing is.
std::string check_own(const Layers& layers, const std::string& layer, const std::string& target) {
  const std::string other(folder(target));
  if (target.find('/') == std::string::npos || !is_layer(layers, other)) {
    return fmt::format("\"{}\" names no layer; write the path from sim/, \"{}/….hpp\"", target,
                       layer);
  }
  if (position(layers, other) > position(layers, layer)) {
    return fmt::format("\"{}\": {} stands above {}; move what is needed down, or this file up",
                       target, other, layer);
  }
  if (!reachable(layers, layer).contains(other)) {
    return fmt::format("\"{}\": add {} to USES in sim/{}/CMakeLists.txt", target, other, layer);
  }
  return {};
}

bool covers(const Restriction& restriction, std::string_view target) {
  return restriction.header.ends_with('/') ? target.starts_with(restriction.header)
                                           : target == restriction.header;
}

// What is wrong with `#include <target>` in the file at `path`; empty if nothing is.
std::string check_outside(const Layers& layers, std::string_view path, const std::string& target) {
  if (is_layer(layers, folder(target)) && target.find('/') != std::string::npos) {
    return fmt::format("<{}> is our own; write \"{}\"", target, target);
  }
  const auto is_in = [&](std::string_view start) {
    return !start.empty() && path.starts_with(start);
  };
  for (const Restriction& restriction : kRestrictions) {
    if (!covers(restriction, target)) continue;
    if (is_in(restriction.allowed) || is_in(restriction.also_allowed)) continue;
    return fmt::format("<{}> is not for this file; {}", target, restriction.remedy);
  }
  return {};
}

}  // namespace

Layers parse_layers(std::string_view text) {
  Layers layers;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string layer;
    if (!(words >> layer)) continue;
    layers.order.push_back(layer);
    layers.uses[layer].assign(std::istream_iterator<std::string>(words), {});
  }
  return layers;
}

std::vector<Include> parse_includes(std::string_view source) {
  std::vector<Include> includes;
  for (int line = 1; !source.empty(); ++line) {
    const std::size_t end = std::min(source.find('\n'), source.size());
    std::string_view text = source.substr(0, end);
    source.remove_prefix(std::min(end + 1, source.size()));

    skip_blanks(text);
    if (!take(text, "#") || !take(text, "include")) continue;
    const bool quoted = text.starts_with('"');
    if (!quoted && !text.starts_with('<')) continue;
    const std::size_t close = text.find(quoted ? '"' : '>', 1);
    if (close == std::string_view::npos) continue;
    includes.push_back({line, quoted, std::string(text.substr(1, close - 1))});
  }
  return includes;
}

std::vector<std::string> check_includes(const Layers& layers, std::string_view path,
                                        std::string_view source) {
  const std::string layer(folder(path));
  if (!is_layer(layers, layer)) {
    return {
        fmt::format("sim/{}:1: the folder is no layer; add it to MAILWALK_LAYERS in "
                    "cmake/Layer.cmake",
                    path)};
  }
  std::vector<std::string> findings;
  for (const Include& include : parse_includes(source)) {
    const std::string wrong = include.quoted ? check_own(layers, layer, include.target)
                                             : check_outside(layers, path, include.target);
    if (!wrong.empty()) findings.push_back(fmt::format("sim/{}:{}: {}", path, include.line, wrong));
  }
  return findings;
}

std::vector<std::string> check_uses(const Layers& layers, const std::string& layer,
                                    const std::vector<std::string>& sources) {
  std::set<std::string> included;
  for (const std::string& source : sources) {
    for (const Include& include : parse_includes(source)) {
      if (include.quoted) included.emplace(folder(include.target));
    }
  }
  std::vector<std::string> findings;
  for (const std::string& used : layers.uses.at(layer)) {
    const std::string place = fmt::format("sim/{}/CMakeLists.txt: USES {}", layer, used);
    if (position(layers, used) >= position(layers, layer)) {
      findings.push_back(place + ": it does not stand before this layer in MAILWALK_LAYERS");
    } else if (!included.contains(used)) {
      findings.push_back(place + ": no file includes from it; remove it");
    }
  }
  return findings;
}

}  // namespace mailwalk::test
