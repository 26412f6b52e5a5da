// Recordings, as files. What can be read is a journal: it can be folded, told and recorded.
#include "export/text.hpp"
#include "journal/recording_reader.hpp"
#include "journal/reducer.hpp"
#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto reader = journal::RecordingReader::open_octets(fuzz::as_text(data, size), "fuzzed");
  if (!reader) {
    fuzz::require(!reader.error().what.empty(), "a refusal says why");
    return 0;
  }
  const auto journal = journal::read_all(*reader);
  if (!journal) {
    fuzz::require(journal.error().what.starts_with("event "), "a refusal says where");
    return 0;
  }
  fuzz::require(journal::view_at_end(*journal).events == journal->size(), "every event is folded");
  exporting::text_transcript(*journal, {});
  return 0;
}
