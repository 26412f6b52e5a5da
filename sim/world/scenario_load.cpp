#include "world/scenario_load.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

#include "world/problems.hpp"

namespace mailwalk::world {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

Error cannot_read(const std::string& path, int error_number) {
  return make_error(fmt::format("{} cannot be read: {}", in_quotes(path),
                                std::generic_category().message(error_number)));
}

}  // namespace

Result<Bytes> load_file(const std::string& path, std::size_t max_bytes) {
  const File file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) return cannot_read(path, errno);
  std::string content;
  std::array<char, 65'536> buffer;
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    content.append(buffer.data(), count);
    if (content.size() > max_bytes) {
      return make_error(fmt::format("{} is too large", in_quotes(path)),
                        fmt::format("the most is {} octets", max_bytes));
    }
  }
  if (std::ferror(file.get()) != 0) return cannot_read(path, errno);
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
