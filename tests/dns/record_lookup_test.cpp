#include "dns/record_lookup.hpp"

#include <algorithm>

#include "dns/text.hpp"
#include "tests/dns/builders.hpp"

using namespace mailwalk;
using namespace mailwalk::dns;
using namespace mailwalk::dns::test;

namespace {

constexpr VirtualTime at_seconds(std::int64_t n) {
  return VirtualTime{} + seconds(n);
}

// The response to a query as it went over the wire, with these answers.
Message response_to(const std::string& query_bytes, std::vector<ResourceRecord> answers) {
  Message message = *decode(query_bytes).message;
  message.kind = MessageKind::Response;
  message.answers = std::move(answers);
  return message;
}

std::vector<std::string> events_of(RecordLookup& lookup) {
  std::vector<std::string> events;
  while (auto event = lookup.next_event()) events.push_back(text(*event));
  return events;
}

}  // namespace

TEST_CASE("A query is sent once, and again after each silence of 5 seconds, three times in all",
          "[dns][resolver]") {
  Prng prng(1);
  RecordLookup lookup(domain("kantor.example"), RecordType::A, prng);
  CHECK_FALSE(lookup.deadline());
  const auto first = lookup.take_query(at_seconds(100));
  REQUIRE(first);
  CHECK_FALSE(lookup.take_query(at_seconds(100)));
  CHECK(summary(*decode(*first).message) == "A kantor.example?");
  CHECK(decode(*first).message->recursion_desired);
  CHECK((lookup.deadline() == at_seconds(105)));

  lookup.time_passed(at_seconds(104));
  CHECK_FALSE(lookup.take_query(at_seconds(104)));
  lookup.time_passed(at_seconds(105));
  CHECK_FALSE(lookup.deadline());
  CHECK((lookup.take_query(at_seconds(105)) == first));
  lookup.time_passed(at_seconds(110));
  CHECK((lookup.take_query(at_seconds(110)) == first));
  CHECK_FALSE(lookup.done());
  lookup.time_passed(at_seconds(115));
  REQUIRE(lookup.done());
  CHECK_FALSE(lookup.take_query(at_seconds(115)));
  CHECK((lookup.outcome().status == RecordLookup::Outcome::Status::Failed));
  CHECK(lookup.outcome().detail == "A kantor.example: no answer after 3 attempts");
  CHECK((events_of(lookup) ==
         std::vector<std::string>{"A kantor.example?", "A kantor.example? (attempt 2)",
                                  "A kantor.example? (attempt 3)",
                                  "A kantor.example: no answer after 3 attempts"}));
}

TEST_CASE("An answer to the first attempt counts after the second", "[dns][resolver]") {
  Prng prng(1);
  RecordLookup lookup(domain("kantor.example"), RecordType::A, prng);
  const std::string query = *lookup.take_query(at_seconds(0));
  lookup.time_passed(at_seconds(5));
  SECTION("while the second is not yet sent") {}
  SECTION("when it is sent") {
    REQUIRE(lookup.take_query(at_seconds(5)));
  }
  lookup.receive(encode(response_to(query, {a("kantor.example", "192.0.2.1")})));
  REQUIRE(lookup.done());
  CHECK((lookup.outcome().status == RecordLookup::Outcome::Status::Found));
  CHECK_FALSE(lookup.take_query(at_seconds(6)));
  CHECK_FALSE(lookup.deadline());
}

TEST_CASE("Query ids come from the generator", "[dns][resolver]") {
  const auto ids = [](std::uint64_t seed) {
    Prng prng(seed);
    std::vector<std::uint16_t> drawn;
    for (int i = 0; i < 20; ++i) {
      RecordLookup lookup(domain("kantor.example"), RecordType::A, prng);
      drawn.push_back(decode(*lookup.take_query({})).message->id);
    }
    return drawn;
  };
  CHECK(ids(7) == ids(7));
  CHECK(ids(7) != ids(8));
  auto sorted = ids(7);
  std::sort(sorted.begin(), sorted.end());
  CHECK(sorted.front() != sorted.back());
}

