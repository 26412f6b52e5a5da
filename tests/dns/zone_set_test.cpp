#include "dns/zone_set.hpp"

#include "dns/text.hpp"
#include "tests/dns/builders.hpp"

using namespace mailwalk;
using namespace mailwalk::dns;
using namespace mailwalk::dns::test;

namespace {

ZoneSet example_zones() {
  ZoneSet zones;
  zones.add(zone(
      "example",
      {a("langsung.example", "192.0.2.9"), cname("surat.example", "kantor.example"),
       cname("keluar.example", "host.jauh.test"), cname("hilang.example", "tidak.ada.example"),
       cname("putar.example", "balik.example"), cname("balik.example", "putar.example"),
       ns("cabang.example", "ns.cabang.example"), a("ns.cabang.example", "192.0.2.53"),
       mx("nol.example", 0, "."), mx("alias-mx.example", 10, "surat.example"),
       mx("dua.example", 10, "mx.kantor.example"), mx("dua.example", 20, "mx.kantor.example")}));
  Zone kantor = zone(
      "kantor.example",
      {mx("kantor.example", 10, "mx.kantor.example"), mx("kantor.example", 20, "mx.jauh.test"),
       a("mx.kantor.example", "192.0.2.25"), a("mx.kantor.example", "192.0.2.26"),
       a("rusak.kantor.example", "192.0.2.27"), a("diam.kantor.example", "192.0.2.28"),
       mx("m.kantor.example", 5, "rusak.kantor.example"), a("a.b.kantor.example", "192.0.2.29")});
  AaaaData address;
  address.octets = {0x20, 0x01, 0x0d, 0xb8};
  REQUIRE(kantor.add({domain("mx.kantor.example"), address}).ok());
  kantor.set_failure(domain("rusak.kantor.example"), NameFailure::ServerFailure);
  kantor.set_failure(domain("diam.kantor.example"), NameFailure::Silence);
  zones.add(std::move(kantor));
  return zones;
}

// "aa NOERROR | answers | authority | additional", records without TTL and class.
std::string brief(const std::vector<ResourceRecord>& records) {
  std::string out;
  for (const ResourceRecord& record : records) {
    if (!out.empty()) out += ", ";
    out += record.name.text() + " " + name(record.type());
    if (record.type() != RecordType::Soa) out += " " + text(record.data);
  }
  return out;
}

std::string brief(const std::optional<Message>& reply) {
  if (!reply) return "silence";
  return (reply->authoritative ? "aa " : "") + name(reply->rcode) + " | " + brief(reply->answers) +
         " | " + brief(reply->authority) + " | " + brief(reply->additional);
}

}  // namespace

TEST_CASE("A name server answers from its zones", "[dns][zone]") {
  const ZoneSet zones = example_zones();
  const std::string addresses =
      "mx.kantor.example A 192.0.2.25, mx.kantor.example A 192.0.2.26, "
      "mx.kantor.example AAAA 2001:db8::";
  const std::string exchanges =
      "kantor.example MX 10 mx.kantor.example., kantor.example MX 20 mx.jauh.test.";
  struct Row {
    std::string name;
    RecordType type;
    std::string reply;
  };
  const std::vector<Row> rows{
      {"langsung.example", RecordType::A, "aa NOERROR | langsung.example A 192.0.2.9 |  | "},
      {"LANGSUNG.example", RecordType::A, "aa NOERROR | langsung.example A 192.0.2.9 |  | "},
      {"kantor.example", RecordType::Mx, "aa NOERROR | " + exchanges + " |  | " + addresses},
      // No such type, no such name, and a name that has only others below it.
      {"langsung.example", RecordType::Mx, "aa NOERROR |  | example SOA | "},
      {"tidak.example", RecordType::Mx, "aa NXDOMAIN |  | example SOA | "},
      {"x.mx.kantor.example", RecordType::A, "aa NXDOMAIN |  | kantor.example SOA | "},
      {"b.kantor.example", RecordType::A, "aa NOERROR |  | kantor.example SOA | "},
      // Aliases: followed into the other zone, to nowhere, out of here, asked for, in a circle.
      {"surat.example", RecordType::Mx,
       "aa NOERROR | surat.example CNAME kantor.example., " + exchanges + " |  | " + addresses},
      {"surat.example", RecordType::Txt,
       "aa NOERROR | surat.example CNAME kantor.example. | kantor.example SOA | "},
      {"hilang.example", RecordType::A,
       "aa NXDOMAIN | hilang.example CNAME tidak.ada.example. | example SOA | "},
      {"keluar.example", RecordType::A, "aa NOERROR | keluar.example CNAME host.jauh.test. |  | "},
      {"surat.example", RecordType::Cname,
       "aa NOERROR | surat.example CNAME kantor.example. |  | "},
      {"putar.example", RecordType::A, "SERVFAIL |  |  | "},
      // What MX records name: an alias is not followed, an address is given once, the root has
      // none.
      {"alias-mx.example", RecordType::Mx,
       "aa NOERROR | alias-mx.example MX 10 surat.example. |  | "},
      {"dua.example", RecordType::Mx,
       "aa NOERROR | dua.example MX 10 mx.kantor.example., dua.example MX 20 mx.kantor.example. | "
       " | " +
           addresses},
      {"nol.example", RecordType::Mx, "aa NOERROR | nol.example MX 0 . |  | "},
      {"nol.example", RecordType::Any, "aa NOERROR | nol.example MX 0 . |  | "},
      // A part of the zone that other servers have.
      {"mx.cabang.example", RecordType::A,
       "NOERROR |  | cabang.example NS ns.cabang.example. | ns.cabang.example A 192.0.2.53"},
      {"cabang.example", RecordType::Ns,
       "NOERROR |  | cabang.example NS ns.cabang.example. | ns.cabang.example A 192.0.2.53"},
      // Failures that a lesson has set, also below the name and for addresses in passing.
      {"rusak.kantor.example", RecordType::A, "SERVFAIL |  |  | "},
      {"x.rusak.kantor.example", RecordType::A, "SERVFAIL |  |  | "},
      {"diam.kantor.example", RecordType::A, "silence"},
      {"m.kantor.example", RecordType::Mx,
       "aa NOERROR | m.kantor.example MX 5 rusak.kantor.example. |  | "},
      // Names of others.
      {"jauh.test", RecordType::Mx, "REFUSED |  |  | "},
      {".", RecordType::Ns, "REFUSED |  |  | "},
      {"kantor.example", RecordType{252}, "NOTIMP |  |  | "},
  };
  for (const Row& row : rows) {
    const Message asked = query(row.name, row.type);
    INFO(text(asked.questions.front()));
    const auto reply = zones.answer(asked);
    CHECK(brief(reply) == row.reply);
    if (!reply) continue;
    CHECK(reply->id == asked.id);
    CHECK(reply->kind == MessageKind::Response);
    CHECK(reply->recursion_desired);
    CHECK_FALSE(reply->recursion_available);
    CHECK((reply->questions == asked.questions));
    const auto from_bytes = zones.answer_datagram(encode(asked));
    REQUIRE(from_bytes);
    CHECK((*from_bytes == *reply));
  }
}

