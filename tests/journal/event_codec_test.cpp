// Events as bytes: what was written is read again, and what nobody wrote is refused.
#include "journal/event_codec.hpp"

#include <set>
#include <string>

#include "tests/support/random_payload.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace {

// Two walks through the fields that know nothing of each other: bytes and fingerprint.
std::string fingerprint(const Payload& payload) {
  Fingerprint fingerprint;
  add_to_fingerprint(Event{{}, {}, {}, {}, kNoEvent, payload}, fingerprint);
  return fingerprint.text();
}

}  // namespace

TEST_CASE("Every kind of payload is read as it was written", "[journal][codec]") {
  Prng prng(1);
  for (std::size_t kind = 0; kind < kPayloadKinds; ++kind) {
    for (int i = 0; i < cases(100); ++i) {
      const Payload payload = random_payload(kind, prng, i % 4 == 0 ? Range::Crowded : Range::Full);
      INFO(payload_name(payload));
      REQUIRE(payload_kind(payload) == kind);
      const std::string bytes = encode_payload(payload);
      const auto read = decode_payload(static_cast<std::uint8_t>(kind), bytes);
      REQUIRE(read);
      REQUIRE(read->index() == kind);
      REQUIRE(encode_payload(*read) == bytes);
      REQUIRE(fingerprint(*read) == fingerprint(payload));
    }
  }
}

TEST_CASE("A payload's bytes are as the format says", "[journal][codec]") {
  CHECK(encode_payload(BytesDelivered{EventPosition{0x0102}, 3, 0x80000004}) ==
        std::string("\x02\x01\0\0\0\0\0\0\x03\0\0\0\x04\0\0\x80", 16));
  CHECK(encode_payload(CommandSent{pop3::Verb{}, Secrecy::Secret, Bytes("PASS")}) ==
        std::string("\x01\0\x01\x04\0\0\0PASS", 11));
  CHECK(encode_payload(MailSubmitted{OutboxId{1}, {Bytes("a"), Bytes("")}}) ==
        std::string("\x01\0\0\0\x02\0\0\0\x01\0\0\0a\0\0\0\0", 17));
  CHECK(encode_payload(LetterRetrieved{Bytes(""), Bytes(""), 1, 2}) ==
        std::string("\0\0\0\0\0\0\0\0\x01\0\0\0\x01\x02\0\0\0", 17));
  CHECK(encode_payload(ConnectionOpened{}).empty());
}

TEST_CASE("Bytes that were cut or lengthened are no payload", "[journal][codec]") {
  Prng prng(2);
  for (std::size_t kind = 0; kind < kPayloadKinds; ++kind) {
    const Payload payload = random_payload(kind, prng, Range::Full);
    INFO(payload_name(payload));
    const std::string bytes = encode_payload(payload);
    const auto kind_octet = static_cast<std::uint8_t>(kind);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      REQUIRE_FALSE(decode_payload(kind_octet, std::string_view(bytes).substr(0, size)));
    }
    REQUIRE_FALSE(decode_payload(kind_octet, bytes + '\0'));
  }
}

TEST_CASE("Garbled bytes are refused or mean something, and never harm",
          "[journal][codec][hostile]") {
  Prng prng(3);
  std::size_t refused = 0;
  std::size_t read = 0;
  for (std::size_t kind = 0; kind < kPayloadKinds; ++kind) {
    for (int i = 0; i < cases(200); ++i) {
      std::string bytes = encode_payload(random_payload(kind, prng, Range::Full));
      if (bytes.empty()) break;
      for (std::uint64_t n = prng.below(4) + 1; n > 0; --n) {
        bytes[prng.below(bytes.size())] = static_cast<char>(prng.below(256));
      }
      const auto decoded = decode_payload(static_cast<std::uint8_t>(kind), bytes);
      ++(decoded ? read : refused);
      if (decoded) REQUIRE(encode_payload(*decoded) == bytes);
    }
  }
  CHECK(refused > static_cast<std::size_t>(cases(1000)));
  CHECK(read > static_cast<std::size_t>(cases(1000)));
}

TEST_CASE("A length that is a lie takes no memory, and a kind that is not there is refused",
          "[journal][codec][hostile]") {
  const std::string huge_text("\xff\xff\xff\xff", 4);
  const std::string outbox("\x01\0\0\0", 4);
  const auto kind_of = [](const Payload& payload) { return payload_kind(payload); };
  CHECK_FALSE(decode_payload(kind_of(BytesSent{}), huge_text));
  CHECK_FALSE(decode_payload(kind_of(MailSubmitted{}), outbox + huge_text));
  for (std::size_t kind = kPayloadKinds; kind < 256; ++kind) {
    REQUIRE_FALSE(decode_payload(static_cast<std::uint8_t>(kind), ""));
  }
}

TEST_CASE("An enumerator that is not there is refused", "[journal][codec][hostile]") {
  CHECK(decode_payload(payload_kind(ConnectionFailed{}), std::string(1, '\x02')));
  CHECK_FALSE(decode_payload(payload_kind(ConnectionFailed{}), std::string(1, '\x03')));
  // Of a verb, the first octet says which protocol's, the second which verb.
  const auto command = [](char protocol, std::size_t verb) {
    return std::string{protocol, static_cast<char>(verb)} + std::string(5, '\0');
  };
  const std::uint8_t kind = payload_kind(CommandSent{});
  CHECK(decode_payload(kind, command(0, smtp::kVerbCount - 1)));
  CHECK_FALSE(decode_payload(kind, command(0, smtp::kVerbCount)));
  CHECK(decode_payload(kind, command(1, pop3::kVerbCount - 1)));
  CHECK_FALSE(decode_payload(kind, command(1, pop3::kVerbCount)));
  CHECK_FALSE(decode_payload(kind, command(2, 0)));
}

TEST_CASE("Every kind of payload has a name of its own", "[journal][codec]") {
  Prng prng(4);
  std::set<std::string> names;
  for (std::size_t kind = 0; kind < kPayloadKinds; ++kind) {
    names.insert(payload_name(random_payload(kind, prng, Range::Crowded)));
  }
  CHECK(names.size() == kPayloadKinds);
}
