// A DNS message (RFC 1035 section 4) as a value, to bytes and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns/limits.hpp"
#include "dns/name.hpp"
#include "dns/record.hpp"

namespace mailwalk::dns {

enum class MessageKind : std::uint8_t { Query = 0, Response = 1 };

// 4 bits; any other number may stand in it.
enum class Opcode : std::uint8_t {
  Query = 0,
  InverseQuery = 1,
  Status = 2,
  Notify = 4,
  Update = 5
};

// 4 bits; any other number may stand in it.
enum class Rcode : std::uint8_t {
  NoError = 0,
  FormatError = 1,
  ServerFailure = 2,
  NameError = 3,  // NXDOMAIN: there is no such name, whatever the type
  NotImplemented = 4,
  Refused = 5,
};

// "NXDOMAIN", "SERVFAIL", … as dig has them; "RCODE11" for others.
std::string name(Rcode rcode);

struct Question {
  Name name;
  RecordType type = RecordType::A;
  RecordClass record_class = RecordClass::Internet;

  friend bool operator==(const Question&, const Question&) = default;
};

struct Message {
  std::uint16_t id = 0;
  MessageKind kind = MessageKind::Query;
  Opcode opcode = Opcode::Query;
  bool authoritative = false;        // AA
  bool truncated = false;            // TC: records are missing because they did not fit
  bool recursion_desired = false;    // RD
  bool recursion_available = false;  // RA
  std::uint8_t reserved = 0;         // the 3 bits Z (now Z, AD, CD: RFC 4035), kept as they came
  Rcode rcode = Rcode::NoError;
  std::vector<Question> questions;
  std::vector<ResourceRecord> answers;
  std::vector<ResourceRecord> authority;
  std::vector<ResourceRecord> additional;

  friend bool operator==(const Message&, const Message&) = default;
};

// What is wrong with bytes that are no DNS message.
enum class DecodeFault {
  None,
  Cut,            // they end inside the header, a name or a record
  TooLong,        // more than kMaxMessageOctets
  BadLabel,       // a length octet of the two kinds that RFC 1035 reserves
  BadPointer,     // a compression pointer that does not point back: it could go in circles
  NameTooLong,    // a name above kMaxNameOctets
  BadRecordData,  // data that do not fill exactly the length given for them
  Surplus,        // octets after the last record
};

std::string_view name(DecodeFault fault);

struct Decoded {
  std::optional<Message> message;  // if fault is None
  DecodeFault fault = DecodeFault::None;
  std::size_t offset = 0;  // of the octet at which it was noticed
};

// Any bytes may be given. Time is bounded by their number and memory by some hundred octets for
// each record, a message of 64 KiB holding at most 6,000.
Decoded decode(std::string_view datagram);

// The bytes, at most `max_octets` of them, names compressed (RFC 1035 section 4.1.4).
//
// What does not fit is left out in whole records, from the end. The TC bit says so if answers or
// authority are missing; additional records may go in silence, because whoever needs them can ask
// (RFC 2181 section 9), but then all that a name has of one type, so that no half set looks whole.
// REQUIRES the questions to fit, texts within their 255 octets, and at most 65,535 records a
// section.
std::string encode(const Message& message, std::size_t max_octets = kMaxUdpOctets);

}  // namespace mailwalk::dns
