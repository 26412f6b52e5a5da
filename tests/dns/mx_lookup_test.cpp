#include "dns/mx_lookup.hpp"

#include <map>

#include "tests/dns/builders.hpp"
#include "tests/dns/lookup_driver.hpp"

using namespace mailwalk;
using namespace mailwalk::dns;
using namespace mailwalk::dns::test;

namespace {

constexpr std::string_view kOwnName = "mta.kirim.example";

// "10 mx.kantor.example [192.0.2.25 192.0.2.26], 20 …", an alias marked by "*".
std::string hosts_text(const MxResult& result) {
  std::string out;
  for (const MxHost& host : result.hosts) {
    out += (out.empty() ? "" : ", ") + std::to_string(host.preference) + " " + host.name;
    if (host.is_alias) out += "*";
    std::string addresses;
    for (const IpAddress address : host.addresses) {
      addresses += (addresses.empty() ? "" : " ") + address.text();
    }
    out += " [" + addresses + "]";
  }
  return out;
}

ZoneSet server_of(Zone zone) {
  ZoneSet zones;
  zones.add(std::move(zone));
  return zones;
}

// Names are those of lessons; in "lain" zones no additional records come along.
ZoneSet mx_server() {
  ZoneSet zones;
  Zone example = zone("example", {
                                     mx("kantor.example", 20, "cadangan.example"),
                                     mx("kantor.example", 10, "mx.example"),
                                     a("mx.example", "192.0.2.25"),
                                     a("mx.example", "192.0.2.26"),
                                     a("cadangan.example", "192.0.2.27"),
                                     a("langsung.example", "192.0.2.30"),
                                     {domain("teks.example"), TxtData{{"teks"}}},
                                     mx("nol.example", 0, "."),
                                     mx("hantu.example", 10, "tidak-ada.example"),
                                     mx("hantu.example", 20, "teks.example"),
                                     a("hantu.example", "192.0.2.31"),
                                     mx("sebagian.example", 10, "tidak-ada.example"),
                                     mx("sebagian.example", 20, "mx.example"),
                                     mx("macet.example", 10, "rusak.example"),
                                     mx("macet.example", 20, "tidak-ada.example"),
                                     mx("setengah.example", 10, "rusak.example"),
                                     mx("setengah.example", 20, "mx.example"),
                                     a("rusak.example", "192.0.2.32"),
                                     a("diam.example", "192.0.2.33"),
                                     cname("alias.example", "kantor.example"),
                                     cname("alias2.example", "alias.example"),
                                     cname("alias-langsung.example", "langsung.example"),
                                     cname("alias-kosong.example", "tidak-ada.example"),
                                     cname("alias-keluar.example", "surat.jauh.test"),
                                     cname("putar.example", "putar.example"),
                                     mx("melanggar.example", 10, "alias-mx.example"),
                                     mx("melanggar.example", 20, "cadangan.example"),
                                     cname("alias-mx.example", "mx.example"),
                                     mx("ganda.example", 30, "mx.example"),
                                     mx("ganda.example", 10, "MX.example"),
                                     mx("jauh.example", 10, "mx.jauh.test"),
                                 });
  example.set_failure(domain("rusak.example"), NameFailure::ServerFailure);
  example.set_failure(domain("diam.example"), NameFailure::Silence);
  zones.add(std::move(example));
  return zones;
}

struct Expected {
  std::string domain;
  std::string status;
  std::string hosts;
  std::string in_detail;
};

void check(const ZoneSet& zones, const Expected& row, std::string_view own_name = kOwnName) {
  INFO("domain " << row.domain);
  Prng prng(1);
  MxLookup lookup(row.domain, std::string(own_name), prng);
  run(lookup, zones);
  INFO(lookup.result().detail);
  CHECK(name(lookup.result().status) == row.status);
  CHECK(hosts_text(lookup.result()) == row.hosts);
  CHECK_THAT(lookup.result().detail, ContainsSubstring(row.in_detail));
}

const std::string kBothHosts =
    "10 mx.example [192.0.2.25 192.0.2.26], 20 cadangan.example [192.0.2.27]";

}  // namespace

