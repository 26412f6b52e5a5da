// Writes a journal into a recording as it happens: a file of SQLite (recording.md).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/fingerprint.hpp"
#include "base/result.hpp"
#include "journal/journal.hpp"
#include "journal/recording_creation.hpp"

namespace mailwalk::journal {

// Who says when a batch is over.
enum class Commits : std::uint8_t {
  WhenFull,  // the writer
  WhenTold,  // its owner, by commit()
};

// Events reach the file in batches, each in one transaction: if the program is killed, the file
// holds a beginning of the run; and with what lies beside it, at least all that was promised. As
// long as this lives nobody else can write into the file.
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
  void follow(Journal& journal, Commits commits = Commits::WhenFull);
  // Writes the next event of a journal that grows no more. REQUIRES the same of it, and that there
  // is one more.
  void write_next(const Journal& journal);
  // The first thing that went wrong ends the recording: see error().
  void appended(const Event& event) override;

  // Both return when every event so far would survive a loss of power, or say why not. They REQUIRE
  // that this follows a journal. The first waits for the disk once, and keeps beside the file what
  // is not in it; the second waits several times, and brings all into the file. Where somebody
  // reads the file just then, that does as the first, and is to be tried again; where somebody has
  // read it for long, it brings in a part and does so with the rest.
  Done promise();
  Done commit();
  // Not all is in the file.
  [[nodiscard]] bool is_behind() const;
  // So much is in memory that it should be in the file.
  [[nodiscard]] bool wants_commit() const;
  // Brings all into the file, which others may use then: nothing more is written. Who reads is
  // waited for, up to ten seconds.
  Done finish();

  // Why nothing more is written; nullptr if all is well. What was promised is on disk.
  [[nodiscard]] const Error* error() const { return error_ ? &*error_ : nullptr; }

 private:
  struct Target;
  explicit RecordingWriter(std::unique_ptr<Target> target);
  static Result<std::unique_ptr<Target>> make_target(const std::string& path);
  Done go_on_from(const Journal& past);
  Done keep_promise(const Journal& journal);
  void all_is_promised(const Journal& journal);
  Done commit_batch(const Journal& journal, Duration patience);
  Done commit_all(const Journal& journal, int most_moments);
  Done all_is_in_file();
  Done checked(Done written);

  std::unique_ptr<Target> target_;
  const Journal* journal_ = nullptr;  // whose events these are
  Journal* listened_to_ = nullptr;
  Commits commits_ = Commits::WhenFull;
  std::uint64_t seen_events_ = 0;      // of the journal
  std::uint64_t promised_events_ = 0;  // in the file or beside it
  Fingerprint promised_fingerprint_;   // of these
  std::uint64_t events_at_last_try_ = 0;
  std::uint64_t octets_at_last_try_ = 0;
  std::optional<Error> error_;
};

}  // namespace mailwalk::journal
