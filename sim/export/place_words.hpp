// Where a copy of a letter is and how it stands there, in words.
#pragma once

#include <string>

#include "base/bytes.hpp"
#include "export/narrator.hpp"
#include "journal/letter.hpp"

namespace mailwalk::exporting {

// "in budi's maildrop on the mailbox server". machine: as people call it. owner: of the maildrop.
std::string place_words(journal::Place place, const std::string& machine, const Bytes& owner,
                        const Narrator& narrator);

// "there", "marked for deletion", "gone".
std::string standing_words(journal::Standing standing, const Narrator& narrator);

}  // namespace mailwalk::exporting
