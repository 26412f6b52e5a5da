// "Where is each copy?" as a table: a row for each letter, a column for each place.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gui/copy_look.hpp"
#include "gui/language.hpp"
#include "journal/journal.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::gui {

struct LedgerColumn {
  journal::Place place = journal::Place::Outbox;
  NodeId machine;     // kNoNode: of any machine
  std::string title;  // safe to draw
};

struct LedgerCell {
  CopyLook look = CopyLook::None;
  std::uint32_t count = 0;  // copies that are there
};

struct LedgerRow {
  journal::LetterId letter;
  std::uint32_t number = 0;  // 0 is letter A
  std::string subject;       // safe to draw
  std::vector<LedgerCell> cells;
};

// In the order of the way: outbox, Sent, queues, maildrops, devices.
std::vector<LedgerColumn> ledger_columns(const journal::WorldView& view, const Language& language);

// The letter that was born as the rank-th, from 0. REQUIRES rank < view.letters.size().
LedgerRow ledger_row(const journal::WorldView& view, const journal::Journal& journal,
                     const std::vector<LedgerColumn>& columns, std::size_t rank);

// How a copy looks now; whether it is read, the device tells.
CopyLook look_of(const journal::NamedCopy& named, const journal::WorldView& view,
                 const journal::Journal& journal);

}  // namespace mailwalk::gui
