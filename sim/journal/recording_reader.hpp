// Reads recordings: files of SQLite that hold a journal (recording.md).
//
// Whatever is in the file, reading ends with a journal or with an error that says where it is
// wrong. The file is never changed: one that was left in the middle of a transaction is put in
// order in a copy, one of an older version is brought up to this one in memory.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "journal/event.hpp"
#include "journal/journal.hpp"

namespace mailwalk::journal {

class Database;

// One event after another. Memory grows with the contents (mails) that were seen, each held once
// and shared with the events, and is bounded by the size of the file (recording.md).
class RecordingReader {
 public:
  static Result<RecordingReader> open(const std::string& path);
  // Of octets that stay where they are while this lives: a file without anything beside it. `name`
  // is for messages.
  static Result<RecordingReader> open_octets(std::string_view octets, const std::string& name);

  ~RecordingReader();
  RecordingReader(RecordingReader&&) noexcept;
  RecordingReader& operator=(RecordingReader&&) noexcept;

  // The next event; nothing after the last one. Every number, cause and payload was checked, and
  // that the event is the one that was recorded. After an error there is nothing more to read.
  Result<std::optional<Event>> next();

  // Of the events so far, as Journal::fingerprint() gives it.
  [[nodiscard]] std::string fingerprint() const;

 private:
  struct Source;
  static Result<RecordingReader> read_from(Database opened, std::string promised);
  explicit RecordingReader(std::unique_ptr<Source> source);

  std::unique_ptr<Source> source_;
};

// The whole journal, to be looked at.
Result<Journal> read_recording(const std::string& path);
// All that is left to read.
Result<Journal> read_all(RecordingReader& reader);

}  // namespace mailwalk::journal