TEST_CASE("Q01: mail exchangers come in ascending preference", "[dns][resolver]") {
  check(mx_server(), {"kantor.example", "Found", kBothHosts,
                      "mail for kantor.example goes to 10 mx.example (192.0.2.25, 192.0.2.26), 20 "
                      "cadangan.example (192.0.2.27)"});
  check(mx_server(), {"KANTOR.Example.", "Found", kBothHosts, "mail for KANTOR.Example goes to"});
  check(mx_server(), {"ganda.example", "Found", "10 MX.example [192.0.2.25 192.0.2.26]", ""});
}

TEST_CASE("Q01: equal preferences come in every order, others never change", "[dns][resolver]") {
  const ZoneSet zones = server_of(
      zone("example", {mx("c.example", 20, "b1.example"), mx("c.example", 5, "best.example"),
                       mx("c.example", 20, "b2.example"), mx("c.example", 20, "b3.example"),
                       mx("c.example", 30, "last.example"), a("best.example", "192.0.2.1"),
                       a("b1.example", "192.0.2.2"), a("b2.example", "192.0.2.3"),
                       a("b3.example", "192.0.2.4"), a("last.example", "192.0.2.5")}));
  const auto order = [&](std::uint64_t seed) {
    Prng prng(seed);
    MxLookup lookup("c.example", std::string(kOwnName), prng);
    run(lookup, zones);
    std::string out;
    for (const MxHost& host : lookup.result().hosts) out += host.name.substr(0, 2) + " ";
    return out;
  };
  std::map<std::string, int> seen;
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    const std::string drawn = order(seed);
    CHECK(drawn.substr(0, 3) == "be ");
    CHECK(drawn.substr(drawn.size() - 3) == "la ");
    ++seen[drawn];
    CHECK(order(seed) == drawn);
  }
  CHECK(seen.size() == 6);
  for (const auto& [drawn, count] : seen) {
    INFO(drawn);
    CHECK(count > 60);  // 100 are expected; 60 is more than 4 standard deviations away
  }
}

TEST_CASE("Q06: without MX records the domain itself is its exchanger", "[dns][resolver]") {
  const ZoneSet zones = mx_server();
  Prng prng(1);
  MxLookup lookup("langsung.example", std::string(kOwnName), prng);
  const Run outcome = run(lookup, zones);
  CHECK(hosts_text(lookup.result()) == "0 langsung.example [192.0.2.30]");
  CHECK(lookup.result().implicit);
  CHECK((outcome.events == std::vector<std::string>{"MX langsung.example?",
                                                    "MX langsung.example: no such record (NODATA)",
                                                    "A langsung.example?",
                                                    "A langsung.example: 192.0.2.30"}));
  check(zones, {"teks.example", "NoAddress", "", "has neither a mail exchanger nor an address"});
}

TEST_CASE("Q07, Q11: exchangers without an address are skipped, and the domain's own is not asked",
          "[dns][resolver]") {
  const ZoneSet zones = mx_server();
  check(zones, {"sebagian.example", "Found", "20 mx.example [192.0.2.25 192.0.2.26]",
                "A tidak-ada.example: no such name (NXDOMAIN)"});
  Prng prng(1);
  MxLookup lookup("hantu.example", std::string(kOwnName), prng);
  const Run outcome = run(lookup, zones);
  CHECK(name(lookup.result().status) == "NoAddress");
  CHECK_FALSE(lookup.result().implicit);
  for (const std::string& event : outcome.events) CHECK(event != "A hantu.example?");
}

TEST_CASE("Q08: a null MX says that the domain accepts no mail", "[dns][resolver]") {
  const ZoneSet zones = mx_server();
  Prng prng(1);
  MxLookup lookup("nol.example", std::string(kOwnName), prng);
  CHECK((run(lookup, zones).events ==
         std::vector<std::string>{"MX nol.example?", "MX nol.example: 0 . (accepts no mail)"}));
  CHECK(name(lookup.result().status) == "NullMx");
}

