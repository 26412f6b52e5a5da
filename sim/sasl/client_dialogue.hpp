// The client's side of AUTH, without the protocol around it (RFC 4954, RFC 5034).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sasl/mechanism.hpp"
#include "sasl/scram.hpp"

namespace mailwalk::sasl {

struct Credentials {
  Mechanism mechanism = Mechanism::Plain;
  std::string user;
  std::string password;
};

// What a client says when it goes no further (RFC 4954 section 4).
inline constexpr std::string_view kCancel = "*";

class ClientDialogue {
 public:
  // nonce: another one for each dialogue; printable, without blanks and commas.
  ClientDialogue(Credentials credentials, std::string nonce);

  // What stands behind "AUTH ": "PLAIN AGFuaQ…", "LOGIN".
  [[nodiscard]] std::string begin();
  // The next line, to what stood behind "334 " or "+ ". kCancel: the server says what the mechanism
  // does not know, or proves that it does not know the password.
  std::string answer(std::string_view challenge);

  // Before it is, a server that lets us in may be anybody. Only SCRAM asks a proof of it.
  [[nodiscard]] bool server_is_proven() const { return server_is_proven_; }

 private:
  std::optional<std::string> response_to(std::string_view challenge);
  std::optional<std::string> scram_final(std::string_view challenge);

  Credentials credentials_;
  std::string nonce_;
  bool server_is_proven_;
  enum class Step { First, Second, Last } step_ = Step::First;
  std::string expected_proof_;
};

}  // namespace mailwalk::sasl
