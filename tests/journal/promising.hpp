// A recording that is being written while a test looks at it: some of it is in the file, some is
// promised beside it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "journal/recording_writer.hpp"
#include "tests/journal/recorded.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace mailwalk::test {

// As somebody who is killed leaves them: recording and promises.
struct Left {
  std::string recording;
  std::string promises;
};
inline void lay(const Left& left, const std::string& path) {
  write_octets(path, left.recording);
  write_octets(path + "-promised", left.promises);
}

// A writer that records a journal in a folder of its own: the first part of it is committed, and
// the next ones are promised, one by one.
class Promising {
 public:
  explicit Promising(journal::Journal source) : source_(std::move(source)) {
    auto writer = journal::RecordingWriter::create(path(), journal::Existing::Refuse);
    REQUIRE(writer.ok());
    writer_ = std::move(*writer);
    writer_->follow(journal_, journal::Commits::BetweenSteps);
  }
  void add_up_to(std::uint64_t events) {
    for (std::uint64_t i = journal_.size(); i < events; ++i) {
      const journal::Event& event = source_[EventPosition{i}];
      journal_.append(event.time, event.node, event.connection, event.cause, event.payload);
    }
  }
  // What the journal to be recorded does not have, at the time of its latest event.
  void add(journal::Payload payload) {
    const VirtualTime now = journal_[EventPosition{journal_.size() - 1}].time;
    journal_.append(now, {}, {}, kNoEvent, std::move(payload));
  }
  void commit_up_to(std::uint64_t events) {
    add_up_to(events);
    REQUIRE(writer_->commit().ok());
  }
  void promise_up_to(std::uint64_t events) {
    add_up_to(events);
    REQUIRE(writer_->promise().ok());
  }
  // Copied while the writer lives.
  [[nodiscard]] Left left() const {
    const bool has_promised = std::filesystem::exists(promises());
    return {read_octets(path()), has_promised ? read_octets(promises()) : ""};
  }

  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }
  [[nodiscard]] std::string path() const { return folder_ / "run"; }
  [[nodiscard]] std::string promises() const { return path() + "-promised"; }
  // Where to lay what somebody left.
  [[nodiscard]] std::string elsewhere() const { return folder_ / "left"; }
  // As others see the file. Without patience: nobody may keep them waiting.
  [[nodiscard]] int committed_events() const {
    return std::stoi(query_sql(path(), "SELECT count(*) FROM events"));
  }
  [[nodiscard]] journal::RecordingWriter& writer() { return *writer_; }
  [[nodiscard]] const journal::Journal& journal() const { return journal_; }
  [[nodiscard]] const journal::Journal& whole() const { return source_; }

 private:
  TemporaryFolder folder_;
  journal::Journal source_;
  journal::Journal journal_;  // so much of it as has happened
  std::unique_ptr<journal::RecordingWriter> writer_;
};

}  // namespace mailwalk::test
