// SCRAM-SHA-256 (RFC 5802, 7677): its messages, and the proofs in them.
//
//     client-first  n,,n=user,r=NONCE          server-first  r=NONCE+MORE,s=SALT,i=4096
//     client-final  c=biws,r=…,p=PROOF         server-final  v=SIGNATURE
//
// Names and passwords are taken as they are: those of a scenario are ASCII, for which SASLprep
// changes nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailwalk::sasl {

// What a server asks of a client; RFC 7677 section 4 wants at least 4096.
inline constexpr int kScramIterations = 4096;
// A server that asks for more would keep a client busy for minutes.
inline constexpr int kMostScramIterations = 1'000'000;

struct ScramClientFirst {
  std::string gs2_header;  // "n,,"
  std::string bare;        // what follows it
  std::string user;
  std::string nonce;
};
// nullopt: it is none, or it wants a channel binding, which is not offered.
std::optional<ScramClientFirst> parse_client_first(std::string_view message);
std::string client_first_bare(std::string_view user, std::string_view nonce);

struct ScramServerFirst {
  std::string nonce;
  std::string salt;
  int iterations = 0;
};
std::optional<ScramServerFirst> parse_server_first(std::string_view message);
std::string server_first(const ScramServerFirst& first);

struct ScramClientFinal {
  std::string binding;  // decoded: the gs2 header once more
  std::string nonce;
  std::string without_proof;
  std::string proof;  // decoded
};
std::optional<ScramClientFinal> parse_client_final(std::string_view message);
std::string client_final_without_proof(std::string_view gs2_header, std::string_view nonce);

// Both from the password; `auth_message` is client-first-bare "," server-first ","
// client-final-without-proof.
struct ScramProofs {
  std::string client;  // what the client sends
  std::string server;  // what the server answers
};
ScramProofs scram_proofs(std::string_view password, const ScramServerFirst& first,
                         std::string_view auth_message);

}  // namespace mailwalk::sasl
