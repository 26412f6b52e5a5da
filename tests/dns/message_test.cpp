#include "dns/message.hpp"

#include "tests/dns/builders.hpp"

using namespace mailwalk;
using namespace mailwalk::dns;
using namespace mailwalk::dns::test;

namespace {

// The bytes come from another implementation, dnspython 2.3.
struct Known {
  std::string hex;
  Message message;
};

Message respond(Message query, Rcode rcode = Rcode::NoError) {
  query.kind = MessageKind::Response;
  query.rcode = rcode;
  return query;
}

Known mx_query() {
  return {"123401000001000000000000066b616e746f72076578616d706c6500000f0001",
          query("kantor.example", RecordType::Mx)};
}

Known mx_response() {
  Message message = respond(query("kantor.example", RecordType::Mx));
  message.authoritative = true;
  message.answers = {mx("kantor.example", 20, "cadangan.kantor.example"),
                     mx("kantor.example", 10, "mx.kantor.example")};
  message.additional = {a("mx.kantor.example", "192.0.2.25")};
  return {
      "123485000001000200000001066b616e746f72076578616d706c6500000f0001c00c000f000100000e10000d0014"
      "08636164616e67616ec00cc00c000f000100000e100007000a026d78c00cc0470001000100000e100004c000021"
      "9",
      message};
}

Known nxdomain() {
  Message message = respond(query("tidak.example", RecordType::Mx), Rcode::NameError);
  message.id = 0x0102;
  message.authoritative = true;
  message.authority = {
      {domain("example"), SoaData{domain("ns.example"), domain("hostmaster.example"), 1, 86'400,
                                  7'200, 3'600'000, 3'600}}};
  return {
      "01028503000100000001000005746964616b076578616d706c6500000f0001c0120006000100000e100026026e73"
      "c0120a686f73746d6173746572c012000000010001518000001c200036ee8000000e10",
      message};
}

Known every_type() {
  Message message = respond(query("www.toko.example", RecordType::Any));
  message.id = 0xffff;
  const Name toko = domain("toko.example");
  AaaaData address;
  address.octets = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x25};
  message.answers = {
      cname("www.toko.example", "toko.example"),
      {toko, address},
      {toko, TxtData{{"v=spf1 mx -all", "a\"b"}}},
      ns("toko.example", "ns.toko.example"),
      {domain("25.2.0.192.in-addr.arpa"), PtrData{domain("mx.kantor.example")}},
      {toko, RawData{RecordType{65'280}, "\x0a\x0b\x0c"}},
      mx("nol.example", 0, "."),
  };
  for (ResourceRecord& record : message.answers) record.ttl_seconds = 60;
  return {
      "ffff810000010007000000000377777704746f6b6f076578616d706c650000ff0001c00c000500010000003c0002"
      "c010c010001c00010000003c001020010db8000000000000000000000025c010001000010000003c00130e763d73"
      "706631206d78202d616c6c03612262c010000200010000003c0005026e73c010023235013201300331393207696e"
      "2d61646472046172706100000c00010000003c000c026d78066b616e746f72c015c010ff0000010000003c00030a"
      "0b0c036e6f6cc015000f00010000003c0003000000",
      message};
}

Message many_exchanges(int count) {
  Message message = respond(query("kantor.example", RecordType::Mx));
  for (int i = 0; i < count; ++i) {
    const std::string host = "mx" + std::to_string(100 + i) + ".kantor.example";
    message.answers.push_back(mx("kantor.example", 10, host));
  }
  return message;
}

}  // namespace

TEST_CASE("Messages have the bytes that another implementation gives them", "[dns][message]") {
  for (const Known& known : {mx_query(), mx_response(), nxdomain(), every_type()}) {
    const std::string bytes = from_hex(known.hex);
    INFO(known.hex);
    const Decoded decoded = decode(bytes);
    CHECK(name(decoded.fault) == "None");
    REQUIRE(decoded.message);
    CHECK((*decoded.message == known.message));
    CHECK(to_hex(encode(known.message)) == known.hex);
  }
}

TEST_CASE("Every header bit has its place", "[dns][message]") {
  struct Row {
    std::string hex;  // id and flags
    Message message;
  };
  std::vector<Row> rows(11);
  rows[0].hex = "00000000";
  rows[1].hex = "beef0000";
  rows[1].message.id = 0xbeef;
  rows[2].hex = "00008000";
  rows[2].message.kind = MessageKind::Response;
  rows[3].hex = "00002800";
  rows[3].message.opcode = Opcode::Update;
  rows[4].hex = "00000400";
  rows[4].message.authoritative = true;
  rows[5].hex = "00000200";
  rows[5].message.truncated = true;
  rows[6].hex = "00000100";
  rows[6].message.recursion_desired = true;
  rows[7].hex = "00000080";
  rows[7].message.recursion_available = true;
  rows[8].hex = "00000050";
  rows[8].message.reserved = 5;
  rows[9].hex = "00000005";
  rows[9].message.rcode = Rcode::Refused;
  rows[10].hex = "0000780f";  // numbers without a name are kept
  rows[10].message.opcode = Opcode{15};
  rows[10].message.rcode = Rcode{15};
  for (const Row& row : rows) {
    INFO(row.hex);
    const std::string hex = row.hex + "0000000000000000";
    CHECK(to_hex(encode(row.message)) == hex);
    const auto decoded = decode(from_hex(hex)).message;
    REQUIRE(decoded);
    CHECK((*decoded == row.message));
  }
}

TEST_CASE("Compression keeps the case of every name", "[dns][message]") {
  Message message = respond(query("Kantor.Example", RecordType::Mx));
  message.answers = {mx("kantor.example", 10, "MX.kantor.EXAMPLE"),
                     mx("KANTOR.example", 20, "b.Kantor.Example")};
  const auto decoded = decode(encode(message)).message;
  REQUIRE(decoded);
  CHECK(decoded->questions[0].name.text() == "Kantor.Example");
  CHECK(decoded->answers[0].name.text() == "kantor.example");
  CHECK(std::get<MxData>(decoded->answers[0].data).exchange.text() == "MX.kantor.EXAMPLE");
  CHECK(decoded->answers[1].name.text() == "KANTOR.example");
  CHECK(std::get<MxData>(decoded->answers[1].data).exchange.text() == "b.Kantor.Example");
}

TEST_CASE("Names that begin beyond the reach of a pointer are still right", "[dns][message]") {
  Message message = many_exchanges(2'000);
  const std::string bytes = encode(message, kMaxMessageOctets);
  CHECK(bytes.size() > 0x4000);
  const auto decoded = decode(bytes).message;
  REQUIRE(decoded);
  CHECK((*decoded == message));
}

TEST_CASE("An address of another class is kept as raw octets", "[dns][message]") {
  Message message = respond(query("kantor.example", RecordType::A));
  ResourceRecord chaos{domain("kantor.example"), RawData{RecordType::A, "any octets"}};
  chaos.record_class = RecordClass::Chaos;
  message.answers = {chaos};
  const auto decoded = decode(encode(message)).message;
  REQUIRE(decoded);
  CHECK((*decoded == message));
}

TEST_CASE("An answer too long for a datagram loses whole records and says so", "[dns][message]") {
  // 12 + 20 for header and question, then 2 + 10 + 2 + 6 + 2 = 22 for each exchange.
  struct Row {
    int exchanges;
    std::size_t max_octets;
    std::size_t kept;
    bool truncated;
  };
  const std::vector<Row> rows{
      {21, kMaxUdpOctets, 21, false}, {22, kMaxUdpOctets, 21, true}, {100, kMaxUdpOctets, 21, true},
      {3, 32 + 3 * 22, 3, false},     {3, 32 + 3 * 22 - 1, 2, true}, {3, 32, 0, true},
      {100, 1'232, 54, true},
  };
  for (const Row& row : rows) {
    INFO(row.exchanges << " exchanges in " << row.max_octets << " octets");
    const Message message = many_exchanges(row.exchanges);
    const std::string bytes = encode(message, row.max_octets);
    CHECK(bytes.size() <= row.max_octets);
    const auto decoded = decode(bytes).message;
    REQUIRE(decoded);
    CHECK(decoded->truncated == row.truncated);
    CHECK(decoded->questions.size() == 1);
    REQUIRE(decoded->answers.size() == row.kept);
    for (std::size_t i = 0; i < row.kept; ++i) CHECK((decoded->answers[i] == message.answers[i]));
  }
}

TEST_CASE("Whatever the room, what is encoded fits and can be decoded", "[dns][message]") {
  Message message = mx_response().message;
  message.authority = {ns("kantor.example", "ns.kantor.example")};
  const std::size_t whole = encode(message).size();
  for (std::size_t room = 12; room <= whole; ++room) {
    INFO("room for " << room << " octets");
    const std::string bytes = encode(message, room);
    CHECK(bytes.size() <= room);
    const auto decoded = decode(bytes).message;
    REQUIRE(decoded);
    const bool all_due = decoded->questions == message.questions &&
                         decoded->answers == message.answers &&
                         decoded->authority == message.authority;
    CHECK(decoded->truncated == !all_due);
  }
}

TEST_CASE("Additional records go in whole sets and without the TC bit", "[dns][message]") {
  Message message = respond(query("kantor.example", RecordType::Mx));
  message.answers = {mx("kantor.example", 10, "mx.kantor.example")};
  message.additional = {a("ns.kantor.example", "192.0.2.1"), a("mx.kantor.example", "192.0.2.2"),
                        a("mx.kantor.example", "192.0.2.3"), a("mx.kantor.example", "192.0.2.4")};
  const std::string bytes = encode(message, encode(message).size() - 1);
  const auto decoded = decode(bytes).message;
  REQUIRE(decoded);
  CHECK_FALSE(decoded->truncated);
  CHECK(decoded->answers.size() == 1);
  REQUIRE(decoded->additional.size() == 1);
  CHECK((decoded->additional[0] == message.additional[0]));
}
