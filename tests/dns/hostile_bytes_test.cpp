#include "base/prng.hpp"
#include "dns/message.hpp"
#include "dns/text.hpp"
#include "tests/dns/builders.hpp"

using namespace mailwalk;
using namespace mailwalk::dns;
using namespace mailwalk::dns::test;

namespace {

const std::string kOneQuestion = "000100000001000000000000";
const std::string kOneAnswer = "000180000000000100000000";

// A response with a name of each kind in each place: a good start for things to go wrong.
Message rich_message() {
  Message message = query("kantor.example", RecordType::Mx);
  message.kind = MessageKind::Response;
  AaaaData address;
  address.octets[15] = 1;
  message.answers = {mx("kantor.example", 10, "mx.kantor.example"),
                     cname("alias.kantor.example", "kantor.example"),
                     {domain("kantor.example"), TxtData{{"teks", ""}}},
                     {domain("kantor.example"), RawData{RecordType{99}, "raw"}}};
  message.authority = {{domain("example"), default_soa(domain("example"))},
                       ns("example", "ns.example")};
  message.additional = {a("mx.kantor.example", "192.0.2.25"),
                        {domain("mx.kantor.example"), address}};
  return message;
}

// Mostly small numbers, and pointers, so that names and records come about.
char random_octet(Prng& prng) {
  const std::uint64_t kind = prng.below(10);
  return static_cast<char>(kind < 6 ? prng.below(4) : kind < 8 ? 0xC0 : prng.below(256));
}

// Empty if all is well: what decodes must encode, and decode again to the same.
std::string complaint(std::string_view bytes) {
  const Decoded decoded = decode(bytes);
  if (decoded.message.has_value() != (decoded.fault == DecodeFault::None)) {
    return "a message and a fault, or neither";
  }
  if (!decoded.message) return decoded.offset <= bytes.size() ? "" : "fault outside the bytes";
  if (summary(*decoded.message).empty()) return "no summary";
  const std::string encoded = encode(*decoded.message, kMaxMessageOctets);
  const Decoded again = decode(encoded);
  if (!again.message) return "what was encoded cannot be decoded";
  if (!(*again.message == *decoded.message)) return "not the same message";
  if (encode(*again.message, kMaxMessageOctets) != encoded) return "not the same bytes";
  return "";
}

}  // namespace

TEST_CASE("Bytes that are no message are refused at the right octet", "[dns][message]") {
  struct Row {
    std::string what;
    std::string hex;
    DecodeFault fault;
    std::size_t offset;
  };
  const std::string header = kOneAnswer;
  const std::string fixed = "0001000100000000";  // A IN, TTL 0
  const std::vector<Row> rows{
      {"nothing", "", DecodeFault::Cut, 0},
      {"half a header", "000100000001", DecodeFault::Cut, 6},
      {"no question", kOneQuestion, DecodeFault::Cut, 12},
      {"label cut", kOneQuestion + "0361", DecodeFault::Cut, 12},
      {"name without end", kOneQuestion + "0161", DecodeFault::Cut, 14},
      {"type cut", kOneQuestion + "0000", DecodeFault::Cut, 13},
      {"pointer cut", kOneQuestion + "c0", DecodeFault::Cut, 12},
      {"pointer to itself", kOneQuestion + "c00c00010001", DecodeFault::BadPointer, 12},
      {"pointer ahead", kOneQuestion + "c00e0000010001", DecodeFault::BadPointer, 12},
      {"pointer outside", kOneQuestion + "ffff00010001", DecodeFault::BadPointer, 12},
      {"pointer into its own labels", kOneQuestion + "0161c00c00010001", DecodeFault::BadPointer,
       14},
      {"pointer to a name that runs into the pointer",
       "0c0001000001000000000000"
       "0161c00000010001",
       DecodeFault::BadPointer, 0},
      {"reserved label 01", kOneQuestion + "400000010001", DecodeFault::BadLabel, 12},
      {"reserved label 10", kOneQuestion + "800000010001", DecodeFault::BadLabel, 12},
      {"a surplus octet",
       kOneQuestion + "0000010001"
                      "00",
       DecodeFault::Surplus, 17},
      {"data longer than the message", header + "00" + fixed + "0005c0000201", DecodeFault::Cut,
       23},
      {"address of 3 octets", header + "00" + fixed + "0003c00002", DecodeFault::BadRecordData, 23},
      {"address of 5 octets", header + "00" + fixed + "0005c000020100", DecodeFault::BadRecordData,
       27},
      {"AAAA of 4 octets", header + "00001c0001000000000004c0000201", DecodeFault::BadRecordData,
       27},
      {"MX without exchange", header + "00000f0001000000000002000a", DecodeFault::BadRecordData,
       25},
      {"MX with something behind", header + "00000f0001000000000004000a0000",
       DecodeFault::BadRecordData, 26},
      {"NS whose name ends outside", header + "000002000100000000000201610000",
       DecodeFault::BadRecordData, 25},
      {"SOA cut",
       header + "0000060001000000000004"
                "00000000",
       DecodeFault::BadRecordData, 25},
      {"TXT without a string",
       header + "00001000010000000000"
                "00",
       DecodeFault::BadRecordData, 23},
      {"TXT string too long",
       header + "00001000010000000000"
                "0203616263",
       DecodeFault::BadRecordData, 24},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    const Decoded decoded = decode(from_hex(row.hex));
    CHECK_FALSE(decoded.message);
    CHECK(name(decoded.fault) == name(row.fault));
    CHECK(decoded.offset == row.offset);
  }
}

