#include "pop3/command.hpp"

#include <fmt/format.h>

#include <array>
#include <cassert>
#include <utility>
#include <vector>

#include "base/ascii.hpp"

namespace mailwalk::pop3 {
namespace {

enum class Lines : std::uint8_t { Never, Always, WithoutArgument };

struct VerbRow {
  Verb verb;
  std::string_view name;
  Arguments arguments;
  Lines lines;  // what follows +OK
};

constexpr std::array<VerbRow, kVerbCount> kVerbs{{
    {Verb::Unknown, "?", Arguments::None, Lines::Never},
    {Verb::User, "USER", Arguments::Name, Lines::Never},
    {Verb::Pass, "PASS", Arguments::Text, Lines::Never},
    {Verb::Apop, "APOP", Arguments::NameAndDigest, Lines::Never},
    {Verb::Stat, "STAT", Arguments::None, Lines::Never},
    {Verb::List, "LIST", Arguments::OptionalNumber, Lines::WithoutArgument},
    {Verb::Retr, "RETR", Arguments::Number, Lines::Always},
    {Verb::Dele, "DELE", Arguments::Number, Lines::Never},
    {Verb::Noop, "NOOP", Arguments::None, Lines::Never},
    {Verb::Rset, "RSET", Arguments::None, Lines::Never},
    {Verb::Quit, "QUIT", Arguments::None, Lines::Never},
    {Verb::Top, "TOP", Arguments::NumberAndLines, Lines::Always},
    {Verb::Uidl, "UIDL", Arguments::OptionalNumber, Lines::WithoutArgument},
    {Verb::Capa, "CAPA", Arguments::None, Lines::Always},
    {Verb::Stls, "STLS", Arguments::None, Lines::Never},
    {Verb::Auth, "AUTH", Arguments::Mechanism, Lines::Never},
}};

constexpr bool rows_stand_at_their_verbs() {
  for (std::size_t i = 0; i < kVerbs.size(); ++i) {
    if (static_cast<std::size_t>(kVerbs[i].verb) != i) return false;
  }
  return true;
}
static_assert(rows_stand_at_their_verbs());

const VerbRow& row(Verb verb) {
  return kVerbs[static_cast<std::size_t>(verb)];
}

// A keyword and everything behind the single blank after it.
struct SplitLine {
  std::string_view keyword;
  std::string_view rest;
};

SplitLine split_keyword(std::string_view line) {
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos) return {line, {}};
  return {line.substr(0, blank), line.substr(blank + 1)};
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t start = text.find_first_not_of(' ');
    if (start == std::string_view::npos) return words;
    text.remove_prefix(start);
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::optional<std::uint32_t> parse_argument(std::string_view word) {
  if (word.size() > 10) return std::nullopt;
  const auto number = ascii::parse_number(word, 0xFFFF'FFFF);
  if (!number) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

struct Arity {
  std::size_t least;
  std::size_t most;
};

constexpr Arity arity(Arguments arguments) {
  switch (arguments) {
    case Arguments::None: return {0, 0};
    case Arguments::Name:
    case Arguments::Text:
    case Arguments::Number: return {1, 1};
    case Arguments::Mechanism: return {1, 2};
    case Arguments::OptionalNumber: return {0, 1};
    case Arguments::NameAndDigest:
    case Arguments::NumberAndLines: return {2, 2};
  }
  return {0, 0};
}

// Fills the command from words whose count is right.
CommandFault read_words(const std::vector<std::string_view>& words, Command& command) {
  switch (arguments_of(command.verb)) {
    case Arguments::None:
    case Arguments::Text: return CommandFault::None;
    case Arguments::Mechanism:
      command.secret = words[0];
      if (words.size() > 1) command.secret.append(" ").append(words[1]);
      return CommandFault::None;
    case Arguments::NameAndDigest: command.secret = words[1]; [[fallthrough]];
    case Arguments::Name: command.name = words[0]; return CommandFault::None;
    case Arguments::Number:
    case Arguments::OptionalNumber:
    case Arguments::NumberAndLines: break;
  }
  if (words.empty()) return CommandFault::None;
  const auto number = parse_argument(words[0]);
  const auto lines = words.size() > 1 ? parse_argument(words[1]) : std::optional<std::uint32_t>{0};
  if (!number || !lines) return CommandFault::BadNumber;
  command.number = MessageNumber{*number};
  command.body_lines = *lines;
  return CommandFault::None;
}

ParsedCommand faulty(CommandFault fault, Verb verb) {
  ParsedCommand parsed;
  parsed.fault = fault;
  parsed.command.verb = verb;
  return parsed;
}

Command make(Verb verb) {
  Command command;
  command.verb = verb;
  return command;
}

Command make(Verb verb, std::optional<MessageNumber> number) {
  Command command = make(verb);
  command.number = number;
  return command;
}

}  // namespace

std::string_view name(Verb verb) {
  return row(verb).name;
}

Verb parse_verb(std::string_view keyword) {
  for (const VerbRow& candidate : kVerbs) {
    if (candidate.verb != Verb::Unknown && ascii::iequals(keyword, candidate.name)) {
      return candidate.verb;
    }
  }
  return Verb::Unknown;
}

bool is_secret(Verb verb) {
  return verb == Verb::Pass || verb == Verb::Apop || verb == Verb::Auth;
}

Arguments arguments_of(Verb verb) {
  return row(verb).arguments;
}

bool brings_lines(Verb verb, std::string_view arguments) {
  switch (row(verb).lines) {
    case Lines::Never: return false;
    case Lines::Always: return true;
    case Lines::WithoutArgument: return ascii::trim(arguments).empty();
  }
  return false;
}

Command Command::user(std::string name) {
  Command command = make(Verb::User);
  command.name = std::move(name);
  return command;
}

Command Command::pass(std::string password) {
  Command command = make(Verb::Pass);
  command.secret = std::move(password);
  return command;
}

Command Command::apop(std::string name, std::string digest) {
  Command command = make(Verb::Apop);
  command.name = std::move(name);
  command.secret = std::move(digest);
  return command;
}

Command Command::stat() {
  return make(Verb::Stat);
}
Command Command::list(std::optional<MessageNumber> number) {
  return make(Verb::List, number);
}
Command Command::retr(MessageNumber number) {
  return make(Verb::Retr, number);
}
Command Command::dele(MessageNumber number) {
  return make(Verb::Dele, number);
}
Command Command::noop() {
  return make(Verb::Noop);
}
Command Command::rset() {
  return make(Verb::Rset);
}
Command Command::quit() {
  return make(Verb::Quit);
}
Command Command::uidl(std::optional<MessageNumber> number) {
  return make(Verb::Uidl, number);
}
Command Command::capa() {
  return make(Verb::Capa);
}

Command Command::stls() {
  return make(Verb::Stls);
}

Command Command::auth(std::string mechanism_and_response) {
  Command command = make(Verb::Auth);
  command.secret = std::move(mechanism_and_response);
  return command;
}

Command Command::top(MessageNumber number, std::uint32_t body_lines) {
  Command command = make(Verb::Top, number);
  command.body_lines = body_lines;
  return command;
}

std::string Command::line() const {
  assert(verb != Verb::Unknown);
  std::string line(pop3::name(verb));
  if (!name.empty()) line += " " + name;
  if (!secret.empty()) line += " " + secret;
  if (number) line += fmt::format(" {}", number->value());
  if (verb == Verb::Top) line += fmt::format(" {}", body_lines);
  assert(line.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
  return line;
}

ParsedCommand parse_command(std::string_view line) {
  const SplitLine split = split_keyword(line);
  const Verb verb = parse_verb(split.keyword);
  if (verb == Verb::Unknown) return faulty(CommandFault::UnknownVerb, verb);

  ParsedCommand parsed;
  parsed.command.verb = verb;
  if (arguments_of(verb) == Arguments::Text) {
    // Blanks belong to the password, as RFC 1939 section 7 (PASS) allows.
    if (split.rest.empty()) return faulty(CommandFault::MissingArgument, verb);
    parsed.command.secret = split.rest;
    return parsed;
  }
  const std::vector<std::string_view> words = split_words(split.rest);
  const Arity expected = arity(arguments_of(verb));
  if (words.size() < expected.least) return faulty(CommandFault::MissingArgument, verb);
  if (words.size() > expected.most) return faulty(CommandFault::SurplusArgument, verb);
  const CommandFault fault = read_words(words, parsed.command);
  return fault == CommandFault::None ? parsed : faulty(fault, verb);
}

std::string mask_secret(std::string_view line) {
  static constexpr std::string_view kMask = " ********";
  const SplitLine split = split_keyword(line);
  const Verb verb = parse_verb(split.keyword);
  if (!is_secret(verb) || split.rest.empty()) return std::string(line);
  std::string masked(split.keyword);
  if (verb != Verb::Pass) {
    // A name or a mechanism stands before it.
    const std::vector<std::string_view> words = split_words(split.rest);
    if (words.size() < 2) return std::string(line);
    masked += " " + std::string(words[0]);
  }
  return masked += kMask;
}

}  // namespace mailwalk::pop3
