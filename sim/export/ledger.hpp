// The ledger: where is each copy of each letter?
#pragma once

#include <string>

#include "export/narrator.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::exporting {

// Where a copy is or was: "in budi's maildrop on Mailbox server, marked for deletion".
std::string copy_text(const journal::Copy& copy, const journal::WorldView& view,
                      const Narrator& narrator);

// A line for each letter, for each of its copies that is still somewhere, and for each recipient
// whom it will not reach; and at the end how full each place is that has a limit.
std::string ledger_text(const journal::WorldView& view, const Narrator& narrator);
// Of one letter. REQUIRES that the view knows it.
std::string ledger_text(const journal::WorldView& view, journal::LetterId letter,
                        const Narrator& narrator);

}  // namespace mailwalk::exporting
