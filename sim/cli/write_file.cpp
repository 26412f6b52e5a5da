#include "cli/write_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "base/ascii.hpp"
#include "world/problems.hpp"

namespace mailwalk::cli {

namespace fs = std::filesystem;

namespace {

Error cannot_write(const fs::path& path, const std::string& why) {
  return world::make_error(
      fmt::format("{} cannot be written: {}", world::in_quotes(path.string()), why));
}

std::string error_text(int number) {
  return std::generic_category().message(number);
}

// Writes and closes it.
Done write_into(std::FILE* file, const fs::path& path, std::string_view octets) {
  int problem = 0;
  if (std::fwrite(octets.data(), 1, octets.size(), file) != octets.size()) problem = errno;
  // A full disk is often told only now.
  if (std::fclose(file) != 0 && problem == 0) problem = errno;
  if (problem != 0) return cannot_write(path, error_text(problem));
  return done();
}

}  // namespace

Done write_file(const fs::path& path, std::string_view octets) {
  std::FILE* file = std::fopen(path.string().c_str(), "wb");
  if (file == nullptr) return cannot_write(path, error_text(errno));
  return write_into(file, path, octets);
}

Result<fs::path> write_new_file(const std::string& stem, const std::string& extension,
                                std::string_view octets) {
  constexpr int kMostTries = 1'000;
  std::error_code error;
  const fs::path folder = fs::current_path(error);
  fs::path path;
  for (int number = 1; number <= kMostTries; ++number) {
    path = folder / (stem + (number == 1 ? "" : fmt::format("-{}", number)) + extension);
    // x: only if there is none, so that nothing can come in between.
    std::FILE* file = std::fopen(path.string().c_str(), "wbx");
    if (file == nullptr && errno == EEXIST) continue;
    if (file == nullptr) return cannot_write(path, error_text(errno));
    const Done written = write_into(file, path, octets);
    if (!written) {
      fs::remove(path, error);  // half of it would look like all of it
      return written.error();
    }
    return path;
  }
  return cannot_write(path, error_text(EEXIST));
}

Done check_writable(const fs::path& path) {
  std::error_code ignored;
  const bool is_new = !fs::exists(path, ignored);
  std::FILE* file = std::fopen(path.string().c_str(), "ab");  // changes nothing that is there
  if (file == nullptr) return cannot_write(path, error_text(errno));
  std::fclose(file);
  if (is_new) fs::remove(path, ignored);
  return done();
}

Done make_empty_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return cannot_write(folder, error.message());
  const bool empty = fs::is_empty(folder, error);
  if (error) return cannot_write(folder, error.message());
  if (empty) return check_writable(folder / "letter.eml");
  return world::make_error(
      fmt::format("the folder {} is not empty", world::in_quotes(folder.string())),
      "name a new one: nothing is overwritten");
}

std::string safe_file_name(std::string_view name) {
  constexpr std::size_t kMostOctets = 100;
  std::string safe;
  for (const char c : name.substr(0, kMostOctets)) {
    const bool harmless =
        ascii::is_alnum(c) || std::string_view("-_.@+").find(c) != std::string_view::npos;
    safe += harmless ? c : '_';
  }
  if (safe.empty() || safe.front() == '.') safe.insert(safe.begin(), '_');
  return safe;
}

}  // namespace mailwalk::cli
