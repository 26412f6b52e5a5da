// Everything a person may see of the network at one position of the journal, as a value.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/virtual_time.hpp"
#include "journal/connection_view.hpp"
#include "journal/letter.hpp"
#include "journal/machine_view.hpp"
#include "journal/persistent_map.hpp"
#include "journal/shared.hpp"

namespace mailwalk::journal {

// Made by apply() in reducer.hpp alone; everybody else reads. Views of neighbouring positions share
// what did not change between them, so that keeping many of them is cheap.
//
// What is over is not in it: a connection that both ends have left, a mail that left its queue.
// Only letters and the history of their copies stay, since the ledger asks for them to the end.
struct WorldView {
  std::uint64_t events = 0;  // so many events of the journal are in it
  VirtualTime now;           // of the last of them

  Bytes scenario_file;
  Bytes title_english;
  Bytes title_indonesian;
  std::uint64_t seed = 0;
  Calendar calendar;

  PersistentMap<NodeId, Shared<Machine>> machines;
  PersistentMap<std::pair<NodeId, NodeId>, Link> links;  // the smaller id first
  PersistentMap<ConnectionId, Shared<Connection>> connections;
  PersistentMap<EventPosition, DatagramInFlight> datagrams;  // by their DatagramSent
  PersistentMap<LetterId, Shared<Letter>> letters;           // in the order of their birth
  PersistentMap<CopyId, Copy> copies;  // by letter, then in the order of making

  // These are nullptr if there is none. Good as long as this view or a copy of it lives unchanged.
  [[nodiscard]] const Machine* machine(NodeId id) const;
  [[nodiscard]] const Machine* find_machine(std::string_view name) const;
  [[nodiscard]] const Connection* connection(ConnectionId id) const;
  [[nodiscard]] const Letter* letter(LetterId id) const;
  [[nodiscard]] const Maildrop* maildrop(NodeId machine, const Bytes& owner) const;
};

// A copy with its name.
struct NamedCopy {
  CopyId id;
  Copy copy;
};

// "Where is each copy?": all that were ever made of this letter, in the order of making.
std::vector<NamedCopy> copies_of(const WorldView& view, LetterId letter);

}  // namespace mailwalk::journal
