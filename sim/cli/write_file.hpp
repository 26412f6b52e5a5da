// Files that the program writes.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace mailwalk::cli {

// The file has these octets and no others; or else why not.
Done write_file(const std::filesystem::path& path, std::string_view octets);

// Whether the file could be written, without changing anything; or else why not.
Done check_writable(const std::filesystem::path& path);

// A file that was not there before has these octets: STEM.txt in the current folder, or STEM-2.txt
// and so on where that is taken. Gives its whole path; or else why not. `extension` has its dot.
Result<std::filesystem::path> write_new_file(const std::string& stem, const std::string& extension,
                                             std::string_view octets);

// The folder exists, is empty and can be written into, made if it was not there; or else why not.
Done make_empty_folder(const std::filesystem::path& folder);

// A name that is a file's or folder's own in every file system, and nothing worse: letters, digits
// and -_.@+ stay, everything else becomes _; at most 100 octets; no dot at the start. Never empty.
std::string safe_file_name(std::string_view name);

}  // namespace mailwalk::cli
