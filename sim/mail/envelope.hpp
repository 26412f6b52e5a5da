// The envelope: what MAIL and RCPT say of a mail, whatever its header says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mail/address.hpp"

namespace mailwalk::mail {

// Where a notification of failure goes; nullopt is <>, to which none is sent (RFC 5321
// section 4.5.5).
using ReversePath = std::optional<Mailbox>;

// "<a@a.test>" or "<>".
inline std::string path_text(const ReversePath& path) {
  return path ? "<" + path->text() + ">" : "<>";
}

enum class BodyType { SevenBit, EightBitMime };  // RFC 6152

struct Envelope {
  ReversePath reverse_path;
  std::vector<Mailbox> recipients;
  BodyType body = BodyType::SevenBit;
  bool smtputf8 = false;  // RFC 6531

  friend bool operator==(const Envelope&, const Envelope&) = default;
};

}  // namespace mailwalk::mail
