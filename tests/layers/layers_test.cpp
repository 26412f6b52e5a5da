// Holds sim/ to its layers, and the rules that do so to examples.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "tests/layers/include_rules.hpp"
#include "tests/support/catch.hpp"

using mailwalk::test::check_includes;
using mailwalk::test::check_uses;
using mailwalk::test::Layers;
using mailwalk::test::parse_includes;
using mailwalk::test::parse_layers;

namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Every C++ file of sim/, by its path from there.
std::map<std::string, std::string> sim_sources() {
  const std::filesystem::path root = std::filesystem::path(MAILWALK_SOURCE_DIR) / "sim";
  std::map<std::string, std::string> sources;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const auto extension = entry.path().extension();
    if (extension != ".hpp" && extension != ".cpp") continue;
    sources[entry.path().lexically_relative(root).generic_string()] = read_file(entry.path());
  }
  return sources;
}

Layers declared_layers() {
  return parse_layers(read_file(MAILWALK_LAYERS_FILE));
}

const Layers kExample = parse_layers("base\nwire base\nmail base\nsmtp mail\nnet smtp\ncli net\n");

}  // namespace

TEST_CASE("every file of sim/ includes only what its layer may", "[layers]") {
  const Layers layers = declared_layers();
  const auto sources = sim_sources();
  REQUIRE(layers.order.size() > 1);
  REQUIRE(sources.size() > 10);
  for (const auto& [path, text] : sources) {
    for (const std::string& finding : check_includes(layers, path, text)) FAIL_CHECK(finding);
  }
}

TEST_CASE("a layer's USES names what it includes, and nothing else", "[layers]") {
  const Layers layers = declared_layers();
  std::map<std::string, std::vector<std::string>> texts;
  for (const auto& [path, text] : sim_sources()) {
    texts[path.substr(0, path.find('/'))].push_back(text);
  }
  for (const std::string& layer : layers.order) {
    for (const std::string& finding : check_uses(layers, layer, texts[layer])) FAIL_CHECK(finding);
  }
}

TEST_CASE("includes are found with their lines, whatever their spacing", "[layers]") {
  const auto includes = parse_includes(
      "#include <string>\n"
      "// #include \"no.hpp\"\n"
      "\t# include \"smtp/reply.hpp\"  // why\n"
      "#include_next <nor this>\n"
      "#include \"unclosed\n"
      "#include<vector>");
  REQUIRE(includes.size() == 3);
  CHECK(includes[0].line == 1);
  CHECK(includes[0].target == "string");
  CHECK_FALSE(includes[0].quoted);
  CHECK(includes[1].line == 3);
  CHECK(includes[1].target == "smtp/reply.hpp");
  CHECK(includes[1].quoted);
  CHECK(includes[2].line == 6);
  CHECK(includes[2].target == "vector");
}

TEST_CASE("a wrong include is reported with its line and a remedy", "[layers]") {
  struct Row {
    std::string path;
    std::string include;
    std::string finding;  // part of it; empty: the include is right
  };
  const std::vector<Row> rows = {
      {"smtp/reply.hpp", "\"mail/address.hpp\"", ""},
      {"smtp/reply.hpp", "\"smtp/limits.hpp\"", ""},
      {"smtp/reply.hpp", "\"base/ids.hpp\"", ""},
      {"smtp/reply.hpp", "<string>", ""},
      {"cli/main.cpp", "<iostream>", ""},
      {"net/sockets.cpp", "<boost/asio/io_context.hpp>", ""},
      {"net/sockets.cpp", "<chrono>", ""},
      {"mail/address.hpp", "\"smtp/reply.hpp\"", "smtp stands above mail"},
      {"smtp/reply.hpp", "\"wire/base64.hpp\"", "add wire to USES in sim/smtp/CMakeLists.txt"},
      {"smtp/reply.hpp", "\"limits.hpp\"", "write the path from sim/"},
      {"smtp/reply.hpp", "\"../mail/address.hpp\"", "write the path from sim/"},
      {"smtp/reply.hpp", "<mail/address.hpp>", "is our own"},
      {"smtp/reply.hpp", "<iostream>", "is not for this file"},
      {"smtp/reply.hpp", "<chrono>", "base/virtual_time.hpp"},
      {"cli/main.cpp", "<random>", "base/prng.hpp"},
      {"cli/main.cpp", "<thread>", "single-threaded"},
      {"net/tcp_network.cpp", "<boost/asio/io_context.hpp>", "net/network.hpp"},
      {"net/tcp_network.cpp", "<chrono>", "base/virtual_time.hpp"},
      {"cli/main.cpp", "<GLFW/glfw3.h>", "knows no window"},
      {"gui/main.cpp", "<string>", "MAILWALK_LAYERS"},
  };
  for (const Row& row : rows) {
    INFO(row.path << " includes " << row.include);
    const auto findings =
        check_includes(kExample, row.path, "#pragma once\n#include " + row.include + "\n");
    if (row.finding.empty()) {
      CHECK(findings.empty());
      continue;
    }
    REQUIRE(findings.size() == 1);
    CHECK_THAT(findings.front(), ContainsSubstring(row.finding));
    const std::string line = row.path.starts_with("gui/") ? ":1: " : ":2: ";
    CHECK_THAT(findings.front(), ContainsSubstring("sim/" + row.path + line));
  }
}

TEST_CASE("USES of a later layer, and USES without an include, are reported", "[layers]") {
  CHECK(check_uses(kExample, "smtp", {"#include \"mail/address.hpp\"\n"}).empty());

  const auto stale = check_uses(kExample, "smtp", {"#include \"base/ids.hpp\"\n"});
  REQUIRE(stale.size() == 1);
  CHECK_THAT(stale.front(), ContainsSubstring("sim/smtp/CMakeLists.txt: USES mail: no file"));

  const Layers upward = parse_layers("base wire\nwire\n");
  const auto late = check_uses(upward, "base", {"#include \"wire/base64.hpp\"\n"});
  REQUIRE(late.size() == 1);
  CHECK_THAT(late.front(), ContainsSubstring("does not stand before"));
}