TEST_CASE("Q09: a domain that does not exist is a permanent failure", "[dns][resolver]") {
  const ZoneSet zones = mx_server();
  check(zones, {"tidak.example", "NoSuchDomain", "", "no such name (NXDOMAIN)"});
  check(zones, {"alias-kosong.example", "NoSuchDomain", "", "no such name (NXDOMAIN)"});
  check(zones, {"bukan..nama", "NoSuchDomain", "", "not a domain name"});
  check(zones, {std::string(64, 'a') + ".example", "NoSuchDomain", "", "not a domain name"});
}

TEST_CASE("Q10: a DNS that fails is a temporary failure, for the domain or for all exchangers",
          "[dns][resolver]") {
  const ZoneSet zones = mx_server();
  check(zones, {"rusak.example", "TemporaryFailure", "", "SERVFAIL"});
  check(zones, {"diam.example", "TemporaryFailure", "", "no answer after 3 attempts"});
  check(zones, {"jauh.test", "TemporaryFailure", "", "REFUSED"});
  check(zones, {"putar.example", "TemporaryFailure", "", "SERVFAIL"});
  check(zones, {"macet.example", "TemporaryFailure", "", "SERVFAIL"});
  check(zones, {"jauh.example", "TemporaryFailure", "", "REFUSED"});
  check(zones, {"setengah.example", "Found", "20 mx.example [192.0.2.25 192.0.2.26]", "SERVFAIL"});
}

TEST_CASE("Q10: an MX answer that does not fit into a datagram is a temporary failure",
          "[dns][resolver]") {
  std::vector<ResourceRecord> records{a("mx.example", "192.0.2.25")};
  for (std::uint16_t i = 0; i < 40; ++i) {
    records.push_back(mx("banyak.example", i, "mx" + std::to_string(i) + ".example"));
  }
  check(server_of(zone("example", records)), {"banyak.example", "TemporaryFailure", "", "cut: TC"});
}

TEST_CASE("An alias in the place of the domain is followed", "[dns][resolver]") {
  const ZoneSet zones = mx_server();
  check(zones, {"alias.example", "Found", kBothHosts, ""});
  check(zones, {"alias2.example", "Found", kBothHosts, ""});
  check(zones, {"alias-langsung.example", "Found", "0 langsung.example [192.0.2.30]", ""});
  check(zones, {"alias-keluar.example", "TemporaryFailure", "", "MX surat.jauh.test"});
}

TEST_CASE("Q12: an exchanger that is an alias is used and reported", "[dns][resolver]") {
  check(mx_server(),
        {"melanggar.example", "Found",
         "10 alias-mx.example* [192.0.2.25 192.0.2.26], 20 cadangan.example [192.0.2.27]",
         "alias-mx.example is an alias of mx.example, which an MX record must not name"});
}

TEST_CASE("Q12: an alias is no violation where no MX record names it", "[dns][resolver]") {
  // A mx_server that follows the alias for A but not for MX.
  Prng prng(1);
  MxLookup lookup("kantor.example", std::string(kOwnName), prng);
  Message none = *decode(*lookup.take_query({})).message;
  none.kind = MessageKind::Response;
  lookup.receive(encode(none), {});
  Message found = *decode(*lookup.take_query({})).message;
  found.kind = MessageKind::Response;
  found.answers = {cname("kantor.example", "toko.example"), a("toko.example", "192.0.2.1")};
  lookup.receive(encode(found), {});
  REQUIRE(lookup.done());
  CHECK(lookup.result().implicit);
  CHECK(hosts_text(lookup.result()) == "0 kantor.example [192.0.2.1]");
  CHECK(lookup.result().detail == "mail for kantor.example goes to 0 kantor.example (192.0.2.1)");
}

