// A run while it is written into a recording, a slice in each frame.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "gui/documents.hpp"
#include "gui/time_slice.hpp"
#include "journal/recording_writer.hpp"

namespace mailwalk::gui {

class Saving {
 public:
  // Into a new file in the current folder, called after this; a file of that name stays, and the
  // next free number is taken.
  static Result<std::unique_ptr<Saving>> begin(std::shared_ptr<const Document> document,
                                               std::string_view called);
  // One that is given up leaves no half of a recording behind.
  ~Saving();
  Saving(const Saving&) = delete;
  Saving& operator=(const Saving&) = delete;

  // True: all is done.
  bool advance(const TimeSlice& slice);
  [[nodiscard]] double progress() const;  // 0 to 1
  [[nodiscard]] const Document& document() const { return *document_; }
  // The name of the file, or why there is none. REQUIRES that it is done, and is asked once.
  Result<std::string> take();

 private:
  Saving(std::shared_ptr<const Document> document, std::string file,
         std::unique_ptr<journal::RecordingWriter> writer);

  std::shared_ptr<const Document> document_;
  std::string file_;
  std::unique_ptr<journal::RecordingWriter> writer_;
  std::uint64_t handed_over_ = 0;  // events
  bool is_ending_ = false;
  bool kept_ = false;
};

}  // namespace mailwalk::gui