TEST_CASE("A name grown above 255 octets by pointers is refused", "[dns][message]") {
  // Question i is a label of 63 octets and a pointer to question i - 1; the first ends in the root.
  std::string bytes = from_hex("000100000005000000000000");
  std::size_t before = 0;
  for (int i = 0; i < 5; ++i) {
    const std::size_t start = bytes.size();
    bytes += '\x3f' + std::string(63, 'a');
    if (i == 0) {
      bytes += '\0';
    } else {
      bytes += '\xc0';
      bytes += static_cast<char>(before);
    }
    bytes += from_hex("00010001");
    before = start;
    if (start > 255) break;
  }
  const Decoded decoded = decode(bytes);
  CHECK(name(decoded.fault) == "NameTooLong");
}

TEST_CASE("A long chain of pointers is refused before it costs time", "[dns][message]") {
  // One raw record full of pointers, each to the one before it, and a question at the end of them.
  const std::size_t links = 8'000;
  std::string bytes = from_hex(
      "000180000000000200000000"
      "00"
      "ff00"
      "0001"
      "00000000");
  std::string chain(1, '\0');
  const std::size_t chain_start = bytes.size() + 2;
  chain += '\xc0';
  chain += static_cast<char>(chain_start);
  for (std::size_t i = 1; i < links; ++i) {
    const std::size_t target = chain_start + 1 + (i - 1) * 2;
    chain += static_cast<char>(0xC0 | target >> 8);
    chain += static_cast<char>(target & 255);
  }
  bytes += static_cast<char>(chain.size() >> 8);
  bytes += static_cast<char>(chain.size() & 255);
  bytes += chain;
  const auto record_at = [&](std::size_t link) {
    const std::size_t target = chain_start + 1 + (link - 1) * 2;
    std::string record;
    record += static_cast<char>(0xC0 | target >> 8);
    record += static_cast<char>(target & 255);
    return record + from_hex("000100010000000000040a000001");
  };
  CHECK(name(decode(bytes + record_at(100)).fault) == "None");
  CHECK(name(decode(bytes + record_at(links)).fault) == "BadPointer");
}

TEST_CASE("A message above 64 KiB is refused", "[dns][message]") {
  CHECK(name(decode(std::string(65'536, '\0')).fault) == "TooLong");
  CHECK(name(decode(std::string(65'535, '\0')).fault) == "Surplus");
}

TEST_CASE("A message cut at any octet is refused", "[dns][message]") {
  const std::string bytes = encode(rich_message());
  CHECK(complaint(bytes) == "");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    INFO("cut to " << size << " octets");
    CHECK_FALSE(decode(std::string_view(bytes).substr(0, size)).message);
  }
}

TEST_CASE("A message with any one octet changed does no harm", "[dns][message]") {
  const std::string bytes = encode(rich_message());
  std::string wrong;
  for (std::size_t i = 0; i < bytes.size() && wrong.empty(); ++i) {
    // Every third value is quick enough; 0, 63 (longest label), 192 (pointer) and 255 are among
    // them.
    for (int value = 0; value < 256 && wrong.empty(); value += 3) {
      std::string changed = bytes;
      changed[i] = static_cast<char>(value);
      wrong = complaint(changed);
      INFO("octet " << i << " is " << value);
      if (!wrong.empty()) CHECK(wrong == "");
    }
  }
  CHECK(wrong == "");
}

TEST_CASE("Random octets do no harm", "[dns][message]") {
  Prng prng(1035);
  std::string wrong;
  for (int round = 0; round < 20'000 && wrong.empty(); ++round) {
    std::string bytes;
    const auto size = static_cast<std::size_t>(prng.below(120));
    while (bytes.size() < size) bytes += random_octet(prng);
    wrong = complaint(bytes);
    INFO("round " << round << ": " << to_hex(bytes));
    if (!wrong.empty()) CHECK(wrong == "");
  }
  CHECK(wrong == "");
}

TEST_CASE("A message with several octets changed does no harm", "[dns][message]") {
  const std::string original = encode(rich_message());
  Prng prng(1034);
  int messages = 0;
  std::string wrong;
  for (int round = 0; round < 10'000 && wrong.empty(); ++round) {
    std::string bytes = original;
    for (std::uint64_t changes = 1 + prng.below(6); changes > 0; --changes) {
      bytes[static_cast<std::size_t>(prng.below(bytes.size()))] = random_octet(prng);
    }
    if (decode(bytes).message) ++messages;
    wrong = complaint(bytes);
    INFO("round " << round << ": " << to_hex(bytes));
    if (!wrong.empty()) CHECK(wrong == "");
  }
  CHECK(wrong == "");
  INFO(messages << " of 10,000 were still messages");
  CHECK(messages > 100);
  CHECK(messages < 9'000);
}

TEST_CASE("A full message of tiny records is read whole", "[dns][message]") {
  // 5,956 records of 11 octets: the most there can be.
  std::string bytes = from_hex("000180000000174400000000");
  const std::string record = from_hex(
      "00ff00000100000000"
      "0000");
  for (int i = 0; i < 5'956; ++i) bytes += record;
  const Decoded decoded = decode(bytes);
  REQUIRE(decoded.message);
  CHECK(decoded.message->answers.size() == 5'956);
  CHECK(complaint(bytes) == "");
}
