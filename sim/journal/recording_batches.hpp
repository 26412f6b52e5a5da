// The rows of a recording that is being written: batches, each of which is one transaction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/virtual_time.hpp"
#include "journal/journal.hpp"
#include "journal/recording_promise_writer.hpp"
#include "journal/recording_rows.hpp"
#include "journal/recording_sqlite.hpp"

namespace mailwalk::journal {

// A batch is always begun: as long as this lives nobody else can write into the file. What is in
// it when this goes is taken back. It is for one thread at a time.
class RecordingBatches {
 public:
  // In an empty file. The promises belong to the same recording, and outlive this.
  static Result<std::unique_ptr<RecordingBatches>> begin(const std::string& path,
                                                         PromiseWriter& promises);
  // In a recording, which is read first: go_on() comes before anything else.
  static Result<std::unique_ptr<RecordingBatches>> reserve(const std::string& path,
                                                           PromiseWriter& promises);
  // The recording must hold a beginning of this journal. What it lacks is committed; whoever reads
  // is waited for.
  Done go_on(const Journal& past);

  // REQUIRES that this is the event after the last one, and stays where it is until it is
  // committed.
  Done add(const Event& event);

  // Brings what was added into the file, and begins the next batch. Leaves the file as it is while
  // somebody reads it for longer than the patience, and the events as a promise beside it; where
  // somebody has read it for long, brings in as many as two batches hold, and does so with the
  // rest.
  Done commit(Duration patience);
  // The same again and again, so many times at most, for a moment each.
  Done commit_all(int most_moments);

  // That were added, and that are in the file.
  [[nodiscard]] std::uint64_t events() const { return committed_events() + uncommitted_.size(); }
  [[nodiscard]] std::uint64_t committed_events() const { return rows_->committed_events(); }
  [[nodiscard]] bool is_behind() const { return !uncommitted_.empty(); }
  // So much was added since the last commit was tried that it is time for the next one.
  [[nodiscard]] bool is_full() const;
  // Why something failed: where the file was moved, SQLite tells what came of it.
  [[nodiscard]] Error reason_of(const Error& problem) const;

 private:
  RecordingBatches(Database database, PromiseWriter& promises);
  static Result<std::unique_ptr<RecordingBatches>> open(const std::string& path,
                                                        PromiseWriter& promises);
  Done make_tables();
  Done commit_rows();
  Done catch_up();
  Done begin_again();
  Done settle();

  Database database_;
  PromiseWriter& promises_;
  std::optional<RowWriter> rows_;
  std::deque<const Event*> uncommitted_;  // of these, the first are in the batch, or none
  std::uint64_t events_at_last_try_ = 0;
  std::uint64_t octets_at_last_try_ = 0;
};

}  // namespace mailwalk::journal
