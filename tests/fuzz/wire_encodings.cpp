// Base64, quoted-printable and UTF-8: any bytes come back from their encoding.
#include <string>

#include "tests/fuzz/fuzzing.hpp"
#include "wire/base64.hpp"
#include "wire/quoted_printable.hpp"
#include "wire/utf8.hpp"

using namespace mailwalk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text(data, size);

  const std::string base64 = wire::base64_encode(input);
  fuzz::require(wire::base64_decode(base64) == input, "base64 comes back");
  fuzz::require(wire::base64_decode_lenient(base64) == input, "base64 comes back, leniently read");
  if (const auto bytes = wire::base64_decode(input)) {
    fuzz::require(wire::base64_encode(*bytes) == input, "strict base64 has one form");
  }
  wire::base64_decode_lenient(input);

  const std::string printable = wire::quoted_printable_encode(input);
  fuzz::require(wire::quoted_printable_decode(printable) == input, "quoted-printable comes back");
  wire::quoted_printable_decode(input);

  const std::string repaired = wire::to_valid_utf8(input);
  fuzz::require(wire::is_utf8(repaired), "repaired text is UTF-8");
  fuzz::require(!wire::is_utf8(input) || repaired == input, "good text is left alone");
  return 0;
}
