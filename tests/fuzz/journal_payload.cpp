// Payloads of a recording: the first octet is the kind. What can be read is written in the same
// way.
#include "journal/event_codec.hpp"
#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes = fuzz::as_text(data + 1, size - 1);
  const auto payload = journal::decode_payload(data[0], bytes);
  if (!payload) return 0;
  fuzz::require(journal::payload_kind(*payload) == data[0], "the kind is kept");
  fuzz::require(journal::encode_payload(*payload) == bytes, "a payload has one form");
  return 0;
}
