// Writes a journal into a recording as it happens: a file of SQLite (recording.md).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "journal/journal.hpp"
#include "journal/recording_batches.hpp"
#include "journal/recording_creation.hpp"
#include "journal/recording_place.hpp"
#include "journal/recording_promise_writer.hpp"
#include "journal/recording_thread.hpp"

namespace mailwalk::journal {

// Where a batch may end.
enum class Commits : std::uint8_t {
  Anywhere,
  BetweenSteps,  // where its owner calls step_is_over(), promise() or commit()
};

// Events reach the file in batches, each in one transaction: if the program is killed, the file
// holds a beginning of the run; and with what lies beside it, at least all that was promised. As
// long as this lives nobody else can write into the file.
//
// The rows are written in a thread of their own; whoever records waits only where this says so.
class RecordingWriter final : public JournalListener {
 public:
  // Makes the file, in a folder that is there. It holds no events yet, and is on disk.
  static Result<std::unique_ptr<RecordingWriter>> create(const std::string& path,
                                                         Existing existing);
  // For a run that goes on. From here on nobody else does the same; now the recording is read, and
  // go_on() is told what was in it.
  static Result<std::unique_ptr<RecordingWriter>> reserve(const std::string& path);
  // The recording must hold this journal, and nothing else. All of it is in the file after this;
  // who reads is waited for, up to two seconds.
  Done go_on(const Journal& past);
  // Writes what can still be written; whether it could, finish() tells.
  ~RecordingWriter() override;
  RecordingWriter(const RecordingWriter&) = delete;
  RecordingWriter& operator=(const RecordingWriter&) = delete;

  // Writes what the journal holds so far and the file does not, and listens to it from now on.
  // REQUIRES that the journal stays where it is until finish() or the end of this.
  void follow(Journal& journal, Commits commits = Commits::Anywhere);
  // The first thing that went wrong ends the recording: see error(). Where a batch may end
  // anywhere, this waits while many events are not rows yet.
  void appended(const Event& event) override;

  // For whoever never waits: writes the next event of a journal that grows no more. REQUIRES the
  // same of it, that there is one more, and room.
  void write_next(const Journal& journal);
  [[nodiscard]] bool has_room() const;
  // So many events of the journal are rows by now.
  [[nodiscard]] std::uint64_t written_events() const;
  // What begin_commit() began is not over yet.
  [[nodiscard]] bool is_committing() const;

  // The file may end here. This and the next three REQUIRE that this follows a journal.
  void step_is_over();
  // Returns when every event so far would survive a loss of power, or says why not. Waits for the
  // disk once, and keeps beside the file what is not in it.
  Done promise();
  // Brings all into the file. Where somebody reads it just then, that does as promise(), and is to
  // be tried again; where somebody has read it for long, it brings in a part and does so with the
  // rest. The second returns when that was tried.
  void begin_commit();
  Done commit();
  // Not all is in the file.
  [[nodiscard]] bool is_behind() const;
  // Brings all into the file, which others may use then: nothing more is written. Who reads is
  // waited for, up to ten seconds.
  Done finish();
  // Nobody wants it any more: the recording is removed, with what lies beside it.
  void give_up();

  // Why nothing more is written; nullptr if all is well. What was promised is on disk. Good until
  // something else is asked of this.
  [[nodiscard]] const Error* error() const;

 private:
  explicit RecordingWriter(const std::string& path);

  Done begin_thread();
  void take(const Event& event);
  void hand_over();
  Done fail(const Error& why);
  void end_thread();

  std::string path_;
  std::optional<FilePlace> place_;
  PromiseWriter promises_;
  std::unique_ptr<RecordingBatches> batches_;  // until the thread has them
  std::unique_ptr<RecordingThread> thread_;
  std::vector<RecordingThread::Handed> not_handed_over_;
  const Journal* journal_ = nullptr;  // whose events these are
  Journal* listened_to_ = nullptr;
  Commits commits_ = Commits::Anywhere;
  std::uint64_t seen_events_ = 0;  // of the journal
  std::uint64_t last_wish_ = 0;    // for a commit
  std::optional<Error> error_;     // that ended this; the thread may have one of its own
};

}  // namespace mailwalk::journal
