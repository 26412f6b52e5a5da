#include "dns/zone.hpp"

#include "tests/dns/builders.hpp"

using namespace mailwalk;
using namespace mailwalk::dns;
using namespace mailwalk::dns::test;

TEST_CASE("A zone refuses records that contradict it", "[dns][zone]") {
  ResourceRecord chaos = a("x.kantor.example", "192.0.2.1");
  chaos.record_class = RecordClass::Chaos;
  struct Row {
    ResourceRecord record;
    std::string complaint;
  };
  const std::vector<Row> rows{
      {a("mx.lain.example", "192.0.2.1"), "not in the zone kantor.example"},
      {a("mx.Kantor.example", "192.0.2.25"), "there already"},
      {cname("mx.kantor.example", "www.kantor.example"), "cannot be an alias"},
      {a("alias.kantor.example", "192.0.2.1"), "cannot be an alias"},
      {cname("alias.kantor.example", "www.kantor.example"), "cannot be an alias"},
      {cname("kantor.example", "www.kantor.example"), "cannot be an alias"},
      {mx("kantor.example", 0, "."), "null MX"},
      {mx("nol.kantor.example", 10, "mx.kantor.example"), "null MX"},
      {{domain("kantor.example"), default_soa(domain("lain.example"))}, "start of authority"},
      {{domain("sub.kantor.example"), default_soa(domain("sub.kantor.example"))},
       "start of authority"},
      {{domain("t.kantor.example"), TxtData{{"ok", std::string(256, 'x')}}}, "above 255 octets"},
      {chaos, "of class CH"},
  };
  Zone kantor =
      zone("kantor.example",
           {mx("kantor.example", 10, "mx.kantor.example"), a("mx.kantor.example", "192.0.2.25"),
            cname("alias.kantor.example", "mx.kantor.example"), mx("nol.kantor.example", 0, ".")});
  const auto before = kantor.all_records();
  for (const Row& row : rows) {
    const Done added = kantor.add(row.record);
    INFO(row.complaint);
    REQUIRE_FALSE(added.ok());
    CHECK_THAT(added.error().what, ContainsSubstring(row.complaint));
    CHECK_FALSE(added.error().remedy.empty());
    CHECK((kantor.all_records() == before));
  }
  CHECK(kantor.add(a("mx.kantor.example", "192.0.2.26")).ok());
  CHECK(kantor.add({domain("t.kantor.example"), TxtData{{std::string(255, 'x')}}}).ok());
}

TEST_CASE("A zone knows the names between its records and its apex", "[dns][zone]") {
  const Zone kantor = zone("kantor.example", {a("a.b.kantor.example", "192.0.2.1")});
  struct Row {
    std::string name;
    bool exists;
    std::size_t records;
  };
  const std::vector<Row> rows{
      {"kantor.example", true, 1},     {"b.kantor.example", true, 0},
      {"A.B.Kantor.Example", true, 1}, {"x.a.b.kantor.example", false, 0},
      {"c.kantor.example", false, 0},  {"kantor.exampl", false, 0},
      {"xb.kantor.example", false, 0},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(kantor.has_name(domain(row.name)) == row.exists);
    CHECK(kantor.records_at(domain(row.name)).size() == row.records);
  }
}

TEST_CASE("The nearest failure set above a name decides", "[dns][zone]") {
  Zone kantor = zone("kantor.example", {});
  CHECK(kantor.failure_at(domain("a.kantor.example")) == NameFailure::None);
  kantor.set_failure(domain("kantor.example"), NameFailure::ServerFailure);
  kantor.set_failure(domain("diam.kantor.example"), NameFailure::Silence);
  kantor.set_failure(domain("baik.kantor.example"), NameFailure::None);
  struct Row {
    std::string name;
    NameFailure failure;
  };
  const std::vector<Row> rows{
      {"kantor.example", NameFailure::ServerFailure},
      {"x.y.kantor.example", NameFailure::ServerFailure},
      {"diam.kantor.example", NameFailure::Silence},
      {"a.DIAM.kantor.example", NameFailure::Silence},
      {"baik.kantor.example", NameFailure::None},
      {"a.baik.kantor.example", NameFailure::None},
      {"lain.example", NameFailure::None},
      {".", NameFailure::None},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(kantor.failure_at(domain(row.name)) == row.failure);
  }
}

// RFC 2308 section 3: how long "there is none" may be remembered.
TEST_CASE("The SOA record of a negative answer lives no longer than its minimum", "[dns][zone]") {
  SoaData soa = default_soa(domain("kantor.example"));
  CHECK(soa.primary == domain("ns.kantor.example"));
  CHECK(soa.mailbox == domain("hostmaster.kantor.example"));
  soa.minimum_seconds = 60;
  CHECK(Zone(domain("kantor.example"), soa).soa_for_negative_answer().ttl_seconds == 60);
  soa.minimum_seconds = 999'999;
  CHECK(Zone(domain("kantor.example"), soa).soa_for_negative_answer().ttl_seconds ==
        kDefaultTtlSeconds);
}

TEST_CASE("A zone with the longest possible apex still has a start of authority", "[dns][zone]") {
  const std::string label(63, 'a');
  const Name apex = domain(label + "." + label + "." + label + "." + std::string(61, 'b'));
  const SoaData soa = default_soa(apex);
  CHECK(soa.primary == apex);
  CHECK(soa.mailbox == apex);
}
