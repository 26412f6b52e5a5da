// Events as rows of a recording, both ways.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "base/fingerprint.hpp"
#include "base/result.hpp"
#include "journal/journal.hpp"
#include "journal/recording_chain.hpp"
#include "journal/recording_contents.hpp"
#include "journal/recording_sqlite.hpp"

namespace mailwalk::journal {

// Adds rows, in whatever transaction its caller has begun.
class RowWriter {
 public:
  // The database must have the tables, without events, and outlive the writer.
  static Result<RowWriter> prepare(Database& database);

  // The database must have been written by such a writer, from a beginning of this journal; an
  // error says that it was not.
  static Result<RowWriter> prepare_after(Database& database, const Journal& past);

  // REQUIRES that this is the event after the last one. After an error, nothing more is written.
  Done add(const Event& event);

  // That are in the database, and the fingerprint of all of them.
  [[nodiscard]] std::uint64_t events() const { return events_; }
  [[nodiscard]] const Fingerprint& fingerprint() const { return fingerprint_; }

  // Octets that were added so far: fields and new contents.
  [[nodiscard]] std::uint64_t octets_added() const {
    return octets_of_fields_ + contents_.octets_added();
  }

 private:
  RowWriter(Database& database, Statement add_event, ContentWriter contents)
      : database_(&database), add_event_(std::move(add_event)), contents_(std::move(contents)) {}

  Database* database_;
  Statement add_event_;
  ContentWriter contents_;
  Fingerprint fingerprint_;  // of all events so far
  std::uint64_t events_ = 0;
  std::uint64_t octets_of_fields_ = 0;
};

// Reads rows and believes none: any may have been garbled, or made by somebody.
class RowReader {
 public:
  // The database must have the tables, as they should be. It and the chain, which must be empty,
  // outlive the reader.
  static Result<RowReader> prepare(Database& database, EventChain& chain);

  // The next event, nothing after the last one, or what is wrong with its row.
  Result<std::optional<Event>> next();

 private:
  RowReader(EventChain& chain, Database& database, Statement events, ContentReader contents,
            std::uint64_t file_octets)
      : chain_(&chain),
        database_(&database),
        events_(std::move(events)),
        contents_(std::move(contents)),
        octets_left_(file_octets) {}
  Result<WrittenEvent> read_row();

  EventChain* chain_;
  Database* database_;
  Statement events_;
  ContentReader contents_;
  std::uint64_t octets_left_;  // of fields: no more than the file can hold
};

}  // namespace mailwalk::journal
