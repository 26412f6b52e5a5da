// Which letter an event is about.
#pragma once

#include <string>

#include "export/narrator.hpp"
#include "journal/letter.hpp"

namespace mailwalk::exporting {

// kNoLetter if it is about none, or about one that the journal does not know.
journal::LetterId letter_of(const Happened& happened);

// "A"; "?" for kNoLetter.
std::string name_of_letter(journal::LetterId letter, const journal::WorldView& view);

}  // namespace mailwalk::exporting
