// Writes a journal into a recording as it happens: a file of SQLite (recording.md).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "journal/journal.hpp"

namespace mailwalk::journal {

enum class Existing : std::uint8_t {
  Refuse,   // a file of that name stays as it is
  Replace,  // a recording of that name goes; a file of any other kind stays
};

// Who says when a batch is over.
enum class Commits : std::uint8_t {
  WhenFull,  // the writer
  WhenTold,  // its owner, by acknowledge()
};

// Events reach the disk in batches, each in one transaction: if the program is killed, the file
// holds a beginning of the run, and at least all that was acknowledged.
class RecordingWriter final : public JournalListener {
 public:
  // Makes the file, in a folder that is there. It holds no events yet, and is on disk.
  static Result<std::unique_ptr<RecordingWriter>> create(const std::string& path,
                                                         Existing existing);
  // Goes on with the recording of a run that goes on: it must hold this journal, and nothing else.
  static Result<std::unique_ptr<RecordingWriter>> go_on(const std::string& path,
                                                        const Journal& past);
  // Writes what can still be written; whether it could, finish() tells.
  ~RecordingWriter() override;
  RecordingWriter(const RecordingWriter&) = delete;
  RecordingWriter& operator=(const RecordingWriter&) = delete;

  // Writes what the journal holds so far and the file does not, and listens to it from now on.
  // REQUIRES that the journal stays where it is until finish() or the end of this.
  void follow(Journal& journal, Commits commits = Commits::WhenFull);
  // The first thing that went wrong ends the recording: see error().
  void appended(const Event& event) override;

  // Returns when every event so far is on disk and would survive a loss of power, or says why not.
  Done acknowledge();
  // So much is in memory that it should be.
  [[nodiscard]] bool wants_commit() const;
  // The same, and nothing more is written: the file may be used by others.
  Done finish();

  // Why nothing more is written; nullptr if all is well. What was acknowledged is in the file.
  [[nodiscard]] const Error* error() const { return error_ ? &*error_ : nullptr; }

 private:
  struct Target;
  explicit RecordingWriter(std::unique_ptr<Target> target);
  static Done prepare(Target& target);
  static Done prepare_to_go_on(Target& target, const Journal& past);
  void fail(const Error& error);
  Done commit();

  std::unique_ptr<Target> target_;
  Journal* journal_ = nullptr;  // that is listened to
  Commits commits_ = Commits::WhenFull;
  std::uint64_t batch_events_ = 0;
  std::uint64_t octets_committed_ = 0;
  std::optional<Error> error_;
};

}  // namespace mailwalk::journal
