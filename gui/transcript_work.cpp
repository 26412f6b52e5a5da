#include "gui/transcript_work.hpp"

#include <utility>

#include "cli/write_file.hpp"

namespace mailwalk::gui {

TranscriptWork::TranscriptWork(std::shared_ptr<const Document> document, std::string called,
                               const exporting::TextOptions& options)
    : document_(std::move(document)),
      called_(std::move(called)),
      transcript_(exporting::begin_text_transcript(document_->journal(), options)) {}

bool TranscriptWork::advance(const TimeSlice& slice) {
  return work_on(slice, [this] { return transcript_->write_next(); });
}

Result<std::string> TranscriptWork::take() {
  const auto file = cli::write_new_file(cli::safe_file_name(called_), ".txt", transcript_->take());
  if (!file) return file.error();
  return file->string();
}

}  // namespace mailwalk::gui