TEST_CASE("What is not the answer to the open question is ignored", "[dns][resolver]") {
  Prng prng(1);
  RecordLookup lookup(domain("kantor.example"), RecordType::A, prng);
  lookup.receive("before anything was asked");
  CHECK(events_of(lookup).empty());
  const std::string query = *lookup.take_query({});
  const Message good = response_to(query, {a("kantor.example", "192.0.2.1")});
  struct Row {
    std::string datagram;
    std::string event;
  };
  std::vector<Row> rows{{"no message", "datagram ignored: it is not a DNS message"},
                        {query, "datagram ignored: it is not a response"}};
  Message changed = good;
  ++changed.id;
  rows.push_back({encode(changed), "datagram ignored: its id is not that of the question"});
  changed = good;
  changed.opcode = Opcode::Notify;
  rows.push_back({encode(changed), "datagram ignored: it is not a response"});
  const std::string other = "datagram ignored: it answers another question";
  changed = good;
  changed.questions[0].name = domain("lain.example");
  rows.push_back({encode(changed), other});
  changed = good;
  changed.questions[0].type = RecordType::Mx;
  rows.push_back({encode(changed), other});
  changed = good;
  changed.questions[0].record_class = RecordClass::Chaos;
  rows.push_back({encode(changed), other});
  changed = good;
  changed.questions.clear();
  rows.push_back({encode(changed), other});
  changed = good;
  changed.questions.push_back(changed.questions[0]);
  rows.push_back({encode(changed), other});

  events_of(lookup);
  for (const Row& row : rows) {
    lookup.receive(row.datagram);
    CHECK_FALSE(lookup.done());
    CHECK((events_of(lookup) == std::vector<std::string>{row.event}));
  }
  CHECK((lookup.deadline() == at_seconds(5)));  // none of them buys the sender time
  changed = good;
  changed.questions[0].name = domain("KANTOR.Example");
  lookup.receive(encode(changed));
  REQUIRE(lookup.done());
  CHECK((events_of(lookup) == std::vector<std::string>{"A KANTOR.Example: 192.0.2.1"}));
  lookup.receive(encode(good));
  CHECK(events_of(lookup).empty());
}

TEST_CASE("Every kind of answer has its outcome", "[dns][resolver]") {
  using Status = RecordLookup::Outcome::Status;
  const ResourceRecord soa{domain("example"), default_soa(domain("example"))};
  const ResourceRecord referral = ns("kantor.example", "ns.kantor.example");
  const ResourceRecord address = a("kantor.example", "192.0.2.1");
  const ResourceRecord alias = cname("kantor.example", "toko.example");
  ResourceRecord chaos{domain("kantor.example"), RawData{RecordType::A, "octets"}};
  chaos.record_class = RecordClass::Chaos;
  struct Row {
    Rcode rcode;
    std::vector<ResourceRecord> answers;
    std::vector<ResourceRecord> authority;
    Status status;
    std::string canonical;
    std::size_t records;
  };
  const std::vector<Row> rows{
      {Rcode::NoError, {address}, {}, Status::Found, "kantor.example", 1},
      {Rcode::NoError,
       {address, a("lain.example", "192.0.2.2")},
       {},
       Status::Found,
       "kantor.example",
       1},
      {Rcode::NoError,
       {alias, a("toko.example", "192.0.2.2")},
       {},
       Status::Found,
       "toko.example",
       1},
      {Rcode::NoError,
       {a("toko.example", "192.0.2.2"), alias},
       {},
       Status::Found,
       "toko.example",
       1},
      {Rcode::NoError, {}, {soa}, Status::NoData, "kantor.example", 0},
      {Rcode::NoError, {}, {}, Status::NoData, "kantor.example", 0},
      {Rcode::NoError, {}, {soa, referral}, Status::NoData, "kantor.example", 0},
      {Rcode::NoError, {}, {referral}, Status::Failed, "kantor.example", 0},
      {Rcode::NoError, {chaos}, {}, Status::NoData, "kantor.example", 0},
      {Rcode::NoError, {alias}, {soa}, Status::NoData, "toko.example", 0},
      {Rcode::NameError, {}, {soa}, Status::NoSuchName, "kantor.example", 0},
      {Rcode::NameError, {alias}, {soa}, Status::NoSuchName, "toko.example", 0},
      {Rcode::ServerFailure, {}, {}, Status::Failed, "kantor.example", 0},
      {Rcode::ServerFailure, {address}, {}, Status::Failed, "kantor.example", 0},
      {Rcode::Refused, {}, {}, Status::Failed, "kantor.example", 0},
      {Rcode::NotImplemented, {}, {}, Status::Failed, "kantor.example", 0},
      {Rcode::FormatError, {}, {}, Status::Failed, "kantor.example", 0},
      {Rcode{11}, {}, {}, Status::Failed, "kantor.example", 0},
      {Rcode::NoError,
       {alias, cname("toko.example", "kantor.example")},
       {},
       Status::Failed,
       "kantor.example",
       0},
  };
  for (const Row& row : rows) {
    Prng prng(1);
    RecordLookup lookup(domain("kantor.example"), RecordType::A, prng);
    Message response = response_to(*lookup.take_query({}), row.answers);
    response.rcode = row.rcode;
    response.authority = row.authority;
    INFO(text(response));
    lookup.receive(encode(response));
    REQUIRE(lookup.done());
    CHECK((lookup.outcome().status == row.status));
    CHECK(lookup.outcome().records.size() == row.records);
    CHECK_FALSE(lookup.outcome().detail.empty());
    if (row.status != Status::Failed) CHECK(lookup.outcome().canonical == domain(row.canonical));
  }
}

