#include "journal/recording_place.hpp"

#include <sys/stat.h>

namespace mailwalk::journal {
namespace {

FilePlace place_of(const struct stat& file) {
  return {static_cast<std::uint64_t>(file.st_dev), static_cast<std::uint64_t>(file.st_ino)};
}

}  // namespace

std::optional<FilePlace> file_at(const std::string& path) {
  struct stat file {};
  if (::stat(path.c_str(), &file) != 0) return std::nullopt;
  return place_of(file);
}

std::optional<FilePlace> file_opened_as(int descriptor) {
  struct stat file {};
  if (::fstat(descriptor, &file) != 0) return std::nullopt;
  return place_of(file);
}

Error moved_error(const std::string& path) {
  return {"cannot be written: somebody moved, removed or replaced it meanwhile", {}, path};
}

}  // namespace mailwalk::journal
