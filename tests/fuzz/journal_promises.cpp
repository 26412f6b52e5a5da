// The events of a batch beside a recording whose file holds none: each is read, or refused. The
// first octet says how many there should be. As the whole file, too, the input is read or refused.
#include <string>

#include "journal/recording_promise_log.hpp"
#include "journal/recording_promise_reader.hpp"
#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

namespace {

void read_promises(std::string_view octets) {
  auto reader = journal::PromiseReader::open(octets, "fuzzed");
  if (!reader) {
    fuzz::require(!reader.error().what.empty(), "a refusal says why");
    return;
  }
  journal::EventChain chain("fuzzed");
  if (!reader->pass(chain)) return;
  for (std::uint64_t read = 1;; ++read) {
    const auto event = reader->next(chain);
    if (!event || !*event) return;
    fuzz::require(chain.size() == read, "no event is left out");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_promises(fuzz::as_text(data, size));
  if (size == 0) return 0;
  const std::string_view events = fuzz::as_text(data + 1, size - 1);
  const std::uint64_t nothing_before = Fingerprint().value();
  constexpr journal::BatchMark kMark = 0x0706050403020100;
  read_promises(journal::log_head(kMark)
                    .append(journal::batch_head(kMark, 0, data[0], nothing_before, events))
                    .append(events));
  return 0;
}
