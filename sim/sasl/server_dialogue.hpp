// The server's side of AUTH, without the protocol around it (RFC 4954, RFC 5034): lines in, what
// comes of them out.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sasl/mechanism.hpp"
#include "sasl/scram.hpp"

namespace mailwalk::sasl {

// Longest line of a dialogue, its CRLF included (RFC 4954 section 4).
inline constexpr std::size_t kDialogueLineOctets = 12288;

// The password of a user; nullopt if there is no such user. It is asked in the middle of a dialogue
// and must answer at once: that some mechanisms need the password and not a yes or no is theirs.
using PasswordOf = std::function<std::optional<std::string>(std::string_view user)>;

// What the server says next: in Base64, behind "334 " or "+ ".
struct Challenge {
  std::string base64;
  friend bool operator==(const Challenge&, const Challenge&) = default;
};
struct LoggedIn {
  std::string user;
  friend bool operator==(const LoggedIn&, const LoggedIn&) = default;
};
enum class DialogueFault : std::uint8_t {
  UnknownMechanism,
  NotBase64,
  Cancelled,      // by the client, with "*"
  NotUnderstood,  // Base64, and not what the mechanism says
  Refused,        // a wrong name or password; it is not told which
};
using Outcome = std::variant<Challenge, LoggedIn, DialogueFault>;

struct ServerSetup {
  std::vector<Mechanism> offered;
  PasswordOf password_of;
  std::string host_name;
  std::string nonce;  // another one for each dialogue: printable, without blanks and commas
};

class ServerDialogue {
 public:
  explicit ServerDialogue(ServerSetup setup) : setup_(std::move(setup)) {}

  // What stands behind "AUTH ": a mechanism, and perhaps a first response ("=": an empty one).
  Outcome begin(std::string_view argument);
  // A line of the client after a challenge.
  Outcome answer(std::string_view line);

  // Of what begin() was given; nullopt if it is none of ours.
  static std::optional<Mechanism> mechanism_of(std::string_view argument);

 private:
  Outcome take(std::string_view response);
  Outcome take_plain(std::string_view response);
  Outcome take_login(std::string_view response);
  Outcome take_cram(std::string_view response);
  Outcome take_scram_first(std::string_view response);
  Outcome take_scram_final(std::string_view response);
  [[nodiscard]] Outcome judge(const std::string& user, std::string_view password) const;
  static Challenge challenge(std::string_view text);

  ServerSetup setup_;
  Mechanism mechanism_ = Mechanism::Plain;
  std::string user_;       // LOGIN and SCRAM: once it was given
  std::string cram_text_;  // what CRAM-MD5's digest is made of
  enum class Step { First, Second, Last } step_ = Step::First;
  ScramServerFirst scram_first_;
  std::string scram_binding_;
  std::string scram_said_;  // client-first-bare "," server-first ","
  bool scram_user_is_known_ = false;
  std::string scram_password_;
};

}  // namespace mailwalk::sasl
