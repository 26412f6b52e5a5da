// Events as rows of a recording, both ways.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/fingerprint.hpp"
#include "base/result.hpp"
#include "journal/event.hpp"
#include "journal/recording_sqlite.hpp"

namespace mailwalk::journal {

// Adds rows, in whatever transaction its caller has begun.
class RowWriter {
 public:
  // The database must have the tables, without events, and outlive the writer.
  static Result<RowWriter> prepare(Database& database);

  // REQUIRES that this is the event after the last one. After an error, nothing more is written.
  Done add(const Event& event);

  // Octets that were added since this was last asked: fields and new contents.
  std::uint64_t take_octets() { return std::exchange(octets_, 0); }

 private:
  struct StoredContent {
    Bytes octets;  // shared with the event that brought it
    std::int64_t content;
  };

  RowWriter(Database& database, Statement add_event, Statement add_content)
      : database_(&database),
        add_event_(std::move(add_event)),
        add_content_(std::move(add_content)) {}
  // Its number in the table of contents.
  Result<std::int64_t> content_number(const Bytes& octets);

  Database* database_;
  Statement add_event_;
  Statement add_content_;
  Fingerprint fingerprint_;                                         // of all events so far
  std::unordered_multimap<std::uint64_t, StoredContent> contents_;  // by a fingerprint of their own
  std::uint64_t octets_ = 0;
};

// Reads rows and believes none: any may have been garbled, or made by somebody.
class RowReader {
 public:
  // The database must have the tables, as they should be, and outlive the reader.
  static Result<RowReader> prepare(Database& database);

  // The next event, nothing after the last one, or what is wrong with its row.
  Result<std::optional<Event>> next();

 private:
  RowReader(Database& database, Statement events, Statement contents, std::uint64_t most_octets)
      : database_(&database),
        events_(std::move(events)),
        contents_(std::move(contents)),
        octets_left_(most_octets) {}
  Result<Event> read_row();
  Result<Bytes> content();
  // Takes so many octets of what the file can hold. False: it cannot.
  bool take_octets(std::uint64_t octets);
  [[nodiscard]] Error error_here(const std::string& what) const;

  Database* database_;
  Statement events_;
  Statement contents_;          // walks beside the events: each content when it is first named
  std::vector<Bytes> known_;    // contents so far; number n is known_[n - 1]
  Fingerprint fingerprint_;     // of all events so far
  std::uint64_t position_ = 0;  // of the next event
  std::int64_t latest_us_ = 0;  // time of the last event
  std::uint64_t octets_left_;
};

}  // namespace mailwalk::journal
