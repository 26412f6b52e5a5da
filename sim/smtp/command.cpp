#include "smtp/command.hpp"

#include <array>

#include "base/ascii.hpp"

namespace mailwalk::smtp {

namespace {

constexpr std::array<std::string_view, kVerbCount> kVerbNames = {
    "HELO",     "EHLO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "VRFY", "EXPN", "HELP", "QUIT",
    "STARTTLS", "AUTH", "BDAT", "ETRN", "TURN", "SEND", "SOML", "SAML", ".",    "?"};

constexpr std::string_view name_of(Verb verb) {
  return kVerbNames[static_cast<std::size_t>(verb)];
}
static_assert(name_of(Verb::Quit) == "QUIT" && name_of(Verb::Saml) == "SAML" &&
              name_of(Verb::EndOfData) == "." && name_of(Verb::Unknown) == "?");

}  // namespace

std::string_view name(Verb verb) {
  return name_of(verb);
}

Verb verb_from(std::string_view word) {
  constexpr auto kWords = static_cast<std::size_t>(Verb::EndOfData);
  for (std::size_t i = 0; i < kWords; ++i) {
    if (ascii::iequals(word, kVerbNames[i])) return static_cast<Verb>(i);
  }
  return Verb::Unknown;
}

Command parse_command(std::string_view line) {
  // Trailing blanks are tolerated (RFC 5321 section 4.1.1), leading ones are not.
  while (!line.empty() && ascii::is_blank(line.back())) line.remove_suffix(1);
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return {verb_from(line), {}};
  return {verb_from(line.substr(0, space)), line.substr(space + 1)};
}

std::optional<std::string_view> after_keyword(std::string_view argument, std::string_view keyword) {
  if (!ascii::istarts_with(argument, keyword)) return std::nullopt;
  return argument.substr(keyword.size());
}

}  // namespace mailwalk::smtp
