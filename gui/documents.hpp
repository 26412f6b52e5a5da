// The runs that are open in the window: each a journal, where it comes from, and its index.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "gui/run_index.hpp"
#include "journal/journal.hpp"
#include "journal/timeline.hpp"
#include "world/scenario.hpp"

namespace mailwalk::gui {

// What is told about a run beside its events.
struct DocumentText {
  std::string named;         // what a person typed to open it; also what opens it again
  world::LocalText title;    //
  world::LocalText summary;  // may be empty
};

// One run. The journal may still grow; nobody else reads it through another Timeline.
class Document {
 public:
  // The pointer keeps alive whatever the journal is part of: the world in which it happens, or a
  // recording.
  Document(std::shared_ptr<const journal::Journal> journal, DocumentText text);

  // Takes in what was appended since. Once a frame; costs nothing if nothing was.
  void catch_up() { index_.catch_up(*journal_); }

  [[nodiscard]] const journal::Journal& journal() const { return *journal_; }
  [[nodiscard]] const RunIndex& index() const { return index_; }
  // Asking only makes it read further, so whoever may look at the run may ask.
  [[nodiscard]] journal::Timeline& timeline() const { return *timeline_; }
  [[nodiscard]] const DocumentText& text() const { return text_; }

 private:
  std::shared_ptr<const journal::Journal> journal_;
  std::unique_ptr<journal::Timeline> timeline_;
  RunIndex index_;
  DocumentText text_;
};

// Runs a lesson to its end. Named as `mailwalk run` has it: id, number, folder or file.
Result<std::unique_ptr<Document>> open_lesson(std::string_view named);

// A recording, read whole. Whatever is in the file: a run, or an error that says what is wrong.
Result<std::unique_ptr<Document>> open_recording(const std::string& file);

// Whichever of the two it is.
Result<std::unique_ptr<Document>> open_document(std::string_view named);

// Writes the run into a new file in the current folder, called after this; a file of that name
// stays, and the next free number is taken. Returns its name.
Result<std::string> save_recording(const Document& document, std::string_view called);

}  // namespace mailwalk::gui