TEST_CASE("A name server follows a chain of aliases up to the limit", "[dns][zone]") {
  const auto server_with_chain_of = [](int aliases) {
    Zone example = zone("example", {a("h0.example", "192.0.2.1")});
    for (int i = 1; i <= aliases; ++i) {
      const std::string target = "h" + std::to_string(i - 1) + ".example";
      REQUIRE(example.add(cname("h" + std::to_string(i) + ".example", target)).ok());
    }
    ZoneSet zones;
    zones.add(std::move(example));
    return zones;
  };
  const auto answer_for = [&](int aliases) {
    const std::string host = "h" + std::to_string(aliases) + ".example";
    return server_with_chain_of(aliases).answer(query(host, RecordType::A));
  };
  const auto longest = answer_for(kMaxAliases);
  CHECK(longest->rcode == Rcode::NoError);
  CHECK(longest->answers.size() == kMaxAliases + 1);
  CHECK(brief(answer_for(kMaxAliases + 1)) == "SERVFAIL |  |  | ");
}

TEST_CASE("A name server refuses what it does not do", "[dns][zone]") {
  const ZoneSet zones = example_zones();
  const auto rcode_of = [&](const Message& message) { return name(zones.answer(message)->rcode); };

  Message update = query("kantor.example", RecordType::Soa);
  update.opcode = Opcode::Update;
  CHECK(rcode_of(update) == "NOTIMP");

  Message chaos = query("kantor.example", RecordType::Txt);
  chaos.questions[0].record_class = RecordClass::Chaos;
  CHECK(rcode_of(chaos) == "REFUSED");

  Message two = query("kantor.example", RecordType::Mx);
  two.questions.push_back(two.questions[0]);
  CHECK(rcode_of(two) == "FORMERR");

  Message none = query("kantor.example", RecordType::Mx);
  none.questions.clear();
  CHECK(rcode_of(none) == "FORMERR");

  // RFC 6891 section 7: a server without EDNS.
  Message edns = query("kantor.example", RecordType::Mx);
  edns.additional.push_back({Name{}, RawData{RecordType::Opt, ""}, 0, RecordClass{1'232}});
  CHECK(rcode_of(edns) == "FORMERR");
}

TEST_CASE("A name server answers no responses, so that two cannot keep each other busy",
          "[dns][zone]") {
  const ZoneSet zones = example_zones();
  Message response = query("kantor.example", RecordType::Mx);
  response.kind = MessageKind::Response;
  CHECK_FALSE(zones.answer(response));
  CHECK_FALSE(zones.answer_datagram(encode(response)));
  CHECK_FALSE(zones.answer_datagram(encode(response) + "surplus"));
}

TEST_CASE("A name server answers FORMERR to any query cut after its header", "[dns][zone]") {
  const ZoneSet zones = example_zones();
  const std::string whole = encode(query("kantor.example", RecordType::Mx));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO("cut to " << size << " octets");
    const auto reply = zones.answer_datagram(std::string_view(whole).substr(0, size));
    REQUIRE(reply.has_value() == (size >= 12));
    if (!reply) continue;
    CHECK(brief(reply) == "FORMERR |  |  | ");
    CHECK(reply->id == 0x1234);
    CHECK(reply->questions.empty());
  }
}

TEST_CASE("The zone with the longest apex has the say, and a new one takes its place",
          "[dns][zone]") {
  ZoneSet zones = example_zones();
  CHECK(zones.zone_of(domain("mx.kantor.example"))->apex() == domain("kantor.example"));
  CHECK(zones.zone_of(domain("kantor.example"))->apex() == domain("kantor.example"));
  CHECK(zones.zone_of(domain("bukankantor.example"))->apex() == domain("example"));
  CHECK(zones.zone_of(domain("test")) == nullptr);
  CHECK(ZoneSet{}.zone_of(Name{}) == nullptr);

  zones.zone_of(domain("kantor.example"))
      ->set_failure(domain("kantor.example"), NameFailure::ServerFailure);
  CHECK(brief(zones.answer(query("kantor.example", RecordType::Mx))) == "SERVFAIL |  |  | ");

  zones.add(zone("kantor.example", {}));
  CHECK(brief(zones.answer(query("kantor.example", RecordType::Mx))) ==
        "aa NOERROR |  | kantor.example SOA | ");
}
