#include "sasl/scram.hpp"

#include "sasl/digests.hpp"
#include "tests/support/catch.hpp"
#include "wire/base64.hpp"

namespace mailwalk::sasl {
namespace {

// RFC 7677 section 3: user "user", password "pencil".
constexpr std::string_view kClientFirst = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
constexpr std::string_view kServerFirst =
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
constexpr std::string_view kClientFinal =
    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
    "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
constexpr std::string_view kServerSignature = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

TEST_CASE("SCRAM's messages and proofs are those of RFC 7677", "[sasl][scram]") {
  const auto client_first = parse_client_first(kClientFirst);
  REQUIRE(client_first);
  CHECK(client_first->user == "user");
  CHECK(client_first->gs2_header == "n,,");
  CHECK(client_first_bare("user", client_first->nonce) == client_first->bare);
  const auto first = parse_server_first(kServerFirst);
  REQUIRE(first);
  CHECK(server_first(*first) == kServerFirst);
  const auto final = parse_client_final(kClientFinal);
  REQUIRE(final);
  CHECK(final->without_proof == client_final_without_proof("n,,", first->nonce));
  const ScramProofs proofs = scram_proofs(
      "pencil", *first,
      client_first->bare + "," + std::string(kServerFirst) + "," + final->without_proof);
  CHECK(proofs.client == final->proof);
  CHECK(wire::base64_encode(proofs.server) == kServerSignature);
}

TEST_CASE("Names with commas and equals signs go through SCRAM", "[sasl][scram]") {
  const std::string bare = client_first_bare("a,b=c", "x");
  CHECK(bare == "n=a=2Cb=3Dc,r=x");
  CHECK(parse_client_first("n,," + bare)->user == "a,b=c");
}

TEST_CASE("What is no message of SCRAM is told apart", "[sasl][scram]") {
  for (const std::string_view text :
       {"", "n", "n,", "n,,", "n,,n=user", "n,,r=x,n=user", "p=tls-unique,,n=user,r=x",
        "n,a=other,n=user,r=x", "n,,n=,r=x", "n,,n=us=er,r=x", "n,,n=user,r=", "n,,n=user,r=a b"}) {
    INFO(text);
    CHECK_FALSE(parse_client_first(text));
  }
  for (const std::string_view text :
       {"", "r=x", "r=x,s=W22Z", "r=x,s=!,i=4096", "r=x,s=,i=4096", "r=x,s=W22Z,i=0",
        "r=x,s=W22Z,i=-1", "r=x,s=W22Z,i=99999999", "s=W22Z,r=x,i=4096"}) {
    INFO(text);
    CHECK_FALSE(parse_server_first(text));
  }
  for (const std::string_view text :
       {"", "c=biws", "c=biws,r=x", "c=!,r=x,p=AAAA", "c=biws,r=x,p=!", "r=x,c=biws,p=AAAA"}) {
    INFO(text);
    CHECK_FALSE(parse_client_final(text));
  }
}

TEST_CASE("Digests are those of their RFCs", "[sasl][digest]") {
  // RFC 2195 section 2.
  CHECK(hmac_md5_hex("tanstaaftanstaaf", "<1896.697170952@postoffice.reston.mci.net>") ==
        "b913a602c7eda7a495b4e6e7334d3890");
  CHECK(equal_secrets("abc", "abc"));
  CHECK_FALSE(equal_secrets("abc", "abd"));
  CHECK_FALSE(equal_secrets("abc", "ab"));
  CHECK(equal_secrets("", ""));
}

}  // namespace
}  // namespace mailwalk::sasl
