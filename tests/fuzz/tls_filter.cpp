// TlsFilter: whatever comes in place of TLS, no connection comes of it, and nothing is heard.
#include "tls/tls_filter.hpp"

#include <string>

#include "tests/fuzz/fuzzing.hpp"
#include "tls/issuer.hpp"
#include "tls/record_reader.hpp"

using namespace mailwalk;

namespace {

void expect_nothing(tls::TlsFilter& filter, std::string_view input, Prng& choices) {
  fuzz::in_segments(input, choices, [&](std::string_view segment) {
    filter.receive(segment);
    filter.take_cipher();
  });
  fuzz::require(filter.state() != tls::TlsFilter::State::Established, "nobody shook hands");
  fuzz::require(filter.take_plain().empty(), "nothing was said");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text(data, size);
  Prng choices = fuzz::choices_for(input);
  // Keys are the slow part, and the same for all inputs.
  static tls::Issuer issuer({tls::Randomness::Seeded, 1, 1'767'578'400});
  const auto server = issuer.server("mx.b.test", 1);
  expect_nothing(*server, input, choices);
  const auto client = issuer.client("mx.b.test", tls::Demand::Anybody, 2, {});
  client->start();
  client->take_cipher();
  expect_nothing(*client, input, choices);

  tls::RecordReader reader;
  for (const tls::Record& record : reader.feed(input)) {
    tls::parse_client_hello(record.content);
    tls::parse_server_hello(record.content);
    tls::handshake_messages(record.content);
  }
  return 0;
}
