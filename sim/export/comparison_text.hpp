// What differs between two runs, in words.
#pragma once

#include <string>

#include "export/text.hpp"
#include "journal/journal.hpp"

namespace mailwalk::exporting {

// What the two runs are called: "main", "line cut after DELE", the name of a file.
struct RunNames {
  std::string left;
  std::string right;
};

// The event at which the two part, with what each has there, and then, line by line, what differs
// between how things stand at their ends. One sentence if they are the same.
std::string comparison_text(const journal::Journal& left, const journal::Journal& right,
                            const RunNames& names, Language language);

}  // namespace mailwalk::exporting
