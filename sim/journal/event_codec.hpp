// Events as canonical bytes, for the fingerprint and for recordings.
//
// A payload is its fields in the order of `fields`, little-endian: integers in their own width,
// enums as one octet, bytes and lists with a 32-bit length before them, optionals with one octet
// before them. The payload's kind and the event's own numbers are kept beside it. One mail goes
// through many events, so its octets can be kept apart and shared: then 0xFFFFFFFF stands in place
// of their length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/fingerprint.hpp"
#include "journal/event.hpp"

namespace mailwalk::journal {

// The payload's place in the Payload variant.
inline std::uint8_t payload_kind(const Payload& payload) {
  return static_cast<std::uint8_t>(payload.index());
}

std::string encode_payload(const Payload& payload);

// nullopt if the bytes are not exactly one payload of that kind, or name an enumerator that is not
// there: bytes may come from a file that somebody made.
std::optional<Payload> decode_payload(std::uint8_t kind, std::string_view bytes);

// A payload in which the longest bytes stand apart, where there are any that are long enough.
struct SplitPayload {
  std::string fields;
  Bytes content;  // shared with the payload; empty: nothing stands apart
};
SplitPayload encode_apart(const Payload& payload, std::size_t least_octets);

// The payload shares the content. nullopt as above, or if the content has not exactly one place.
std::optional<Payload> decode_apart(std::uint8_t kind, std::string_view fields,
                                    const Bytes& content);

void add_to_fingerprint(const Event& event, Fingerprint& fingerprint);

}  // namespace mailwalk::journal
