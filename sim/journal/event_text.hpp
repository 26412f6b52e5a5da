// What people can read in an event: for searching, and for looking into a recording.
#pragma once

#include <string>
#include <string_view>

#include "journal/event.hpp"

namespace mailwalk::journal {

// Looks for one text in many events, in all that they tell: lines, replies, mails, addresses,
// reasons. Not in the scenario's text nor in raw bytes. Capitals do not matter (ASCII).
class TextSearch {
 public:
  // An empty text is nowhere.
  explicit TextSearch(std::string_view text);

  [[nodiscard]] bool finds_in(const Event& event) const;
  [[nodiscard]] bool finds_in(std::string_view text) const;

 private:
  std::string lower_;
};

// The event's texts without the mail or the bytes that it carries: "HELO laptop-ani" of a command,
// "MX kantor.example; 10 mx.kantor.example (192.0.2.30)" of an answer; a text of more than 1,000
// octets is left out. Always UTF-8; empty if there are none.
std::string short_text(const Payload& payload);

}  // namespace mailwalk::journal
