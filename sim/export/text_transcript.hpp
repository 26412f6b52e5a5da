// The transcript of a run as text, written step by step: for a window, which must not stand still.
#pragma once

#include <memory>
#include <string>

#include "export/text.hpp"
#include "journal/journal.hpp"

namespace mailwalk::exporting {

class TextTranscript {
 public:
  virtual ~TextTranscript() = default;
  // False: all is written.
  virtual bool write_next() = 0;
  [[nodiscard]] virtual double progress() const = 0;  // 0 to 1
  // What text_transcript() gives. Once, when all is written.
  virtual std::string take() = 0;
};
// Of what is in the journal now. It must outlive the transcript.
std::unique_ptr<TextTranscript> begin_text_transcript(const journal::Journal& journal,
                                                      const TextOptions& options);

}  // namespace mailwalk::exporting
