// A lesson or a recording while it is opened: run or read, a slice in each frame.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "gui/documents.hpp"
#include "gui/time_slice.hpp"
#include "journal/recording_reader.hpp"
#include "world/world.hpp"

namespace mailwalk::gui {

class Opening {
 public:
  // A lesson, named as `mailwalk run` has it (id, number, folder or file), or a recording. An error
  // if there is none, or it is none.
  // A lesson that makes more events than these is stopped.
  static Result<std::unique_ptr<Opening>> begin(std::string_view named,
                                                std::uint64_t most_events = world::kMostEvents);

  // True: all is done.
  bool advance(const TimeSlice& slice);
  // What is opened, as it can be asked for again.
  [[nodiscard]] const std::string& named() const { return named_; }
  // So many are there already; how many it will be, nobody knows.
  [[nodiscard]] std::uint64_t events() const;
  // Why the lesson's run was stopped before its end; nullptr: it was not.
  [[nodiscard]] const Error* trouble() const;
  // The run; or what is wrong with the file, whatever is in it. REQUIRES that it is done, and is
  // asked once.
  Result<std::unique_ptr<Document>> take();

 private:
  using Lesson = std::shared_ptr<world::World>;
  struct Recording {
    std::string file;
    journal::RecordingReader reader;
    std::shared_ptr<journal::Journal> journal;
  };
  Opening(std::variant<Lesson, Recording> source, DocumentText text);

  static Result<std::unique_ptr<Opening>> begin_lesson(std::string_view named,
                                                       std::uint64_t most_events);
  static Result<std::unique_ptr<Opening>> begin_recording(const std::string& file);
  bool make_event();
  bool read_event(Recording& recording);
  void begin_document();
  [[nodiscard]] std::shared_ptr<const journal::Journal> journal() const;

  std::variant<Lesson, Recording> source_;
  std::string named_;
  DocumentText text_;
  std::unique_ptr<Document> document_;  // once all events are there
  std::optional<Error> error_;
};

// By its name or how it begins; whether it is sound, only who reads it knows.
bool is_recording(const std::string& file);

// All at once.
Result<std::unique_ptr<Document>> open_document(std::string_view named);

}  // namespace mailwalk::gui
