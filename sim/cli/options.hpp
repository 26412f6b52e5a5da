// What the command line asks for, as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cli/exit_code.hpp"
#include "export/text.hpp"
#include "journal/vocabulary.hpp"

namespace mailwalk::cli {

enum class Print : std::uint8_t { No, Yes };

struct RunOptions {
  std::string lesson;
  std::optional<std::string> mail_file;
  std::optional<journal::FetchMode> mode;  // Delete or Keep
  std::optional<std::uint64_t> seed;
  std::optional<std::string> export_file;
  std::optional<std::string> save_mail_folder;
  Print fingerprint = Print::No;
  exporting::TextOptions text;  // without colour
};

struct CheckOptions {
  std::vector<std::string> lessons;  // at least one
};

struct ListOptions {
  exporting::Language language = exporting::Language::English;
};

// The command line was answered by itself (--help, --version), or cannot be understood.
struct Answered {
  std::string text;
  ExitCode code = ExitCode::Ok;
};

using Options = std::variant<RunOptions, CheckOptions, ListOptions, Answered>;

}  // namespace mailwalk::cli
