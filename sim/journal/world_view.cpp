#include "journal/world_view.hpp"

#include <algorithm>

namespace mailwalk::journal {

std::string letter_name(std::uint32_t number) {
  // Numerals to the base 26 without a zero: after Z comes AA, not BA.
  std::string name;
  for (std::uint64_t rest = std::uint64_t{number} + 1; rest > 0; rest = (rest - 1) / 26) {
    name += static_cast<char>('A' + (rest - 1) % 26);
  }
  std::reverse(name.begin(), name.end());
  return name;
}

const MaildropLetter* Maildrop::find(const Bytes& uid) const {
  const EventPosition* arrival = arrival_of_uid.find(uid);
  return arrival == nullptr ? nullptr : letters.find(*arrival);
}

std::optional<std::uint32_t> Maildrop::number_in_session(EventPosition arrival) const {
  if (!numbered_before || arrival >= *numbered_before || !letters.contains(arrival)) {
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(letters.rank(arrival) + 1);
}

const Machine* WorldView::machine(NodeId id) const {
  const Shared<Machine>* found = machines.find(id);
  return found == nullptr ? nullptr : &**found;
}

const Machine* WorldView::find_machine(std::string_view name) const {
  for (const auto& [id, candidate] : machines) {
    if (candidate->name == name) return &*candidate;
  }
  return nullptr;
}

const Connection* WorldView::connection(ConnectionId id) const {
  const Shared<Connection>* found = connections.find(id);
  return found == nullptr ? nullptr : &**found;
}

const Letter* WorldView::letter(LetterId id) const {
  const Shared<Letter>* found = letters.find(id);
  return found == nullptr ? nullptr : &**found;
}

const Maildrop* WorldView::maildrop(NodeId machine_id, const Bytes& owner) const {
  const Machine* its_machine = machine(machine_id);
  if (its_machine == nullptr) return nullptr;
  const Shared<Maildrop>* found = its_machine->maildrops.find(owner);
  return found == nullptr ? nullptr : &**found;
}

std::vector<NamedCopy> copies_of(const WorldView& view, LetterId letter) {
  std::vector<NamedCopy> copies;
  auto at = view.copies.lower_bound({letter, EventPosition{0}});
  for (; at != view.copies.end() && at->key.letter == letter; ++at) {
    copies.push_back({at->key, at->value});
  }
  return copies;
}

}  // namespace mailwalk::journal
