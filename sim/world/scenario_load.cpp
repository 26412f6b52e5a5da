#include "world/scenario_load.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "world/problems.hpp"

namespace mailwalk::world {
namespace {

Error cannot_read(const std::string& path, int error_number) {
  return make_error(fmt::format("{} cannot be read: {}", in_quotes(path),
                                std::generic_category().message(error_number)));
}

// A pipe would be waited for, perhaps for ever. What is not there, or a folder, says so when it is
// read.
bool is_pipe_or_device(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::file_status status = std::filesystem::status(path, ignored);
  return std::filesystem::is_other(status);
}

}  // namespace

Result<Bytes> load_file(const std::string& path, std::size_t max_bytes) {
  if (is_pipe_or_device(path)) {
    return make_error(fmt::format("{} is no regular file", in_quotes(path)),
                      "a pipe or a device cannot be read; name a file");
  }
  errno = 0;  // the stream does not say why it failed; the calls that it makes do
  std::ifstream file(path, std::ios::binary);
  if (!file) return cannot_read(path, errno);
  std::string content;
  std::array<char, 65'536> buffer;
  while (file) {
    file.read(buffer.data(), buffer.size());
    content.append(buffer.data(), static_cast<std::size_t>(file.gcount()));
    if (content.size() > max_bytes) {
      return make_error(fmt::format("{} is too large", in_quotes(path)),
                        fmt::format("the most is {} octets", max_bytes));
    }
  }
  if (file.bad()) return cannot_read(path, errno);
  return Bytes(std::move(content));
}

ScenarioResult load_scenario(const std::string& path) {
  const Result<Bytes> text = load_file(path, kMostScenarioBytes);
  if (!text) return ScenarioProblems{{text.error()}};
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  return parse_scenario(text->view(), path, [&folder](const std::string& name) {
    return load_file((folder / name).string(), kMostMailBytes);
  });
}

}  // namespace mailwalk::world