// RFC 2181 section 9: the rest might hold the best mail exchanger.
TEST_CASE("An answer with the TC bit is not used", "[dns][resolver]") {
  Prng prng(1);
  RecordLookup lookup(domain("kantor.example"), RecordType::A, prng);
  Message response = response_to(*lookup.take_query({}), {a("kantor.example", "192.0.2.1")});
  response.truncated = true;
  lookup.receive(encode(response));
  REQUIRE(lookup.done());
  CHECK((lookup.outcome().status == RecordLookup::Outcome::Status::Failed));
  CHECK(lookup.outcome().records.empty());
  CHECK_THAT(lookup.outcome().detail, ContainsSubstring("over TCP"));
}

TEST_CASE("An alias that the server does not follow is asked for anew, with a new id and time",
          "[dns][resolver]") {
  Prng prng(1);
  RecordLookup lookup(domain("kantor.example"), RecordType::A, prng);
  const std::string first = *lookup.take_query(at_seconds(0));
  lookup.receive(encode(response_to(first, {cname("kantor.example", "host.jauh.test")})));
  CHECK_FALSE(lookup.done());
  CHECK_FALSE(lookup.deadline());
  const std::string second = *lookup.take_query(at_seconds(3));
  CHECK(summary(*decode(second).message) == "A host.jauh.test?");
  CHECK(decode(first).message->id != decode(second).message->id);
  CHECK((lookup.deadline() == at_seconds(8)));
  lookup.receive(encode(response_to(second, {a("host.jauh.test", "192.0.2.1")})));
  REQUIRE(lookup.done());
  CHECK((lookup.outcome().status == RecordLookup::Outcome::Status::Found));
  CHECK(lookup.outcome().canonical == domain("host.jauh.test"));
}

TEST_CASE("Aliases without end are given up, however they come", "[dns][resolver]") {
  Prng prng(1);
  RecordLookup lookup(domain("h0.test"), RecordType::A, prng);
  int questions = 0;
  while (const auto query = lookup.take_query({})) {
    const std::string here = "h" + std::to_string(questions) + ".test";
    const std::string next = "h" + std::to_string(++questions) + ".test";
    lookup.receive(encode(response_to(*query, {cname(here, next)})));
  }
  REQUIRE(lookup.done());
  CHECK(questions == kMaxAliases + 1);
  CHECK((lookup.outcome().status == RecordLookup::Outcome::Status::Failed));
  CHECK_THAT(lookup.outcome().detail, ContainsSubstring("chain of aliases"));
}
