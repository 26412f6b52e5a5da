// What people can read in an event, for searching.
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

 private:
  std::string lower_;
};

}  // namespace mailwalk::journal
