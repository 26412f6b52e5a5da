#include "gui/inspector/facts.hpp"

#include <fmt/format.h>

#include <variant>

#include "export/letter_of.hpp"
#include "export/meanings_pop3.hpp"
#include "export/meanings_smtp.hpp"
#include "mail/message.hpp"

namespace mailwalk::gui {

Facts::Fact letter_fact(std::string_view label, journal::LetterId letter,
                        const journal::WorldView& view) {
  const journal::Letter* found = view.letter(letter);
  if (found == nullptr) return fact(label, "?");
  const std::string subject = mail::Message(found->content).decoded_subject();
  Facts::Fact made =
      fact(label, fmt::format("{} · {}", journal::letter_name(found->number), shown(subject)),
           Selection{letter});
  made.letter = found->number;
  return made;
}

Facts::Fact machine_fact(std::string_view label, NodeId node, const Circumstances& circumstances) {
  if (node == kNoNode) {
    return fact(label, std::string(circumstances.language.text("inspect.elsewhere")));
  }
  const exporting::Narrator narrator(circumstances.language.which());
  return fact(label, shown(narrator.machine(node, circumstances.after)), Selection{node});
}

std::string state_words(const journal::SessionState& state, exporting::Language language) {
  const bool is_smtp = journal::protocol_of(state) == journal::Protocol::Smtp;
  const auto word = std::visit([](auto s) { return exporting::name_of(s); }, state);
  return fmt::format("{} · {}", is_smtp ? "SMTP" : "POP3", word.in(language));
}

}  // namespace mailwalk::gui
