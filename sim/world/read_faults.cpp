// The events of a scenario in which something goes wrong: fault, answer and cut.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "world/scenario_reading.hpp"
#include "world/verb_words.hpp"

namespace mailwalk::world {
namespace {

using journal::Fault;
using journal::Protocol;

constexpr std::uint64_t kMostCommands = 1'000'000;

// ---- fault -----------------------------------------------------------------------------------

constexpr std::array<Choice<Fault>, 6> kFaults{{{"refuse", Fault::Refuse},
                                                {"unreachable", Fault::Unreachable},
                                                {"reset", Fault::Reset},
                                                {"stall", Fault::Stall},
                                                {"slow", Fault::Slow},
                                                {"clear", Fault::Clear}}};

void refuse_key(const TableReader& table, std::string_view key, std::string_view only_for) {
  if (!table.has(key)) return;
  table.problem(table.place_of(key), fmt::format("this fault has no \"{}\"", key),
                fmt::format("it is for {}", only_for));
}

bool read_where(const TableReader& table, NetworkFault& fault, Reading& reading) {
  if (table.has("between") == table.has("machine")) {
    table.problem(table.place(), "a fault is between two machines or at one machine",
                  "write either between = [\"…\", \"…\"] or machine = \"…\"");
    return false;
  }
  if (const auto machine = table.text("machine")) {
    fault.a = machine->value;
    return check_machine(*machine, "machine", reading);
  }
  auto ends = read_between(table, reading);
  if (!ends) return false;
  fault.a = std::move(ends->first);
  fault.b = std::move(ends->second);
  return true;
}

// ---- Commands --------------------------------------------------------------------------------

bool speaks(const HostSpec& host, Protocol protocol) {
  return protocol == Protocol::Pop3 ? host.maa.has_value() : host.mta || host.mailbox;
}

// "host", which must speak the protocol.
HostSpec* read_server(const TableReader& table, std::optional<Protocol> protocol,
                      Reading& reading) {
  const auto name = table.text("host", Need::Required);
  HostSpec* host = name ? require_host(*name, "host", reading) : nullptr;
  if (host == nullptr || !protocol || speaks(*host, *protocol)) return host;
  const bool smtp = *protocol == Protocol::Smtp;
  table.problem(name->place, fmt::format("\"{}\" speaks no {}", host->name, smtp ? "SMTP" : "POP3"),
                smtp ? "name a host with the role \"mta\" or \"mailbox\""
                     : "name a host with the role \"maa\"");
  return nullptr;
}

std::uint32_t read_count(const TableReader& table, std::string_view key, std::uint64_t min) {
  return static_cast<std::uint32_t>(table.number(key, min, kMostCommands).value_or(1));
}

// ---- answer ----------------------------------------------------------------------------------

// The commands whose reply is the machine's decision and not the session's.
std::optional<journal::Verb> read_answered_verb(const TableReader& table, Protocol protocol) {
  static constexpr std::array<Choice<smtp::Verb>, 5> kSmtp{{{"MAIL", smtp::Verb::Mail},
                                                            {"RCPT", smtp::Verb::Rcpt},
                                                            {"VRFY", smtp::Verb::Vrfy},
                                                            {"STARTTLS", smtp::Verb::Starttls},
                                                            {".", smtp::Verb::EndOfData}}};
  static constexpr std::array<Choice<pop3::Verb>, 3> kPop3{
      {{"PASS", pop3::Verb::Pass}, {"APOP", pop3::Verb::Apop}, {"AUTH", pop3::Verb::Auth}}};
  if (protocol == Protocol::Smtp) {
    return table.choice("verb", std::span<const Choice<smtp::Verb>>(kSmtp), Need::Required);
  }
  return table.choice("verb", std::span<const Choice<pop3::Verb>>(kPop3), Need::Required);
}

// Reply = 2xx, 4xx or 5xx [SP text], its enhanced code of the same class (RFC 2034 section 4).
bool is_smtp_reply(std::string_view reply) {
  if (reply.size() > 3 && reply[3] != ' ') return false;
  const auto code = ascii::parse_number(reply.substr(0, 3), 599);
  return reply.size() >= 3 && code && *code >= 200 && (*code < 300 || *code >= 400);
}

// Reply-code = %x32-35 %x30-35 %x30-39 (RFC 5321 section 4.2).
bool has_known_category(std::string_view reply) {
  return reply[1] <= '5';
}

// "5.1.1" against 550; without an enhanced code they agree.
bool classes_agree(std::string_view reply) {
  const std::string_view text = reply.size() > 4 ? reply.substr(4) : "";
  const bool enhanced =
      text.size() > 2 && ascii::is_digit(text[0]) && text[1] == '.' && ascii::is_digit(text[2]);
  return !enhanced || text[0] == reply[0];
}

std::optional<Protocol> read_reply(const TableReader& table, std::string& reply) {
  constexpr std::size_t kMostOctets = 400;  // a reply line has 512 with all that the server adds
  const auto text = table.text("reply", Need::Required);
  if (!text) return std::nullopt;
  reply = text->value;
  if (reply.size() > kMostOctets) {
    table.problem(text->place, "the reply is too long for one line",
                  fmt::format("the most is {} octets", kMostOctets));
    return std::nullopt;
  }
  if (reply == "-ERR" || reply.starts_with("-ERR ")) return Protocol::Pop3;
  if (!is_smtp_reply(reply)) {
    table.problem(
        text->place, fmt::format("{} is no reply of SMTP or POP3", in_quotes(reply)),
        "write it like \"451 4.7.1 Come back later\", with 2xx, 4xx or 5xx, or \"-ERR …\"");
    return std::nullopt;
  }
  if (!has_known_category(reply)) {
    table.problem(text->place,
                  fmt::format("{} is no reply code of SMTP", in_quotes(reply.substr(0, 3))),
                  "its second digit is 0 to 5 (RFC 5321 section 4.2)");
    return std::nullopt;
  }
  if (!classes_agree(reply)) {
    table.problem(text->place, "the reply's two codes are of different classes",
                  fmt::format("begin the second with {}., as in the first", reply[0]));
    return std::nullopt;
  }
  return Protocol::Smtp;
}

// ---- cut -------------------------------------------------------------------------------------

// The protocol that is named, or else the only one in which the host knows the verb.
std::optional<Protocol> read_protocol(const TableReader& table, const HostSpec& host,
                                      const PlacedText& verb) {
  static constexpr std::array<Choice<Protocol>, 2> kProtocols{
      {{"smtp", Protocol::Smtp}, {"pop3", Protocol::Pop3}}};
  if (table.has("protocol")) {
    return table.choice("protocol", std::span<const Choice<Protocol>>(kProtocols));
  }
  std::vector<Protocol> fitting;
  Words known;
  for (const Protocol protocol : {Protocol::Smtp, Protocol::Pop3}) {
    if (!speaks(host, protocol)) continue;
    if (find_verb(verb.value, protocol)) fitting.push_back(protocol);
    for (const std::string_view name : verb_names(protocol)) known.push_back(name);
  }
  if (fitting.size() == 1) return fitting.front();
  if (fitting.empty()) {
    table.problem(verb.place,
                  fmt::format("\"{}\" knows no command {}", host.name, in_quotes(verb.value)),
                  suggest(verb.value, known));
  } else {
    table.problem(verb.place,
                  fmt::format("{} is a command of SMTP and of POP3", in_quotes(verb.value)),
                  "add protocol = \"smtp\" or protocol = \"pop3\"");
  }
  return std::nullopt;
}

}  // namespace

std::optional<Action> read_fault(const TableReader& table, Reading& reading) {
  NetworkFault fault;
  const auto kind = table.choice("kind", std::span<const Choice<Fault>>(kFaults), Need::Required);
  const bool placed = read_where(table, fault, reading);
  const auto port = table.number("port", 1, 65'535);
  if (port) fault.port = Port(static_cast<std::uint16_t>(*port));
  if (!kind || !placed) return std::nullopt;
  fault.kind = *kind;
  if (fault.kind == Fault::Reset || fault.kind == Fault::Stall) {
    fault.after_bytes = table.size_bytes("after").value_or(0);
  } else {
    refuse_key(table, "after", "reset and stall");
  }
  if (fault.kind == Fault::Slow) {
    fault.bytes_per_second = table.rate("bandwidth", Need::Required).value_or(0);
  } else {
    refuse_key(table, "bandwidth", "slow");
  }
  fault.lasts = table.duration("lasts").value_or(Duration{});
  if (fault.kind == Fault::Reset && fault.after_bytes == 0) {
    refuse_key(table, "lasts", "a reset with \"after\"; without, the lines that stand now break");
  }
  if (fault.kind == Fault::Clear) {
    refuse_key(table, "lasts", "faults that begin");
    refuse_key(table, "port", "faults that begin; clear takes all away");
  }
  return fault;
}

std::optional<Action> read_answer(const TableReader& table, Reading& reading) {
  ScriptedAnswer answer;
  const auto protocol = read_reply(table, answer.reply);
  const HostSpec* host = read_server(table, protocol, reading);
  answer.nth = read_count(table, "nth", 1);
  answer.times = read_count(table, "times", 0);
  if (!protocol || host == nullptr) return std::nullopt;
  const auto verb = read_answered_verb(table, *protocol);
  if (!verb) return std::nullopt;
  answer.host = host->name;
  answer.verb = *verb;
  return answer;
}

std::optional<Action> read_cut(const TableReader& table, Reading& reading) {
  CutAtCommand cut;
  const HostSpec* host = read_server(table, std::nullopt, reading);
  const auto word = table.text("verb", Need::Required);
  cut.nth = read_count(table, "nth", 1);
  if (host == nullptr || !word) return std::nullopt;
  const auto protocol = read_protocol(table, *host, *word);
  if (!protocol) return std::nullopt;
  if (!speaks(*host, *protocol)) {
    table.problem(table.place_of("protocol"),
                  fmt::format("\"{}\" does not speak this protocol", host->name),
                  "name another host");
    return std::nullopt;
  }
  const auto verb = find_verb(word->value, *protocol);
  if (!verb) {
    table.problem(word->place, fmt::format("there is no command {}", in_quotes(word->value)),
                  suggest(word->value, verb_names(*protocol)));
    return std::nullopt;
  }
  cut.host = host->name;
  cut.verb = *verb;
  return cut;
}

}  // namespace mailwalk::world
