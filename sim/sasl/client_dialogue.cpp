#include "sasl/client_dialogue.hpp"

#include <utility>

#include "sasl/digests.hpp"
#include "wire/base64.hpp"

namespace mailwalk::sasl {
namespace {

constexpr std::string_view kNoBinding = "n,,";  // this client knows no channel bindings

}  // namespace

ClientDialogue::ClientDialogue(Credentials credentials, std::string nonce)
    : credentials_(std::move(credentials)),
      nonce_(std::move(nonce)),
      server_is_proven_(credentials_.mechanism != Mechanism::ScramSha256) {}

std::string ClientDialogue::begin() {
  std::string argument(name(credentials_.mechanism));
  switch (credentials_.mechanism) {
    case Mechanism::Plain: {
      using namespace std::string_literals;
      return argument + " " +
             wire::base64_encode("\0"s + credentials_.user + "\0"s + credentials_.password);
    }
    case Mechanism::ScramSha256:
      step_ = Step::Second;
      return argument + " " +
             wire::base64_encode(std::string(kNoBinding) +
                                 client_first_bare(credentials_.user, nonce_));
    case Mechanism::Login:
    case Mechanism::CramMd5: break;  // the server speaks first
  }
  return argument;
}

std::string ClientDialogue::answer(std::string_view challenge) {
  const auto decoded = wire::base64_decode(challenge);
  const auto response = decoded ? response_to(*decoded) : std::nullopt;
  return response ? wire::base64_encode(*response) : std::string(kCancel);
}

std::optional<std::string> ClientDialogue::response_to(std::string_view challenge) {
  switch (credentials_.mechanism) {
    case Mechanism::Plain: return std::nullopt;  // all was said
    case Mechanism::Login:
      if (step_ == Step::Last) return std::nullopt;
      // What the two questions say differs from server to server; their order does not.
      if (step_ == Step::Second) {
        step_ = Step::Last;
        return credentials_.password;
      }
      step_ = Step::Second;
      return credentials_.user;
    case Mechanism::CramMd5: {
      if (step_ != Step::First) return std::nullopt;
      step_ = Step::Last;
      const auto digest = hmac_md5_hex(credentials_.password, challenge);
      if (!digest) return std::nullopt;
      return credentials_.user + " " + *digest;
    }
    case Mechanism::ScramSha256: return scram_final(challenge);
  }
  return std::nullopt;
}

std::optional<std::string> ClientDialogue::scram_final(std::string_view challenge) {
  if (step_ == Step::Last) {
    server_is_proven_ = !expected_proof_.empty() && challenge == "v=" + expected_proof_;
    if (!server_is_proven_) return std::nullopt;
    return std::string();
  }
  const auto first = parse_server_first(challenge);
  // A nonce that does not go on from ours was made for another dialogue.
  if (!first || first->nonce.size() <= nonce_.size() || !first->nonce.starts_with(nonce_)) {
    return std::nullopt;
  }
  const std::string without_proof = client_final_without_proof(kNoBinding, first->nonce);
  const std::string auth_message = client_first_bare(credentials_.user, nonce_) + "," +
                                   std::string(challenge) + "," + without_proof;
  const ScramProofs proofs = scram_proofs(credentials_.password, *first, auth_message);
  expected_proof_ = wire::base64_encode(proofs.server);
  step_ = Step::Last;
  return without_proof + ",p=" + wire::base64_encode(proofs.client);
}

}  // namespace mailwalk::sasl
