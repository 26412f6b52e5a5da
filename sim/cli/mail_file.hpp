// A letter of one's own, from an .eml file.
#pragma once

#include <cstddef>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace mailwalk::cli {

struct MailFile {
  Bytes content;                  // in CRLF lines
  std::size_t lines_changed = 0;  // that ended otherwise in the file
};

// An error if the file cannot be read, is too large, or does not begin with a mail's header.
Result<MailFile> read_mail_file(const std::string& path);

}  // namespace mailwalk::cli
