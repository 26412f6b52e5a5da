// Runs a fuzzer without libFuzzer, as an ordinary test: over its seeds, and over changed versions
// of them, the same ones each time.
//
//     fuzz_wire_line_reader tests/fuzz/corpus/wire_line_reader
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/fuzzing.hpp"

namespace {

using mailwalk::Prng;

constexpr int kChangedInputs = 2'000;
constexpr std::uint64_t kMostChanges = 8;

// The files of a folder, in the order of their names.
std::vector<std::string> read_seeds(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry);
  std::sort(files.begin(), files.end());
  std::vector<std::string> seeds;
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return seeds;
}

std::size_t any_index(const std::string& text, Prng& prng) {
  return static_cast<std::size_t>(prng.below(text.size() + 1));
}

// One change: an octet put in, octets taken out, octets doubled, or an octet replaced.
void change(std::string& text, Prng& prng) {
  const std::size_t at = any_index(text, prng);
  const std::size_t count = std::min<std::size_t>(prng.below(16), text.size() - at);
  switch (prng.below(4)) {
    case 0: text.insert(at, 1, static_cast<char>(prng.below(256))); break;
    case 1: text.erase(at, count); break;
    case 2: text.insert(at, std::string(text, at, count)); break;
    default:
      if (at < text.size()) text[at] = static_cast<char>(prng.below(256));
  }
}

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s FOLDER-OF-SEEDS\n", argv[0]);
    return 2;
  }
  const std::vector<std::string> seeds = read_seeds(argv[1]);
  if (seeds.empty()) {
    std::fprintf(stderr, "%s holds no seeds\n", argv[1]);
    return 1;
  }
  for (const std::string& seed : seeds) run(seed);
  Prng prng(1);
  for (int i = 0; i < kChangedInputs; ++i) {
    std::string input = seeds[static_cast<std::size_t>(prng.below(seeds.size()))];
    for (std::uint64_t n = 1 + prng.below(kMostChanges); n > 0; --n) change(input, prng);
    run(input);
  }
  return 0;
}
