// The transcript of a run while it is written into a text file, a slice in each frame.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "export/text_transcript.hpp"
#include "gui/documents.hpp"
#include "gui/time_slice.hpp"

namespace mailwalk::gui {

class TranscriptWork {
 public:
  // Into a new file in the current folder, called after this.
  TranscriptWork(std::shared_ptr<const Document> document, std::string called,
                 const exporting::TextOptions& options);

  // True: all is done.
  bool advance(const TimeSlice& slice);
  [[nodiscard]] double progress() const { return transcript_->progress(); }
  // The file, or why there is none. REQUIRES that it is done, and is asked once.
  Result<std::string> take();

 private:
  std::shared_ptr<const Document> document_;  // whose journal is written
  std::string called_;
  std::unique_ptr<exporting::TextTranscript> transcript_;
};

}  // namespace mailwalk::gui
