#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

#include "base/ascii.hpp"
#include "export/ledger.hpp"
#include "export/time_words.hpp"
#include "gui/inspector/facts.hpp"
#include "gui/inspector/inspect.hpp"
#include "mail/address.hpp"
#include "mail/message.hpp"

namespace mailwalk::gui {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words

constexpr std::size_t kMostColumnLines = 8;

// As it is on that copy: the event that made it has it.
Bytes content_of(const CopyId& copy, const Letter& letter, const Journal& journal) {
  if (copy.made.value() >= journal.size()) return letter.content;
  return std::visit(
      [&](const auto& payload) {
        if constexpr (requires { payload.content; }) {
          return payload.content.empty() ? letter.content : payload.content;
        } else {
          return letter.content;
        }
      },
      journal[copy.made].payload);
}

std::string in_brackets(const Bytes& address) {
  return "<" + shown(address.view()) + ">";
}

Columns::Column envelope_of(const Letter& letter, const Language& language) {
  Columns::Column column{std::string(language.text("inspect.envelope")), {}};
  column.lines.push_back("MAIL FROM:" + in_brackets(letter.sender));
  for (const Bytes& recipient : letter.recipients) {
    if (column.lines.size() == kMostColumnLines) {
      column.lines.push_back(
          language.format("inspect.more", letter.recipients.size() + 1 - kMostColumnLines));
      break;
    }
    column.lines.push_back("RCPT TO:" + in_brackets(recipient));
  }
  return column;
}

Columns::Column header_of(const LetterContent& content, const Language& language) {
  Columns::Column column{std::string(language.text("inspect.header")), {}};
  for (const LetterContent::Field& field : content.fields) {
    column.lines.push_back(shown(field.name) + ": " + shown(field.value));
  }
  return column;
}

Columns::Column body_block(const LetterContent& content, const Language& language) {
  Columns::Column column{std::string(language.text("inspect.body")), {}};
  for (const std::string& line : content.body) column.lines.push_back(shown(line));
  return column;
}

// Whole addresses; local parts without case, which is how people compare them.
bool is_same_person(const mail::Mailbox& one, const mail::Mailbox& other) {
  return ascii::iequals(one.text(), other.text());
}

bool is_among(const mail::Mailbox& one, const std::vector<mail::Mailbox>& all) {
  return std::any_of(all.begin(), all.end(),
                     [&](const mail::Mailbox& other) { return is_same_person(one, other); });
}

std::vector<mail::Mailbox> on_envelope(const Letter& letter) {
  std::vector<mail::Mailbox> found;
  for (const Bytes& recipient : letter.recipients) {
    if (const auto it = mail::parse_mailbox(recipient.view(), mail::Utf8::Allowed)) {
      found.push_back(*it);
    }
  }
  return found;
}

// The first that is not among the others; nullptr: each is.
const mail::Mailbox* find_missing(const std::vector<mail::Mailbox>& all,
                                  const std::vector<mail::Mailbox>& others) {
  const auto missing = std::find_if(all.begin(), all.end(),
                                    [&](const mail::Mailbox& it) { return !is_among(it, others); });
  return missing == all.end() ? nullptr : &*missing;
}

// What envelope and header have to do with each other: nothing, unless somebody saw to it.
std::string compare(const Letter& letter, const LetterContent& content, const Language& language) {
  if (letter.sender.empty() && letter.recipients.empty()) {
    return std::string(language.text("inspect.envelope_unknown"));
  }
  if (letter.sender.empty()) return std::string(language.text("inspect.no_sender"));
  const std::vector<mail::Mailbox> recipients = on_envelope(letter);
  if (const auto* unnamed = find_missing(recipients, content.named_recipients)) {
    return language.format("inspect.blind_copy", shown(unnamed->text()));
  }
  const auto sender = mail::parse_mailbox(letter.sender.view(), mail::Utf8::Allowed);
  if (!sender || !is_among(*sender, content.named_senders)) {
    return language.format("inspect.other_sender", shown(letter.sender.view()));
  }
  if (const auto* absent = find_missing(content.named_recipients, recipients)) {
    return language.format("inspect.only_named", shown(absent->text()));
  }
  return std::string(language.text("inspect.envelope_agrees"));
}

Facts copies(const std::vector<NamedCopy>& all, const Circumstances& circumstances) {
  const exporting::Narrator narrator(circumstances.language.which());
  Facts facts;
  facts.heading = circumstances.language.text("inspect.copies");
  // The latest ones are what is asked for; what was long ago comes last.
  for (auto copy = all.rbegin(); copy != all.rend() && facts.facts.size() < kMostRows; ++copy) {
    facts.facts.push_back(
        fact("", shown(exporting::copy_text(copy->copy, circumstances.after, narrator)),
             Jump{copy->copy.changed}));
    if (copy->copy.standing == Standing::Gone) facts.facts.back().tint = Tint::Quiet;
    const bool is_bad =
        copy->copy.standing == Standing::Bounced || copy->copy.standing == Standing::Refused;
    if (is_bad) facts.facts.back().tint = Tint::Fault;
  }
  add_rest(facts, all.size(), circumstances.language);
  return facts;
}

Facts way(const LetterContent& content, const Circumstances& circumstances) {
  const Language& language = circumstances.language;
  Facts facts;
  facts.heading = language.text("inspect.way");
  std::optional<std::int64_t> before;
  for (const mail::ReceivedHop& hop : content.hops) {
    if (facts.facts.size() == kMostRows) break;
    std::string value = fmt::format("{} → {}", shown(hop.from), shown(hop.by));
    if (!hop.with.empty()) value += " · " + shown(hop.with);
    if (!hop.date.empty()) value += " · " + shown(hop.date);
    if (before && hop.unix_seconds && *hop.unix_seconds >= *before &&
        *hop.unix_seconds - *before < 100LL * 365 * 86'400) {
      const Duration delay = seconds(*hop.unix_seconds - *before);
      value += " · " +
               language.format("inspect.after", exporting::duration_words(delay, language.which()));
    }
    before = hop.unix_seconds;
    facts.facts.push_back(fact(std::to_string(facts.facts.size() + 1), std::move(value)));
  }
  add_rest(facts, content.hops.size(), language);
  return facts;
}

Facts parts(const LetterContent& content, const Language& language) {
  Facts facts;
  facts.heading = language.text("inspect.parts");
  for (const LetterContent::Part& part : content.parts) {
    std::string value(static_cast<std::size_t>(part.depth) * 4, ' ');
    value +=
        fmt::format("{} · {}", shown(part.type), language.format("inspect.octets", part.octets));
    if (!part.file_name.empty()) value += " · " + shown(part.file_name);
    facts.facts.push_back(fact("", std::move(value)));
  }
  return facts;
}

Inspection tell(const Letter& letter, const Bytes& content, const Circumstances& circumstances) {
  const Language& language = circumstances.language;
  const LetterContent& read = circumstances.letters.read(content);
  Inspection inspection;
  inspection.letter = letter.number;
  inspection.heading = shown(read.subject);
  if (inspection.heading.empty()) inspection.heading = language.text("inspect.no_subject");
  inspection.source = "RFC 5321 section 2.3.1";
  inspection.blocks.emplace_back(Columns{
      {envelope_of(letter, language), header_of(read, language), body_block(read, language)}});
  inspection.blocks.emplace_back(Paragraph{compare(letter, read, language), Tint::None});
  inspection.blocks.emplace_back(copies(copies_of(circumstances.after, letter.id), circumstances));
  if (!read.hops.empty()) inspection.blocks.emplace_back(way(read, circumstances));
  inspection.blocks.emplace_back(parts(read, language));
  inspection.blocks.emplace_back(
      Octets{language.format("inspect.all_octets", read.header_octets, read.body_octets), content});
  return inspection;
}

}  // namespace

Inspection inspect_letter(LetterId id, const Circumstances& circumstances) {
  const Letter* letter = circumstances.after.letter(id);
  if (letter == nullptr) return {};
  const std::vector<NamedCopy> all = copies_of(circumstances.after, id);
  const Bytes content = all.empty()
                            ? letter->content
                            : content_of(all.back().id, *letter, circumstances.document.journal());
  return tell(*letter, content, circumstances);
}

Inspection inspect_copy(const CopyId& copy, const Circumstances& circumstances) {
  const Letter* letter = circumstances.after.letter(copy.letter);
  if (letter == nullptr || circumstances.after.copies.find(copy) == nullptr) return {};
  return tell(*letter, content_of(copy, *letter, circumstances.document.journal()), circumstances);
}

}  // namespace mailwalk::gui
