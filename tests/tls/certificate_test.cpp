#include "tls/certificate.hpp"

#include "tests/support/catch.hpp"
#include "tests/tls/filter_pair.hpp"
#include "tls/issuer.hpp"

namespace mailwalk::tls::test {
namespace {

using State = TlsFilter::State;

struct PemPair {
  std::string chain;
  std::string key;
};

// Made with: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes …
PemPair given();

TEST_CASE("A client that demands the right host takes no other's certificate",
          "[tls][certificate]") {
  Issuer issuer(seeded());
  FilterPair pair(issuer, Demand::TheRightHost, "mx.elsewhere.test");
  pair.shake_hands();
  CHECK(pair.client->state() == State::Ended);
  REQUIRE(pair.client->broken().has_value());
  CHECK(pair.client->broken()->why == Failure::Certificate);
  CHECK_THAT(pair.client->broken()->detail, ContainsSubstring("hostname mismatch"));
  REQUIRE(pair.server->broken().has_value());
  CHECK(pair.server->broken()->why == Failure::Certificate);
}

TEST_CASE("A client that takes anybody knows that the certificate is another's",
          "[tls][certificate]") {
  Issuer issuer(seeded());
  FilterPair pair(issuer, Demand::Anybody, "mx.elsewhere.test");
  pair.shake_hands();
  REQUIRE(pair.client->state() == State::Established);
  CHECK_FALSE(pair.client->agreement().certificate_is_trusted);
}

TEST_CASE("A certificate is valid by the scenario's dates and not by this computer's",
          "[tls][certificate]") {
  struct Row {
    Duration since_start;
    bool valid;
  };
  for (const Row row : {Row{{}, true}, Row{days(396), true}, Row{days(398), false}}) {
    Issuer issuer(seeded());
    FilterPair pair(issuer, Demand::TheRightHost, "mx.b.test", VirtualTime{} + row.since_start);
    pair.shake_hands();
    CHECK((pair.client->state() == State::Established) == row.valid);
    if (!row.valid) {
      CHECK_THAT(pair.client->broken()->detail, ContainsSubstring("expired"));
    }
  }
}

TEST_CASE("A certificate made by another authority is not trusted", "[tls][certificate]") {
  Issuer ours(seeded(1));
  Issuer theirs(seeded(2));
  FilterPair pair(ours);
  pair.server = theirs.server("mx.b.test", 2);
  pair.shake_hands();
  REQUIRE(pair.client->broken().has_value());
  CHECK(pair.client->broken()->why == Failure::Certificate);
}

TEST_CASE("The authority's certificate is the same for the same seed", "[tls][certificate]") {
  const std::string pem = Issuer(seeded(1)).authority_pem();
  CHECK_THAT(pem, ContainsSubstring("BEGIN CERTIFICATE"));
  CHECK_THAT(pem, !ContainsSubstring("PRIVATE"));
  CHECK(Issuer(seeded(1)).authority_pem() == pem);
  CHECK(Issuer(seeded(2)).authority_pem() != pem);
}

TEST_CASE("A certificate that was given is shown by every host, and trusted by its own clients",
          "[tls][certificate]") {
  constexpr std::int64_t kWhileItIsValid = 1'893'456'000;  // 2030
  Issuer issuer({Randomness::Seeded, 7, kWhileItIsValid});
  const PemPair pem = given();
  REQUIRE(issuer.use_given(pem.chain, pem.key).ok());
  FilterPair pair(issuer);
  pair.shake_hands();
  REQUIRE(pair.client->state() == State::Established);
  CHECK(pair.client->agreement().certificate_is_trusted);
}

TEST_CASE("Files that hold no certificate and key are told apart", "[tls][certificate]") {
  const PemPair pem = given();
  const std::string other_key =
      "-----BEGIN PRIVATE KEY-----\n"
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgc29tZW9uZSBlbHNlJ3Mga2V5IGZv\n"
      "-----END PRIVATE KEY-----\n";
  struct Row {
    std::string chain;
    std::string key;
    std::string what;
  };
  for (const Row& row :
       {Row{"", pem.key, "no certificate"}, Row{pem.key, pem.key, "no certificate"},
        Row{pem.chain, "", "no key"}, Row{pem.chain, pem.chain, "no key"},
        Row{pem.chain, other_key, "no key"}}) {
    Issuer issuer(seeded());
    const Done done = issuer.use_given(row.chain, row.key);
    REQUIRE_FALSE(done.ok());
    CHECK_THAT(done.error().what, ContainsSubstring(row.what));
  }
}

TEST_CASE("No two challenges are alike", "[tls][certificate]") {
  Issuer virtual_time(seeded());
  CHECK(virtual_time.nonce(1) == virtual_time.nonce(1));
  CHECK(virtual_time.nonce(1) != virtual_time.nonce(2));
  Issuer real({Randomness::System, 1, kStart});
  CHECK(real.nonce(1) != real.nonce(1));
  CHECK(virtual_time.number(7) == 7);
  CHECK(real.number(7) != real.number(7));
}

PemPair given() {
  return {
      "-----BEGIN CERTIFICATE-----\n"
      "MIIBlTCCATugAwIBAgIUYaxzHn3giLib2fjPGfutn624ZD4wCgYIKoZIzj0EAwIw\n"
      "FDESMBAGA1UEAwwJbXguYi50ZXN0MCAXDTI2MTEyMjEwNDIwOFoYDzIxMjYxMDI5\n"
      "MTA0MjA4WjAUMRIwEAYDVQQDDAlteC5iLnRlc3QwWTATBgcqhkjOPQIBBggqhkjO\n"
      "PQMBBwNCAAS6axxCy3aLs8kMF/7MBy3mrIIqbmU0rEZFww2om6VQ7Eq7VxpXVi83\n"
      "jGeiKnxKWsTgEb+g456nIQv/tZIjFN07o2kwZzAdBgNVHQ4EFgQUpvEXHxOw2nyk\n"
      "H/cFGb3l9FEW4gkwHwYDVR0jBBgwFoAUpvEXHxOw2nykH/cFGb3l9FEW4gkwDwYD\n"
      "VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglteC5iLnRlc3QwCgYIKoZIzj0EAwID\n"
      "SAAwRQIhAMFSN/92CQXltW6dp7sxq3YN0WSGhoXzweFaHI/4XqYCAiAk5X51KzCd\n"
      "eOXc9sYp+WoEbGDHN3PLnC/bDq9Jd2zJkQ==\n"
      "-----END CERTIFICATE-----\n",
      "-----BEGIN PRIVATE KEY-----\n"
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgKJknz2TnvlWVld/I\n"
      "LXt9aaqKHKUHD50WFhJa5KJ4t9+hRANCAAS6axxCy3aLs8kMF/7MBy3mrIIqbmU0\n"
      "rEZFww2om6VQ7Eq7VxpXVi83jGeiKnxKWsTgEb+g456nIQv/tZIjFN07\n"
      "-----END PRIVATE KEY-----\n"};
}

}  // namespace
}  // namespace mailwalk::tls::test
