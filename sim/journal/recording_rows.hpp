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

  // What has become of the transaction. In the second case what was added in it is to be added
  // again.
  void committed();
  void taken_back();

  // That are in the database.
  [[nodiscard]] std::uint64_t events() const { return added_.events; }
  // That were committed, and the fingerprint of all of them.
  [[nodiscard]] std::uint64_t committed_events() const { return committed_.events; }
  [[nodiscard]] const Fingerprint& committed_fingerprint() const { return committed_.fingerprint; }

  // Octets that were added so far: fields and new contents.
  [[nodiscard]] std::uint64_t octets_added() const {
    return added_.octets_of_fields + contents_.octets_added();
  }

 private:
  // Of all events so far.
  struct Sums {
    Fingerprint fingerprint;
    std::uint64_t events = 0;
    std::uint64_t octets_of_fields = 0;
  };

  RowWriter(Database& database, Statement add_event, ContentWriter contents)
      : database_(&database), add_event_(std::move(add_event)), contents_(std::move(contents)) {}

  Database* database_;
  Statement add_event_;
  ContentWriter contents_;
  Sums added_;
  Sums committed_;
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
