#include "tls/record_reader.hpp"

#include "base/prng.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/catch.hpp"
#include "tests/tls/filter_pair.hpp"

namespace mailwalk::tls::test {
namespace {

struct Seen {
  std::string from_client;
  std::string from_server;
};

// A handshake and one line of the client, as the line carries them.
Seen overheard() {
  Issuer issuer(seeded());
  FilterPair pair(issuer);
  Seen seen;
  pair.client->start();
  seen.from_client = pair.client->take_cipher();
  pair.server->receive(seen.from_client);
  seen.from_server = pair.server->take_cipher();
  pair.client->receive(seen.from_server);
  pair.client->say("PASS kopi-tubruk\r\n");
  seen.from_client += pair.client->take_cipher();
  return seen;
}

TEST_CASE("Somebody who reads along sees the two hellos, and then only sizes", "[tls][records]") {
  const Seen seen = overheard();
  RecordReader client;
  const std::vector<Record> said = client.feed(seen.from_client);
  REQUIRE(said.size() == 4);  // hello, change of cipher, finished, the line
  const auto hello = parse_client_hello(said[0].content);
  REQUIRE(hello);
  CHECK(hello->server_name == "mx.b.test");
  CHECK(hello->versions == std::vector<std::string>{"TLS 1.3", "TLS 1.2"});
  CHECK(hello->ciphers.front() == "TLS_AES_128_GCM_SHA256");
  CHECK(handshake_messages(said[0].content) == std::vector<std::string>{"ClientHello"});
  CHECK(said[1].type == RecordType::ChangeCipherSpec);
  CHECK(said[3].type == RecordType::ApplicationData);
  CHECK(said[3].content.find("kopi") == std::string::npos);
  // The line, what kind it is, and 16 octets that show whether it was changed.
  CHECK(said[3].octets == 5 + std::string("PASS kopi-tubruk\r\n").size() + 1 + 16);

  RecordReader server;
  const std::vector<Record> answered = server.feed(seen.from_server);
  REQUIRE_FALSE(answered.empty());
  const auto answer = parse_server_hello(answered[0].content);
  REQUIRE(answer);
  CHECK(answer->version == "TLS 1.3");
  CHECK(answer->cipher == "TLS_AES_128_GCM_SHA256");
  for (std::size_t i = 2; i < answered.size(); ++i) {
    CHECK(answered[i].type == RecordType::ApplicationData);
  }
}

TEST_CASE("Records are the same however their octets are cut", "[tls][records][grinder]") {
  const std::string octets = overheard().from_client;
  RecordReader whole;
  const std::size_t expected = whole.feed(octets).size();
  for (std::size_t cut = 0; cut <= octets.size(); ++cut) {
    RecordReader reader;
    std::size_t found = reader.feed(std::string_view(octets).substr(0, cut)).size();
    found += reader.feed(std::string_view(octets).substr(cut)).size();
    CHECK(found == expected);
    CHECK_FALSE(reader.lost());
  }
}

TEST_CASE("What is no TLS is read no further", "[tls][records]") {
  // No record; another version's major number, a type that is none, a record that is too long.
  for (const std::string& text :
       {std::string("EHLO client.example\r\n"), std::string("\x16\x02\x01\0\x01x", 6),
        std::string("\x19\x03\x01\0\x01x", 6), std::string("\x16\x03\x01\xff\xffx", 6)}) {
    RecordReader reader;
    CHECK(reader.feed(text).empty());
    CHECK(reader.lost());
    CHECK(reader.feed(overheard().from_client).empty());
  }
}

TEST_CASE("A hello cut at any octet is none", "[tls][records][grinder]") {
  RecordReader reader;
  const std::string hello = reader.feed(overheard().from_client)[0].content;
  for (std::size_t cut = 0; cut < hello.size(); ++cut) {
    const std::string_view part = std::string_view(hello).substr(0, cut);
    CHECK_FALSE(parse_client_hello(part));
    CHECK_FALSE(parse_server_hello(part));
    CHECK(handshake_messages(part).empty());
  }
}

TEST_CASE("Drawn octets never break the reading of records and hellos", "[tls][records][fuzz]") {
  RecordReader whole;
  const std::string hello = whole.feed(overheard().from_client)[0].content;
  for (int seed = 0; seed < mailwalk::test::cases(2000); ++seed) {
    Prng prng(static_cast<std::uint64_t>(seed));
    std::string changed = hello;
    for (std::uint64_t i = 1 + prng.below(6); i > 0; --i) {
      changed[prng.below(changed.size())] = static_cast<char>(prng.below(256));
    }
    const auto parsed = parse_client_hello(changed);
    if (parsed) CHECK(parsed->server_name.size() <= changed.size());
    handshake_messages(changed);
    RecordReader reader;
    reader.feed(changed);
  }
}

}  // namespace
}  // namespace mailwalk::tls::test