TEST_CASE("Q13: own name in the list drops itself and all that are no better", "[dns][resolver]") {
  Zone example = zone(
      "example",
      {mx("c.example", 10, "a.example"), mx("c.example", 20, "b.example"),
       mx("c.example", 20, "mta.example"), mx("c.example", 30, "d.example"),
       a("a.example", "192.0.2.1"), a("b.example", "192.0.2.2"), a("mta.example", "192.0.2.3"),
       a("d.example", "192.0.2.4"), mx("sendiri.example", 10, "mta.example"),
       mx("sendiri.example", 20, "b.example"), mx("samar.example", 5, "a.example"),
       mx("samar.example", 10, "samaran.example"), mx("samar.example", 10, "b.example"),
       mx("samar.example", 20, "d.example"), mx("samar-sendiri.example", 10, "samaran.example"),
       cname("samaran.example", "mta.example"), mx("lebih-baik.example", 10, "tidak-ada.example"),
       mx("lebih-baik.example", 20, "mta.example")});
  const ZoneSet zones = server_of(std::move(example));
  const std::vector<Expected> rows{
      {"c.example", "Found", "10 a.example [192.0.2.1]",
       "is ourselves: only what is better than preference"},
      {"sendiri.example", "LoopsBack", "", "mail for sendiri.example loops back to myself"},
      {"samar.example", "Found", "5 a.example [192.0.2.1]",
       "is ourselves: only what is better than preference"},
      {"samar-sendiri.example", "LoopsBack", "", "loops back to myself"},
      {"mta.example", "LoopsBack", "", "loops back to myself"},
      {"lebih-baik.example", "NoAddress", "", "has no mail exchanger with an address"},
  };
  for (const Expected& row : rows) {
    check(zones, row, "mta.example");
    check(zones, row, "MTA.Example.");
  }
  check(zones,
        {"sendiri.example", "Found", "10 mta.example [192.0.2.3], 20 b.example [192.0.2.2]", ""},
        "");
}

TEST_CASE("Addresses that came along are not asked for again", "[dns][resolver]") {
  Prng prng(1);
  MxLookup lookup("kantor.example", std::string(kOwnName), prng);
  const Run outcome = run(lookup, mx_server());
  REQUIRE(outcome.events.size() == 2);
  CHECK(outcome.events[0] == "MX kantor.example?");
  CHECK(outcome.events[1] == "MX kantor.example: 20 cadangan.example, 10 mx.example");
}

TEST_CASE("A null MX beside others is passed over and reported", "[dns][resolver]") {
  Prng prng(1);
  MxLookup lookup("kantor.example", std::string(kOwnName), prng);
  Message response = *decode(*lookup.take_query({})).message;
  response.kind = MessageKind::Response;
  response.answers = {mx("kantor.example", 0, "."), mx("kantor.example", 10, "mx.example")};
  response.additional = {a("mx.example", "192.0.2.25")};
  lookup.receive(encode(response), {});
  REQUIRE(lookup.done());
  CHECK(hosts_text(lookup.result()) == "10 mx.example [192.0.2.25]");
  CHECK_THAT(lookup.result().detail, ContainsSubstring("a null MX beside others means nothing"));
}

TEST_CASE("No more exchangers are looked at than the limit", "[dns][resolver]") {
  Prng prng(1);
  MxLookup lookup("kantor.example", std::string(kOwnName), prng);
  Message response = *decode(*lookup.take_query({})).message;
  response.kind = MessageKind::Response;
  for (std::uint16_t i = 0; i < 1'000; ++i) {
    const std::string host = "mx" + std::to_string(i) + ".example";
    response.answers.push_back(mx("kantor.example", i, host));
    response.additional.push_back(a(host, "192.0.2.25"));
  }
  lookup.receive(encode(response, kMaxMessageOctets), {});
  REQUIRE(lookup.done());
  CHECK(lookup.result().hosts.size() == kMaxExchanges);
  CHECK(lookup.result().hosts.back().name == "mx39.example");
}

TEST_CASE("Time passes for each question by itself", "[dns][resolver]") {
  Zone example =
      zone("example", {mx("c.example", 10, "diam.example"), mx("c.example", 20, "mx.example"),
                       a("mx.example", "192.0.2.25"), a("diam.example", "192.0.2.1")});
  example.set_failure(domain("diam.example"), NameFailure::Silence);
  Prng prng(1);
  MxLookup lookup("c.example", std::string(kOwnName), prng);
  const Run outcome = run(lookup, server_of(std::move(example)));
  CHECK((outcome.ended == VirtualTime{} + kQueryTimeout * kQueryAttempts));
  CHECK(hosts_text(lookup.result()) == "20 mx.example [192.0.2.25]");
}
