#include "gui/inspector/inspect_on_line.hpp"

#include <string>

#include "export/wire_tap.hpp"
#include "gui/inspector/facts.hpp"
#include "gui/sight_words.hpp"
#include "tls/record_reader.hpp"

namespace mailwalk::gui {
namespace {

// What the two hellos tell everybody.
Facts told_in_the_open(const tls::Record& record, const Language& language) {
  Facts facts;
  const auto add_list = [&](std::string_view key, const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    facts.facts.push_back(wire_fact(language.text(key), text));
  };
  if (record.type != tls::RecordType::Handshake) return facts;
  if (const auto hello = tls::parse_client_hello(record.content)) {
    if (!hello->server_name.empty()) {
      facts.facts.push_back(wire_fact(language.text("line.server_name"), hello->server_name));
    }
    add_list("line.versions", hello->versions);
    add_list("line.ciphers", hello->ciphers);
  } else if (const auto answer = tls::parse_server_hello(record.content)) {
    add_list("line.versions", {answer->version});
    add_list("line.ciphers", {answer->cipher});
  }
  return facts;
}

void tell_records(const journal::Event& event, RowId row, const Circumstances& circumstances,
                  Inspection& inspection) {
  const Language& language = circumstances.language;
  const exporting::Narrator narrator(language.which());
  inspection.heading = language.text("line.heading");
  inspection.source = "RFC 8446 section 5";
  inspection.blocks.emplace_back(
      Paragraph{std::string(language.text("line.explained")), Tint::None});
  Facts facts;
  facts.heading = language.text("line.records_heading");
  std::size_t number = 0;
  for (const tls::Record& record : circumstances.telling().rows().records(row)) {
    facts.facts.push_back(fact(std::to_string(++number), exporting::record_text(record, narrator)));
  }
  inspection.blocks.emplace_back(std::move(facts));
  for (const tls::Record& record : circumstances.telling().rows().records(row)) {
    Facts hello = told_in_the_open(record, language);
    if (!hello.facts.empty()) inspection.blocks.emplace_back(std::move(hello));
  }
  if (const auto* sent = journal::payload_if<journal::BytesSent>(event)) {
    inspection.blocks.emplace_back(
        Octets{language.format("inspect.content", sent->bytes.size()), sent->bytes});
  }
}

}  // namespace

bool inspect_on_line(const journal::Event& event, const Circumstances& circumstances,
                     Inspection& inspection) {
  const Telling& telling = circumstances.telling();
  if (telling.hides(event.position)) {
    inspection.heading = circumstances.language.text("line.heading");
    inspection.blocks.emplace_back(
        Paragraph{std::string(why_hidden(event, circumstances.language)), Tint::None});
    return true;
  }
  const RowId row = records_sent_in(telling, event.position);
  if (row == kNoRow) return false;
  tell_records(event, row, circumstances, inspection);
  return true;
}

}  // namespace mailwalk::gui
