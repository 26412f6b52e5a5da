#include "tls/tls_filter.hpp"

#include "base/prng.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/catch.hpp"
#include "tests/tls/filter_pair.hpp"

namespace mailwalk::tls::test {
namespace {

using State = TlsFilter::State;

TEST_CASE("What is said at one end of a TLS connection is heard at the other, and nowhere between",
          "[tls][filter]") {
  Issuer issuer(seeded());
  FilterPair pair(issuer);
  pair.shake_hands();
  REQUIRE(pair.client->state() == State::Established);
  REQUIRE(pair.server->state() == State::Established);

  pair.client->say("USER budi\r\nPASS kopi-tubruk\r\n");
  pair.settle();
  CHECK(pair.server->take_plain() == "USER budi\r\nPASS kopi-tubruk\r\n");
  pair.server->say("+OK\r\n");
  pair.settle();
  CHECK(pair.client->take_plain() == "+OK\r\n");
  CHECK(pair.on_the_line.find("kopi-tubruk") == std::string::npos);
  CHECK(pair.on_the_line.find("mx.b.test") != std::string::npos);  // the ClientHello is open
}

TEST_CASE("Both ends of a TLS connection know what they have agreed on", "[tls][filter]") {
  Issuer issuer(seeded());
  FilterPair pair(issuer);
  pair.shake_hands();
  const Agreement client = pair.client->agreement();
  CHECK(client.version == "TLSv1.3");
  CHECK(client.cipher == "TLS_AES_128_GCM_SHA256");
  CHECK(client.certificate == "mx.b.test, vouched for by Mailwalk class authority");
  CHECK(client.certificate_is_trusted);
  const Agreement server = pair.server->agreement();
  CHECK(server.version == client.version);
  CHECK(server.cipher == client.cipher);
  CHECK(server.server_name == "mx.b.test");
  CHECK(server.certificate.empty());
}

TEST_CASE("The same seed gives the same octets of TLS, another seed gives others",
          "[tls][filter]") {
  const auto octets = [](std::uint64_t seed) {
    Issuer issuer(seeded(seed));
    FilterPair pair(issuer);
    pair.shake_hands();
    pair.client->say("QUIT\r\n");
    pair.settle();
    pair.client->close();
    pair.server->close();
    pair.settle();
    return pair.on_the_line;
  };
  CHECK(octets(1) == octets(1));
  CHECK(octets(1) != octets(2));
}

TEST_CASE("What one TLS connection draws by lot does not depend on the others beside it",
          "[tls][filter]") {
  Issuer alone(seeded());
  FilterPair only(alone);
  only.shake_hands();

  Issuer crowd(seeded());
  FilterPair other(crowd);
  FilterPair same(crowd);
  other.client->start();
  same.client->start();
  other.settle();
  same.settle();
  CHECK(same.on_the_line == only.on_the_line);
}

TEST_CASE("With the system's randomness no two TLS connections are alike", "[tls][filter]") {
  Issuer issuer({Randomness::System, 7, kStart});
  FilterPair first(issuer);
  FilterPair second(issuer);
  first.shake_hands();
  second.shake_hands();
  REQUIRE(first.client->state() == State::Established);
  CHECK(first.on_the_line != second.on_the_line);
}

TEST_CASE("TLS does not mind how its octets are cut", "[tls][filter][grinder]") {
  for (const std::size_t piece_octets : {1U, 2U, 5U, 100U, 1460U}) {
    Issuer issuer(seeded());
    FilterPair pair(issuer);
    pair.shake_hands(piece_octets);
    REQUIRE(pair.server->state() == State::Established);
    const std::string mail(100'000, 'x');
    pair.client->say(mail);
    pair.settle(piece_octets);
    CHECK(pair.server->take_plain() == mail);
  }
}

TEST_CASE("A TLS connection that is cut anywhere is waited for and never taken for an end",
          "[tls][filter][grinder]") {
  Issuer issuer(seeded());
  std::string hello;
  {
    FilterPair pair(issuer);
    pair.client->start();
    hello = pair.client->take_cipher();
  }
  for (std::size_t cut = 0; cut < hello.size(); ++cut) {
    const auto server = issuer.server("mx.b.test", 2);
    server->receive(std::string_view(hello).substr(0, cut));
    CHECK(server->state() == State::Handshake);
    CHECK(server->take_cipher().empty());
  }
}

TEST_CASE("Who says good-bye has said all; a line that ends without it was cut", "[tls][filter]") {
  Issuer issuer(seeded());
  FilterPair pair(issuer);
  pair.shake_hands();
  pair.client->say("QUIT\r\n");
  pair.client->close();
  pair.settle();
  CHECK(pair.server->take_plain() == "QUIT\r\n");
  CHECK(pair.server->state() == State::Ended);
  CHECK_FALSE(pair.server->broken().has_value());

  FilterPair cut(issuer);
  cut.shake_hands();
  CHECK(cut.server->state() == State::Established);  // nothing has told it that this is the end
}

TEST_CASE("A server answers after its client has said good-bye", "[tls][filter]") {
  Issuer issuer(seeded());
  FilterPair pair(issuer);
  pair.shake_hands();
  pair.client->close();
  pair.settle();
  pair.server->close();
  pair.settle();
  CHECK(pair.client->state() == State::Ended);
  CHECK_FALSE(pair.client->broken().has_value());
}

TEST_CASE("An octet of TLS that was changed on its way is noticed, and nothing of it is heard",
          "[tls][filter]") {
  Issuer issuer(seeded());
  FilterPair pair(issuer);
  pair.shake_hands();
  pair.client->say("DELE 1\r\n");
  std::string record = pair.client->take_cipher();
  record.back() = static_cast<char>(record.back() ^ 1);
  pair.server->receive(record);
  CHECK(pair.server->state() == State::Ended);
  REQUIRE(pair.server->broken().has_value());
  CHECK(pair.server->broken()->why == Failure::Record);
  CHECK(pair.server->take_plain().empty());
  CHECK_FALSE(pair.server->take_cipher().empty());  // the alert
}

TEST_CASE("Clear text where TLS is expected ends the handshake", "[tls][filter]") {
  Issuer issuer(seeded());
  const auto server = issuer.server("mx.b.test", 2);
  server->receive("EHLO client.example\r\n");
  CHECK(server->state() == State::Ended);
  REQUIRE(server->broken().has_value());
  CHECK(server->broken()->why == Failure::Handshake);
  CHECK_FALSE(server->broken()->detail.empty());

  const auto client = issuer.client("mx.b.test", Demand::Anybody, 1, {});
  client->start();
  client->receive("220 mx.b.test ESMTP\r\n");
  CHECK(client->state() == State::Ended);
}

TEST_CASE("Drawn octets never make a TLS connection out of nothing", "[tls][filter][fuzz]") {
  Issuer issuer(seeded());
  for (int seed = 0; seed < mailwalk::test::cases(200); ++seed) {
    Prng prng(static_cast<std::uint64_t>(seed));
    const auto server = issuer.server("mx.b.test", prng.next());
    for (int i = 0; i < 20; ++i) {
      std::string octets(prng.below(400), '\0');
      for (char& c : octets) c = static_cast<char>(prng.below(256));
      if (i == 0 && prng.chance(700)) octets.insert(0, "\x16\x03\x01\x01\x00\x01", 6);
      server->receive(octets);
      CHECK(server->state() != State::Established);
      server->take_cipher();
    }
  }
}

TEST_CASE("An end of TLS keeps no more of a flood than one record", "[tls][filter]") {
  Issuer issuer(seeded());
  const auto server = issuer.server("mx.b.test", 2);
  // The beginning of a handshake message that is larger than any may be.
  const std::string record =
      std::string("\x16\x03\x01\x40\x00\x01\xff\xff\xff", 9) + std::string(16384 - 4, 'x');
  for (int i = 0; i < 100; ++i) server->receive(record);
  CHECK(server->state() == State::Ended);
}

}  // namespace
}  // namespace mailwalk::tls::test
