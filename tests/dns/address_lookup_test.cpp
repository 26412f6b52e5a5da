#include "dns/address_lookup.hpp"

#include "tests/dns/builders.hpp"
#include "tests/dns/lookup_driver.hpp"

using namespace mailwalk;
using namespace mailwalk::dns;
using namespace mailwalk::dns::test;

namespace {

ZoneSet server() {
  ZoneSet zones;
  Zone example =
      zone("example", {a("pop.example", "192.0.2.1"), a("dua.example", "192.0.2.3"),
                       a("dua.example", "192.0.2.2"), cname("www.example", "dua.example"),
                       mx("surat.example", 10, "pop.example"), a("diam.example", "192.0.2.4"),
                       a("rusak.example", "192.0.2.5")});
  example.set_failure(domain("diam.example"), NameFailure::Silence);
  example.set_failure(domain("rusak.example"), NameFailure::ServerFailure);
  zones.add(std::move(example));
  return zones;
}

std::string addresses_text(const AddressResult& result) {
  std::string out;
  for (const IpAddress address : result.addresses) {
    out += (out.empty() ? "" : " ") + address.text();
  }
  return out;
}

}  // namespace

TEST_CASE("The addresses of a host are looked up", "[dns][resolver]") {
  struct Row {
    std::string host;
    std::string status;
    std::string addresses;
    std::string canonical;
    std::string detail;
  };
  const std::vector<Row> rows{
      {"pop.example", "Found", "192.0.2.1", "pop.example", "A pop.example: 192.0.2.1"},
      {"Pop.Example.", "Found", "192.0.2.1", "Pop.Example", "A Pop.Example: 192.0.2.1"},
      {"dua.example", "Found", "192.0.2.3 192.0.2.2", "dua.example",
       "A dua.example: 192.0.2.3, 192.0.2.2"},
      {"www.example", "Found", "192.0.2.3 192.0.2.2", "dua.example",
       "A www.example: alias of dua.example, 192.0.2.3, 192.0.2.2"},
      {"surat.example", "NoAddress", "", "surat.example",
       "A surat.example: no such record (NODATA)"},
      {"tidak.example", "NoSuchName", "", "tidak.example",
       "A tidak.example: no such name (NXDOMAIN)"},
      {"rusak.example", "TemporaryFailure", "", "rusak.example",
       "A rusak.example: the name server failed (SERVFAIL)"},
      {"diam.example", "TemporaryFailure", "", "diam.example",
       "A diam.example: no answer after 3 attempts"},
      {"host.jauh.test", "TemporaryFailure", "", "host.jauh.test",
       "A host.jauh.test: the name server refused (REFUSED)"},
      {"bukan..nama", "NoSuchName", "", "bukan..nama", "\"bukan..nama\" is not a domain name"},
      {"", "NoSuchName", "", "", "\"\" is not a domain name"},
  };
  const ZoneSet zones = server();
  for (const Row& row : rows) {
    INFO(row.host);
    Prng prng(1);
    AddressLookup lookup(row.host, prng);
    const Run outcome = run(lookup, zones);
    CHECK(name(lookup.result().status) == row.status);
    CHECK(addresses_text(lookup.result()) == row.addresses);
    CHECK(lookup.result().canonical_name == row.canonical);
    CHECK(lookup.result().detail == row.detail);
    const bool waited = row.host == "diam.example";
    CHECK((outcome.ended == VirtualTime{} + seconds(waited ? 15 : 0)));
  }
}

TEST_CASE("An address lookup tells what it asked and what it got", "[dns][resolver]") {
  Prng prng(1);
  AddressLookup lookup("pop.example", prng);
  CHECK((run(lookup, server()).events ==
         std::vector<std::string>{"A pop.example?", "A pop.example: 192.0.2.1"}));
}

TEST_CASE("Addresses are those of exactly the name, each once", "[dns][resolver]") {
  const std::vector<ResourceRecord> records{
      a("a.example", "192.0.2.2"), a("b.example", "192.0.2.3"), a("A.example", "192.0.2.1"),
      a("a.example", "192.0.2.2"), mx("a.example", 1, "b.example")};
  CHECK((addresses_in(records, domain("a.example")) ==
         std::vector<IpAddress>{ip("192.0.2.2"), ip("192.0.2.1")}));
}
