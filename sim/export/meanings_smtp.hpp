// What SMTP's commands, replies and states mean (RFC 5321).
#pragma once

#include <optional>
#include <string_view>

#include "export/meaning.hpp"
#include "smtp/command.hpp"
#include "smtp/transitions.hpp"

namespace mailwalk::exporting {

// All of these are there for every value, and never empty.
Meaning meaning_of(smtp::Verb verb);
Meaning meaning_of(smtp::State state);
// A state in a word or two, by the last thing that was said: RFC 5321 has no names for them.
Meaning name_of(smtp::State state);
// Where the same code says different things to different commands, `to` decides; nullopt: the reply
// answers no command. A code that nobody has written down means what its first digit means.
Meaning meaning_of_reply(int code, std::optional<smtp::Verb> to);

// Behind the path of MAIL and RCPT: SIZE, BODY … by its name in any case; nullopt if it is none
// that we know.
std::optional<Meaning> meaning_of_parameter(std::string_view name);
// A line of the reply to EHLO, by its keyword in any case; nullopt as above.
std::optional<Meaning> meaning_of_extension(std::string_view keyword);

}  // namespace mailwalk::exporting
