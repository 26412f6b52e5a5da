// DNS messages: what can be read can be written and read again, and a name server bears anything.
#include "dns/message.hpp"

#include "dns/zone_set.hpp"
#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

namespace {

dns::ZoneSet kantor_zone() {
  const dns::Name apex = *dns::Name::parse("kantor.example");
  dns::Zone zone(apex);
  const dns::Name host = *dns::Name::parse("mx.kantor.example");
  zone.add({apex, dns::MxData{10, host}});
  zone.add({host, dns::AData{IpAddress{0xC0000201}}});
  dns::ZoneSet zones;
  zones.add(zone);
  return zones;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text(data, size);
  static const dns::ZoneSet zones = kantor_zone();
  if (const auto answer = zones.answer_datagram(input)) {
    fuzz::require(dns::decode(dns::encode(*answer)).message.has_value(), "an answer can be read");
  }

  const dns::Decoded decoded = dns::decode(input);
  fuzz::require(decoded.message.has_value() == (decoded.fault == dns::DecodeFault::None),
                "there is a message or a fault");
  if (!decoded.message) return 0;
  const std::string again = dns::encode(*decoded.message, dns::kMaxMessageOctets);
  fuzz::require(dns::decode(again).message == decoded.message, "a message is read as written");
  return 0;
}
