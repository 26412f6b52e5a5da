// The commands of SMTP: their verbs, and a command line taken apart.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mailwalk::smtp {

// What a reply can be the answer to. All but the last two stand in RFC 5321 section 4.1.1, in its
// appendix F, or in the RFC of an extension.
enum class Verb {
  Helo,
  Ehlo,
  Mail,
  Rcpt,
  Data,
  Rset,
  Noop,
  Vrfy,
  Expn,
  Help,
  Quit,
  Starttls,  // RFC 3207
  Auth,      // RFC 4954
  Bdat,      // RFC 3030
  Etrn,      // RFC 1985
  Turn,      // RFC 821, deprecated
  Send,      // RFC 821, obsolete, like the next two
  Soml,
  Saml,
  EndOfData,  // the line with a lone dot: no command, but a move that has its own reply
  Unknown,    // anything else that stands where a verb should be
};
inline constexpr std::size_t kVerbCount = static_cast<std::size_t>(Verb::Unknown) + 1;

// "MAIL"; "." for the end of data, "?" for an unknown verb.
std::string_view name(Verb verb);

// The verb that this word is, in any case; compared whole. Never EndOfData.
Verb verb_from(std::string_view word);

// A command line taken apart. Views into the line.
struct Command {
  Verb verb = Verb::Unknown;
  std::string_view argument;  // what follows the verb and one space, without trailing blanks
};

// Command = verb [SP argument] *WSP (RFC 5321 section 4.1.1). `line` is without its CRLF.
Command parse_command(std::string_view line);

// What follows `keyword` in an argument such as "FROM:<a@b.test> SIZE=10"; the keyword ("FROM:")
// in any case. nullopt if the argument does not begin with it.
std::optional<std::string_view> after_keyword(std::string_view argument, std::string_view keyword);

}  // namespace mailwalk::smtp
