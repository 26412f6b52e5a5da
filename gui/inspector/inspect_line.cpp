#include "gui/inspector/inspect_line.hpp"

#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

#include "base/ascii.hpp"
#include "export/line_anatomy.hpp"
#include "export/meanings_events.hpp"
#include "export/meanings_pop3.hpp"
#include "export/meanings_smtp.hpp"
#include "export/meanings_status.hpp"
#include "gui/inspector/facts.hpp"
#include "gui/inspector/state_map.hpp"
#include "pop3/reply.hpp"
#include "wire/base64.hpp"

namespace mailwalk::gui {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words
using exporting::LinePart;
using exporting::Meaning;
using exporting::PartKind;

constexpr std::size_t kMostReplyLines = 16;
constexpr std::size_t kMostPartOctets = 200;

Tint tint_of(Protocol protocol) {
  return protocol == Protocol::Smtp ? Tint::Smtp : Tint::Pop3;
}

std::string_view without_content(std::string_view text) {
  return text.substr(0, std::min(text.find("\r\n"), text.size()));
}

// Blanks only keep the parts apart.
Parts parts_of(const std::vector<LinePart>& line, Protocol protocol, exporting::Language language) {
  Parts parts;
  for (const LinePart& part : line) {
    if (part.kind == PartKind::Blank && part.text != "=") continue;
    const bool speaks =
        part.kind == PartKind::Verb || part.kind == PartKind::Code || part.kind == PartKind::Status;
    const Tint tint = part.kind == PartKind::Unexpected ? Tint::Fault
                      : speaks                          ? tint_of(protocol)
                                                        : Tint::None;
    parts.parts.push_back({safe(part.text, kMostPartOctets),
                           std::string(exporting::name_of(part.kind).in(language)), tint});
  }
  return parts;
}

// What each parameter is for.
Facts parameters_of(const std::vector<LinePart>& line, exporting::Language language) {
  Facts facts;
  for (const LinePart& part : line) {
    if (part.kind != PartKind::ParameterName || facts.facts.size() == kMostRows) continue;
    if (const auto meaning = exporting::meaning_of_parameter(part.text)) {
      facts.facts.push_back(fact(part.text, std::string(meaning->in(language))));
    }
  }
  return facts;
}

// "5.1.1", "[IN-USE]": piece by piece, each over what it says.
Parts digits_of(std::string_view code, exporting::Language language) {
  Parts parts;
  parts.shows_line_end = false;
  const auto digit = [](char c) { return c - '0'; };
  const auto add = [&](char c, const Meaning& meaning) {
    parts.parts.push_back({std::string(1, c), std::string(meaning.in(language)), Tint::None});
  };
  add(code[0], exporting::meaning_of_first_digit(digit(code[0])));
  add(code[1], exporting::meaning_of_second_digit(digit(code[1])));
  add(code[2], exporting::meaning_of_third_digit());
  return parts;
}

Parts enhanced_parts(const mail::StatusCode& code, exporting::Language language) {
  Parts parts;
  parts.shows_line_end = false;
  const auto add = [&](unsigned number, const Meaning& meaning) {
    parts.parts.push_back({std::to_string(number), std::string(meaning.in(language)), Tint::None});
  };
  add(code.class_digit, exporting::meaning_of_class(code));
  add(code.subject, exporting::meaning_of_subject(code));
  add(code.detail, exporting::meaning_of_detail(code));
  return parts;
}

// The end of the connection at which the event happened, as it stood then.
const ConnectionEnd* end_of(const Event& event, const Circumstances& circumstances) {
  for (const WorldView* view : {&circumstances.after, &circumstances.before}) {
    const Connection* connection = view->connection(event.connection);
    if (connection == nullptr) continue;
    const ConnectionEnd& own =
        connection->client.node == event.node ? connection->client : connection->server;
    const ConnectionEnd& other =
        connection->client.node == event.node ? connection->server : connection->client;
    return own.session ? &own : &other;
  }
  return nullptr;
}

void add_state(const Event& event, const Circumstances& circumstances,
               const std::optional<Verb>& said, Inspection& inspection) {
  const ConnectionEnd* end = end_of(event, circumstances);
  if (end == nullptr || !end->session) return;
  const Offered offered = offered_until(circumstances.document, event.position, event.connection);
  inspection.blocks.emplace_back(
      state_map(*end->session, said, offered, circumstances.language.which()));
}

// The lines of a mail or a listing that a person can take in at once, and how many octets follow.
void show_content(const Bytes& content, const Circumstances& circumstances,
                  Inspection& inspection) {
  const Language& language = circumstances.language;
  inspection.blocks.emplace_back(
      Octets{language.format("inspect.content", content.size()), content});
}

// Base64 hides nothing: what it says, with the NUL between its parts shown.
void tell_base64(std::string_view text, const Circumstances& circumstances,
                 Inspection& inspection) {
  const auto decoded = wire::base64_decode(text);
  if (!decoded || decoded->empty()) return;
  Facts facts;
  facts.facts.push_back(wire_fact(circumstances.language.text("inspect.decoded"), *decoded));
  inspection.blocks.emplace_back(std::move(facts));
}

// The lines of a dialogue behind AUTH are no commands, though they are sent like some.
std::vector<LinePart> dissect(const Verb& verb, std::string_view line) {
  const bool in_dialogue = (verb == Verb{smtp::Verb::Auth} || verb == Verb{pop3::Verb::Auth}) &&
                           !ascii::istarts_with(line, "AUTH");
  if (in_dialogue) return {{PartKind::SaslText, line}};
  return exporting::dissect_command(protocol_of(verb), line);
}

template <class Command>
void tell_command(const Event& event, const Command& command, const Circumstances& circumstances,
                  Inspection& inspection) {
  const exporting::Language language = circumstances.language.which();
  const Protocol protocol = protocol_of(command.verb);
  const std::vector<LinePart> line = dissect(command.verb, command.line.view());
  const Meaning meaning = exporting::explain(event.payload);
  inspection.heading = circumstances.language.text("inspect.command");
  inspection.source = meaning.source;
  inspection.blocks.emplace_back(parts_of(line, protocol, language));
  inspection.blocks.emplace_back(Paragraph{std::string(meaning.in(language)), Tint::None});
  for (const LinePart& part : line) {
    if (part.kind == PartKind::SaslText) tell_base64(part.text, circumstances, inspection);
  }
  Facts parameters = parameters_of(line, language);
  if (!parameters.facts.empty()) inspection.blocks.emplace_back(std::move(parameters));
  add_state(event, circumstances, command.verb, inspection);
}

// What the code in front says: digits, enhanced code, response code.
void tell_codes(const std::vector<LinePart>& line, const Circumstances& circumstances,
                Inspection& inspection) {
  const exporting::Language language = circumstances.language.which();
  for (const LinePart& part : line) {
    if (part.kind == PartKind::Code) inspection.blocks.emplace_back(digits_of(part.text, language));
    if (part.kind == PartKind::EnhancedCode) {
      if (const auto code = mail::StatusCode::parse(part.text)) {
        inspection.blocks.emplace_back(enhanced_parts(*code, language));
      }
    }
  }
}

// The response code of POP3, in brackets.
void tell_response_code(std::string_view line, const Circumstances& circumstances,
                        Inspection& inspection) {
  const auto reply = pop3::parse_first_line(line);
  if (!reply || !reply->code) return;
  Facts facts;
  facts.facts.push_back(
      fact(pop3::name(*reply->code),
           std::string(exporting::meaning_of(*reply->code).in(circumstances.language.which()))));
  inspection.blocks.emplace_back(std::move(facts));
}

// The other lines of a reply: after EHLO, an extension each.
void tell_further_lines(std::string_view text, bool is_hello, const Circumstances& circumstances,
                        Inspection& inspection) {
  Facts facts;
  std::size_t lines = 0;
  for (std::size_t at = text.find("\r\n"); at != std::string_view::npos; at = text.find("\r\n")) {
    text.remove_prefix(at + 2);
    if (++lines > kMostReplyLines) continue;
    const std::string_view line = without_content(text);
    const std::string_view said = line.substr(std::min<std::size_t>(4, line.size()));
    const auto meaning = exporting::meaning_of_extension(said.substr(0, said.find(' ')));
    Facts::Fact row = wire_fact("", line);
    if (is_hello && meaning) {
      row = fact(shown(said), std::string(meaning->in(circumstances.language.which())));
    }
    facts.facts.push_back(std::move(row));
  }
  if (lines > kMostReplyLines) {
    facts.facts.push_back(
        fact("", circumstances.language.format("inspect.more", lines - kMostReplyLines)));
  }
  if (!facts.facts.empty()) inspection.blocks.emplace_back(std::move(facts));
}

template <class Reply>
void tell_reply(const Event& event, const Reply& reply, const Circumstances& circumstances,
                Inspection& inspection) {
  const exporting::Language language = circumstances.language.which();
  const bool is_smtp = reply.protocol == Protocol::Smtp;
  const std::string_view text = reply.text.view();
  const std::vector<LinePart> line =
      exporting::dissect_reply(reply.protocol, without_content(text));
  const Meaning meaning = exporting::explain(event.payload);
  inspection.heading = circumstances.language.text("inspect.reply");
  inspection.source = meaning.source;
  inspection.blocks.emplace_back(parts_of(line, reply.protocol, language));
  inspection.blocks.emplace_back(
      Paragraph{std::string(meaning.in(language)), reply.code >= 400 ? Tint::Fault : Tint::None});
  tell_codes(line, circumstances, inspection);
  if (reply.code == 334 || (!is_smtp && reply.code == 300)) {
    tell_base64(text.substr(std::min(text.find(' ') + 1, text.size())), circumstances, inspection);
  }
  if (!is_smtp) tell_response_code(without_content(text), circumstances, inspection);
  tell_further_lines(text, reply.to == Verb{smtp::Verb::Ehlo}, circumstances, inspection);
  if (!reply.content.empty()) show_content(reply.content, circumstances, inspection);
  add_state(event, circumstances, std::nullopt, inspection);
}

}  // namespace

bool inspect_line(const Event& event, const Circumstances& circumstances, Inspection& inspection) {
  return std::visit(
      [&](const auto& payload) {
        using P = std::decay_t<decltype(payload)>;
        if constexpr (std::is_same_v<P, CommandSent> || std::is_same_v<P, CommandReceived>) {
          tell_command(event, payload, circumstances, inspection);
          return true;
        } else if constexpr (std::is_same_v<P, ReplySent> || std::is_same_v<P, ReplyReceived>) {
          tell_reply(event, payload, circumstances, inspection);
          return true;
        } else if constexpr (std::is_same_v<P, ContentSent> || std::is_same_v<P, ContentReceived>) {
          const Meaning meaning = exporting::explain(event.payload);
          inspection.heading = circumstances.language.text("inspect.letter_on_wire");
          inspection.source = meaning.source;
          inspection.blocks.emplace_back(
              Paragraph{std::string(meaning.in(circumstances.language.which())), Tint::None});
          show_content(payload.content, circumstances, inspection);
          add_state(event, circumstances, smtp::Verb::EndOfData, inspection);
          return true;
        } else {
          return false;
        }
      },
      event.payload);
}

}  // namespace mailwalk::gui
