#include "dns/text.hpp"

#include "tests/dns/builders.hpp"

using namespace mailwalk;
using namespace mailwalk::dns;
using namespace mailwalk::dns::test;

namespace {

AaaaData aaaa(std::array<std::uint8_t, 16> octets) {
  return {octets};
}

Message response(std::string_view at, RecordType type, std::vector<ResourceRecord> answers) {
  Message message = query(at, type);
  message.kind = MessageKind::Response;
  message.answers = std::move(answers);
  return message;
}

}  // namespace

TEST_CASE("Questions and records are written as dig writes them", "[dns][text]") {
  CHECK(text(Question{domain("kantor.example"), RecordType::Mx}) == "kantor.example. IN MX");
  CHECK(text(Question{domain("."), RecordType{700}, RecordClass{7}}) == ". CLASS7 TYPE700");
  const Name at = domain("kantor.example");
  struct Row {
    RecordData data;
    std::string expected;
  };
  const std::vector<Row> rows{
      {AData{ip("192.0.2.25")}, "A 192.0.2.25"},
      {MxData{10, domain("mx.kantor.example")}, "MX 10 mx.kantor.example."},
      {MxData{0, Name{}}, "MX 0 ."},
      {NsData{domain("ns.kantor.example")}, "NS ns.kantor.example."},
      {CnameData{domain("a.example")}, "CNAME a.example."},
      {PtrData{domain("a.example")}, "PTR a.example."},
      {SoaData{domain("ns.example"), domain("h.example"), 1, 2, 3, 4, 5},
       "SOA ns.example. h.example. 1 2 3 4 5"},
      {TxtData{{"v=spf1 -all", "a\"b\\c\n\xC3\xA9", ""}},
       R"(TXT "v=spf1 -all" "a\"b\\c\010\195\169" "")"},
      {RawData{RecordType{65'280}, std::string("\x0a\x00\xff", 3)}, "TYPE65280 \\# 3 0a00ff"},
      {RawData{RecordType{65'280}, ""}, "TYPE65280 \\# 0"},
  };
  for (const Row& row : rows) {
    CHECK(text(ResourceRecord{at, row.data, 3'600}) == "kantor.example. 3600 IN " + row.expected);
  }
}

// RFC 5952 section 4.
TEST_CASE("IPv6 addresses are written in their shortest form", "[dns][text]") {
  struct Row {
    AaaaData data;
    std::string expected;
  };
  const std::vector<Row> rows{
      {aaaa({}), "::"},
      {aaaa({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}), "::1"},
      {aaaa({0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x25}), "2001:db8::25"},
      {aaaa({0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}), "2001:db8:0:1:1:1:1:1"},
      {aaaa({0x20, 0x01, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1}), "2001:0:0:1::1"},
      {aaaa({0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1}), "2001:db8::1:0:0:1"},
      {aaaa({0xfe, 0x80, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 0, 0, 0}), "fe80:1:2:3:4:5::"},
      {aaaa({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
             0xff, 0xff}),
       "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
  };
  for (const Row& row : rows) CHECK(text(RecordData{row.data}) == row.expected);
}

TEST_CASE("A message is summed up in one line", "[dns][text]") {
  Message nodata = response("kantor.example", RecordType::Mx, {});
  nodata.authority = {{domain("example"), default_soa(domain("example"))}};
  Message referral = response("kantor.example", RecordType::Mx, {});
  referral.authority = {ns("kantor.example", "ns.kantor.example")};
  Message cut = response("kantor.example", RecordType::Mx, {mx("kantor.example", 10, "a.example")});
  cut.truncated = true;
  Message cut_empty = response("kantor.example", RecordType::Mx, {});
  cut_empty.truncated = true;
  Message alias_to_nowhere =
      response("www.example", RecordType::A, {cname("www.example", "toko.example")});
  alias_to_nowhere.rcode = Rcode::NameError;
  Message no_question;
  no_question.kind = MessageKind::Response;
  no_question.rcode = Rcode::FormatError;
  struct Row {
    Message message;
    std::string expected;
  };
  std::vector<Row> rows{
      {query("kantor.example", RecordType::Mx), "MX kantor.example?"},
      {response("kantor.example", RecordType::Mx, {mx("kantor.example", 10, "mx.kantor.example")}),
       "MX kantor.example: 10 mx.kantor.example"},
      {response("kantor.example", RecordType::Mx,
                {mx("kantor.example", 10, "a.example"), mx("kantor.example", 20, "b.example")}),
       "MX kantor.example: 10 a.example, 20 b.example"},
      {response("nol.example", RecordType::Mx, {mx("nol.example", 0, ".")}),
       "MX nol.example: 0 . (accepts no mail)"},
      {response("www.example", RecordType::A,
                {cname("www.example", "toko.example"), a("toko.example", "192.0.2.1")}),
       "A www.example: alias of toko.example, 192.0.2.1"},
      {response("kantor.example", RecordType::Mx, {}),
       "MX kantor.example: no such record (NODATA)"},
      {nodata, "MX kantor.example: no such record (NODATA)"},
      {referral, "MX kantor.example: ask another server (referral)"},
      {cut, "MX kantor.example: 10 a.example (cut: TC)"},
      {cut_empty, "MX kantor.example: nothing that fits (cut: TC)"},
      {alias_to_nowhere, "A www.example: alias of toko.example, no such name (NXDOMAIN)"},
      {no_question, "nothing asked: the name server did not understand (FORMERR)"},
  };
  const std::vector<std::pair<Rcode, std::string>> errors{
      {Rcode::NameError, "no such name (NXDOMAIN)"},
      {Rcode::ServerFailure, "the name server failed (SERVFAIL)"},
      {Rcode::Refused, "the name server refused (REFUSED)"},
      {Rcode::NotImplemented, "the name server cannot do this (NOTIMP)"},
      {Rcode{11}, "error RCODE11"},
  };
  for (const auto& [rcode, expected] : errors) {
    Message message = response("kantor.example", RecordType::Mx, {});
    message.rcode = rcode;
    rows.push_back({message, "MX kantor.example: " + expected});
  }
  for (const Row& row : rows) CHECK(summary(row.message) == row.expected);
}

TEST_CASE("A whole message is written in dig's sections", "[dns][text]") {
  Message message =
      response("kantor.example", RecordType::Mx, {mx("kantor.example", 10, "mx.kantor.example")});
  message.authoritative = true;
  message.additional = {a("mx.kantor.example", "192.0.2.25")};
  CHECK(text(message) ==
        ";; opcode: QUERY, status: NOERROR, id: 4660\n"
        ";; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1\n"
        ";; QUESTION SECTION:\n"
        ";kantor.example. IN MX\n"
        ";; ANSWER SECTION:\n"
        "kantor.example. 3600 IN MX 10 mx.kantor.example.\n"
        ";; ADDITIONAL SECTION:\n"
        "mx.kantor.example. 3600 IN A 192.0.2.25\n");
}
