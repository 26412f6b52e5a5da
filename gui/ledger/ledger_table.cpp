#include "gui/ledger/ledger_table.hpp"

#include <algorithm>

#include "export/narrator.hpp"
#include "gui/safe_text.hpp"
#include "mail/message.hpp"

namespace mailwalk::gui {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words

constexpr std::size_t kMostTitleOctets = 60;
constexpr std::size_t kMostSubjectOctets = 200;

// Columns of one kind: alone, it is called by the kind; among others, by its machine.
void add_columns(const WorldView& view, const Language& language, Place place,
                 std::string_view alone, std::vector<LedgerColumn>& columns) {
  const auto belongs = [&](const Machine& machine) {
    switch (place) {
      case Place::Queue: return has_role(machine.roles, Role::Mta);
      case Place::Maildrop: return has_role(machine.roles, Role::MailboxServer);
      default: return has_role(machine.roles, Role::Device) && !machine.accounts.empty();
    }
  };
  const exporting::Narrator narrator(language.which());
  const std::size_t first = columns.size();
  for (const auto& [id, machine] : view.machines) {
    if (!belongs(*machine)) continue;
    columns.push_back({place, id, safe(narrator.machine(id, view), kMostTitleOctets)});
  }
  if (columns.size() == first + 1 && !alone.empty()) columns[first].title = alone;
}

bool is_read(const NamedCopy& named, const WorldView& view, const Journal& journal) {
  if (named.copy.place != Place::Device || named.id.made.value() >= journal.size()) return false;
  const auto* stored = payload_if<LetterStored>(journal[named.id.made]);
  const Machine* machine = view.machine(named.copy.machine);
  if (stored == nullptr || machine == nullptr) return false;
  const DeviceLetter* letter = machine->letters.find(stored->letter);
  return letter != nullptr && letter->copy == named.id && letter->read;
}

}  // namespace

CopyLook look_of(const NamedCopy& named, const WorldView& view, const Journal& journal) {
  switch (named.copy.standing) {
    case Standing::Gone: return CopyLook::Hollow;
    case Standing::Marked: return CopyLook::Ghost;
    case Standing::Refused:
    case Standing::Bounced: return CopyLook::Crossed;
    case Standing::Here: break;
  }
  return is_read(named, view, journal) ? CopyLook::Open : CopyLook::Closed;
}

std::vector<LedgerColumn> ledger_columns(const WorldView& view, const Language& language) {
  std::vector<LedgerColumn> columns;
  columns.push_back({Place::Outbox, kNoNode, std::string(language.text("ledger.outbox"))});
  columns.push_back({Place::Sent, kNoNode, std::string(language.text("ledger.sent"))});
  add_columns(view, language, Place::Queue, language.text("ledger.queue"), columns);
  add_columns(view, language, Place::Maildrop, language.text("ledger.maildrop"), columns);
  add_columns(view, language, Place::Device, {}, columns);
  return columns;
}

LedgerRow ledger_row(const WorldView& view, const Journal& journal,
                     const std::vector<LedgerColumn>& columns, std::size_t rank) {
  const auto& [id, letter] = *view.letters.at_rank(rank);
  LedgerRow row{id, letter->number,
                safe(mail::Message(letter->content).decoded_subject(), kMostSubjectOctets),
                std::vector<LedgerCell>(columns.size())};
  for (const NamedCopy& named : copies_of(view, id)) {
    const auto column = std::find_if(columns.begin(), columns.end(), [&](const LedgerColumn& it) {
      return it.place == named.copy.place &&
             (it.machine == kNoNode || it.machine == named.copy.machine);
    });
    if (column == columns.end()) continue;
    LedgerCell& cell = row.cells[static_cast<std::size_t>(column - columns.begin())];
    const CopyLook look = look_of(named, view, journal);
    cell.look = std::max(cell.look, look);
    if (look != CopyLook::Hollow) ++cell.count;
  }
  return row;
}

}  // namespace mailwalk::gui
