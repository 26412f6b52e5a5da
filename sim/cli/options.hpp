// What the command line asks for, as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cli/exit_code.hpp"
#include "export/text.hpp"
#include "journal/recording_writer.hpp"
#include "journal/vocabulary.hpp"
#include "net/tcp_network.hpp"
#include "world/live_run.hpp"

namespace mailwalk::cli {

enum class Print : std::uint8_t { No, Yes };

// What becomes of a run that cannot be recorded.
enum class Unrecorded : std::uint8_t { Stop, GoOn };

struct RecordOptions {
  std::string file;
  journal::Existing existing = journal::Existing::Refuse;
  Unrecorded otherwise = Unrecorded::Stop;
};

struct RunOptions {
  std::string lesson;
  std::optional<std::string> mail_file;
  std::optional<journal::FetchMode> mode;  // Delete or Keep
  std::optional<std::uint64_t> seed;
  std::optional<std::string> export_file;
  std::optional<std::string> save_mail_folder;
  std::optional<RecordOptions> record;
  Print fingerprint = Print::No;
  exporting::TextOptions text;  // without colour
};

// All of the recorded run, or one moment of it, or the story of one letter.
struct ShowOptions {
  std::string file;
  std::optional<std::uint64_t> at;    // position of an event
  std::optional<std::string> letter;  // its name: "A"
  Print fingerprint = Print::No;
  exporting::TextOptions text;  // without colour
};

struct DiffOptions {
  std::string left;
  std::string right;
  exporting::Language language = exporting::Language::English;
};

enum class Skip : std::uint8_t { No, Yes };

// Files in PEM.
struct CertificateFiles {
  std::string certificate;
  std::string key;
};

struct ServeOptions {
  std::string lesson;                 // empty: that of `resume`
  std::optional<std::string> resume;  // a recording to go on with
  world::Keeping keeping = world::Keeping::WithinASecond;
  std::optional<RecordOptions> record;
  std::optional<std::uint64_t> for_seconds;  // none: until somebody ends it
  net::TcpOptions network;
  world::OfferTls tls = world::OfferTls::AsTheTextSays;
  std::optional<CertificateFiles> certificate;  // none: one is made for each host
  std::optional<std::string> authority_file;    // to be written: whose certificates these are
  Skip actions = Skip::No;                      // Yes: nobody in the lesson does anything
  Skip waits = Skip::No;
  Print transcript = Print::Yes;
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

using Options = std::variant<RunOptions, ServeOptions, ShowOptions, DiffOptions, CheckOptions,
                             ListOptions, Answered>;

}  // namespace mailwalk::cli
