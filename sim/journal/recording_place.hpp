// Whether a file that is being written is still where it was: people move and remove files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace mailwalk::journal {

// Which file it is, whatever it is called.
struct FilePlace {
  std::uint64_t device = 0;
  std::uint64_t number = 0;  // on that device

  friend bool operator==(const FilePlace&, const FilePlace&) = default;
};

// nullopt: there is none.
std::optional<FilePlace> file_at(const std::string& path);
std::optional<FilePlace> file_opened_as(int descriptor);

// Another one has its name by now, or none.
Error moved_error(const std::string& path);

}  // namespace mailwalk::journal
