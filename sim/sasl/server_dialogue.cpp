#include "sasl/server_dialogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sasl/digests.hpp"
#include "wire/base64.hpp"

namespace mailwalk::sasl {
namespace {

constexpr std::size_t kSaltOctets = 16;

std::pair<std::string_view, std::optional<std::string_view>> split_first_word(
    std::string_view argument) {
  const std::size_t blank = argument.find(' ');
  if (blank == std::string_view::npos) return {argument, std::nullopt};
  return {argument.substr(0, blank), argument.substr(blank + 1)};
}

}  // namespace

std::optional<Mechanism> ServerDialogue::mechanism_of(std::string_view argument) {
  return mechanism_from(split_first_word(argument).first);
}

Challenge ServerDialogue::challenge(std::string_view text) {
  return {wire::base64_encode(text)};
}

Outcome ServerDialogue::begin(std::string_view argument) {
  const auto [word, response] = split_first_word(argument);
  const auto mechanism = mechanism_from(word);
  if (!mechanism ||
      std::find(setup_.offered.begin(), setup_.offered.end(), *mechanism) == setup_.offered.end()) {
    return DialogueFault::UnknownMechanism;
  }
  mechanism_ = *mechanism;
  if (mechanism_ == Mechanism::CramMd5) {
    // The server speaks first here, and has no use for what came before.
    if (response) return DialogueFault::NotUnderstood;
    cram_text_ = fmt::format("<{}@{}>", setup_.nonce, setup_.host_name);
    return challenge(cram_text_);
  }
  if (response) return answer(*response == "=" ? std::string_view{} : *response);
  return challenge(mechanism_ == Mechanism::Login ? "Username:" : "");
}

Outcome ServerDialogue::answer(std::string_view line) {
  if (line == "*") return DialogueFault::Cancelled;
  const auto response = wire::base64_decode(line);
  if (!response) return DialogueFault::NotBase64;
  return take(*response);
}

Outcome ServerDialogue::take(std::string_view response) {
  switch (mechanism_) {
    case Mechanism::Plain: return take_plain(response);
    case Mechanism::Login: return take_login(response);
    case Mechanism::CramMd5: return take_cram(response);
    case Mechanism::ScramSha256: break;
  }
  if (step_ == Step::First) return take_scram_first(response);
  if (step_ == Step::Second) return take_scram_final(response);
  // The client has seen the server's proof and has nothing to add.
  if (!response.empty()) return DialogueFault::NotUnderstood;
  return LoggedIn{user_};
}

Outcome ServerDialogue::judge(const std::string& user, std::string_view password) const {
  const auto known = setup_.password_of(user);
  if (!known || known->empty() || !equal_secrets(*known, password)) return DialogueFault::Refused;
  return LoggedIn{user};
}

// message = [authzid] NUL authcid NUL passwd (RFC 4616 section 2)
Outcome ServerDialogue::take_plain(std::string_view response) {
  const std::size_t first = response.find('\0');
  if (first == std::string_view::npos) return DialogueFault::NotUnderstood;
  const std::size_t second = response.find('\0', first + 1);
  if (second == std::string_view::npos) return DialogueFault::NotUnderstood;
  const std::string_view acts_as = response.substr(0, first);
  const std::string user(response.substr(first + 1, second - first - 1));
  // Nobody may act as somebody else here.
  if (!acts_as.empty() && acts_as != user) return DialogueFault::Refused;
  return judge(user, response.substr(second + 1));
}

Outcome ServerDialogue::take_login(std::string_view response) {
  if (step_ == Step::First) {
    user_ = std::string(response);
    step_ = Step::Second;
    return challenge("Password:");
  }
  return judge(user_, response);
}

// response = user SP digest (RFC 2195 section 2). The name may hold blanks, the digest does not.
Outcome ServerDialogue::take_cram(std::string_view response) {
  const std::size_t blank = response.rfind(' ');
  if (blank == std::string_view::npos) return DialogueFault::NotUnderstood;
  const std::string user(response.substr(0, blank));
  const auto known = setup_.password_of(user);
  if (!known || known->empty()) return DialogueFault::Refused;
  const auto expected = hmac_md5_hex(*known, cram_text_);
  if (!expected || !equal_secrets(*expected, response.substr(blank + 1))) {
    return DialogueFault::Refused;
  }
  return LoggedIn{user};
}

// A user who is not known gets the same answer, and is refused at the end: names cannot be tried
// out. The salt stays the same for a user, as that of a stored password would.
Outcome ServerDialogue::take_scram_first(std::string_view response) {
  const auto first = parse_client_first(response);
  if (!first) return DialogueFault::NotUnderstood;
  user_ = first->user;
  const auto known = setup_.password_of(user_);
  scram_user_is_known_ = known && !known->empty();
  scram_password_ = known.value_or("");
  scram_binding_ = first->gs2_header;
  scram_first_ = {first->nonce + setup_.nonce,
                  hmac_sha256(setup_.host_name, user_).substr(0, kSaltOctets), kScramIterations};
  const std::string said = server_first(scram_first_);
  scram_said_ = first->bare + "," + said + ",";
  step_ = Step::Second;
  return challenge(said);
}

Outcome ServerDialogue::take_scram_final(std::string_view response) {
  const auto final = parse_client_final(response);
  if (!final || final->nonce != scram_first_.nonce || final->binding != scram_binding_) {
    return DialogueFault::NotUnderstood;
  }
  const ScramProofs proofs =
      scram_proofs(scram_password_, scram_first_, scram_said_ + final->without_proof);
  if (!scram_user_is_known_ || !equal_secrets(proofs.client, final->proof)) {
    return DialogueFault::Refused;
  }
  step_ = Step::Last;
  return challenge("v=" + wire::base64_encode(proofs.server));
}

}  // namespace mailwalk::sasl
