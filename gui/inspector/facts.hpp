// Small helpers with which inspections are put together.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "export/narrator.hpp"
#include "gui/inspector/inspect.hpp"
#include "gui/safe_text.hpp"

namespace mailwalk::gui {

// Longer values are nothing for a row; the octets are shown elsewhere.
inline constexpr std::size_t kMostValueOctets = 300;
// More of the same are told as "and 12 more".
inline constexpr std::size_t kMostRows = 8;

inline std::string shown(std::string_view bytes) {
  return safe(bytes, kMostValueOctets);
}

inline Facts::Fact fact(std::string_view label, std::string value, Lead lead = {}) {
  Facts::Fact made;
  made.label = label;
  made.value = std::move(value);
  made.lead = std::move(lead);
  return made;
}
inline Facts::Fact wire_fact(std::string_view label, std::string_view bytes) {
  Facts::Fact made = fact(label, shown(bytes));
  made.from_wire = true;
  return made;
}

// "… and 12 more", if there are.
inline void add_rest(Facts& facts, std::size_t all, const Language& language) {
  if (all > kMostRows)
    facts.facts.push_back(fact("", language.format("inspect.more", all - kMostRows)));
}

// A row that leads to a letter, under its name and its subject.
Facts::Fact letter_fact(std::string_view label, journal::LetterId letter,
                        const journal::WorldView& view);
// A row that leads to a machine.
Facts::Fact machine_fact(std::string_view label, NodeId node, const Circumstances& circumstances);
// "SMTP · RCPT given"
std::string state_words(const journal::SessionState& state, exporting::Language language);

}  // namespace mailwalk::gui
