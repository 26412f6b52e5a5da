#include "tests/support/golden.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

namespace mailwalk::test {
namespace {

constexpr std::size_t kContextLines = 2;

// Lines with their ends, so that a CR or a missing last LF counts as a difference.
std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// "a\tb\r" for a line that ends in CRLF. The LF that every line has is left out.
std::string visible(std::string_view line) {
  if (!line.ends_with('\n')) return visible(std::string(line) + '\n') + "(no line end)";
  line.remove_suffix(1);
  std::string text;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\r') {
      text += "\\r";
    } else if (c == '\t') {
      text += "\\t";
    } else if (byte < 32 || byte == 127) {
      text += fmt::format("\\x{:02x}", byte);
    } else {
      text += c;
    }
  }
  return text;
}

std::string line_or_end(const std::vector<std::string_view>& lines, std::size_t index) {
  return index < lines.size() ? visible(lines[index]) : "(end of the text)";
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string write_file(const std::filesystem::path& path, std::string_view text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file << text;
  return file.flush() ? "" : fmt::format("{} cannot be written", path.string());
}

}  // namespace

std::string first_difference(std::string_view expected, std::string_view actual) {
  if (expected == actual) return {};
  const auto expected_lines = split_lines(expected);
  const auto actual_lines = split_lines(actual);
  const auto parting = std::mismatch(expected_lines.begin(), expected_lines.end(),
                                     actual_lines.begin(), actual_lines.end());
  const auto index = static_cast<std::size_t>(parting.first - expected_lines.begin());

  std::string text = fmt::format("line {} differs\n", index + 1);
  for (std::size_t i = index - std::min(index, kContextLines); i < index; ++i) {
    text += fmt::format("    {}\n", visible(expected_lines[i]));
  }
  text += fmt::format("  - {}\n", line_or_end(expected_lines, index));
  text += fmt::format("  + {}\n", line_or_end(actual_lines, index));
  return text;
}

GoldenMode golden_mode() {
  const char* value = std::getenv("MAILWALK_UPDATE_GOLDEN");
  const bool update = value != nullptr && std::string_view(value) == "1";
  return update ? GoldenMode::Update : GoldenMode::Compare;
}

std::string golden_difference(std::string_view path, std::string_view actual, GoldenMode mode) {
  const auto file = std::filesystem::path(MAILWALK_SOURCE_DIR) / "tests" / path;
  if (mode == GoldenMode::Update) return write_file(file, actual);

  constexpr std::string_view kRemedy =
      "If it is meant to be so, run the test with MAILWALK_UPDATE_GOLDEN=1 and look at `git diff`.";
  const auto expected = read_file(file);
  if (!expected) return fmt::format("tests/{} does not exist. {}", path, kRemedy);
  const std::string difference = first_difference(*expected, actual);
  if (difference.empty()) return {};
  return fmt::format("tests/{}: {}{}", path, difference, kRemedy);
}

}  // namespace mailwalk::test
