// What POP3's commands, replies and states mean (RFC 1939, RFC 2449).
#pragma once

#include <optional>

#include "export/meaning.hpp"
#include "pop3/command.hpp"
#include "pop3/reply.hpp"
#include "pop3/transitions.hpp"

namespace mailwalk::exporting {

// All of these are there for every value, and never empty.
Meaning meaning_of(pop3::Verb verb);
Meaning meaning_of(pop3::State state);
// "TRANSACTION": RFC 1939's own name, the same in both languages.
Meaning name_of(pop3::State state);
Meaning meaning_of(pop3::ResponseCode code);
// `to` is the command that is answered; nullopt: none, so +OK is the greeting.
Meaning meaning_of_reply(pop3::Status status, std::optional<pop3::Verb> to);

}  // namespace mailwalk::exporting
