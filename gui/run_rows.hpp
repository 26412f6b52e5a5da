// A run row by row: each thing that tells a person something, from the moment it began to what
// became of it. The ladder draws a row as an arrow, the transcript writes it as lines.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/ids.hpp"
#include "base/ip_address.hpp"
#include "gui/line_tap.hpp"
#include "gui/told_events.hpp"
#include "journal/journal.hpp"

namespace mailwalk::gui {

// 0, 1, 2 … in the order in which they began.
using RowId = StrongId<struct RowIdTag, std::uint32_t>;
inline constexpr RowId kNoRow{std::numeric_limits<std::uint32_t>::max()};

enum class RowKind : std::uint8_t {
  Call,     // somebody calls
  Command,  //
  Reply,    //
  Content,  // a mail after 354
  Records,  // of TLS: all that the line shows of what is encrypted
  Datagram,
  Close,  // somebody hangs up
  Note,   // something happened at one machine
};

struct Row {
  EventPosition at;                  // sent, or received where the sender is no machine of ours
  EventPosition arrived = kNoEvent;  // of a note: at once
  EventPosition lost = kNoEvent;     // since then it is known that it will never arrive
  NodeId from, to;  // kNoNode: elsewhere. A note is at `from`, and has nobody to go to
  ConnectionId connection = kNoConnection;  // with which it is told, even if it is not on it
  RowId answers = kNoRow;                   // of a reply: the command or content that it is for
  RowKind kind = RowKind::Note;
  journal::Side side = journal::Side::Client;   // of what is said or sent: whose it is
  journal::Cover cover = journal::Cover::Open;  // Encrypted: on the line nobody sees what was said
};

enum class RowState : std::uint8_t { Ahead, UnderWay, Arrived, Lost };
// How it stands right after the event at that position; kNoEvent is before the first one.
RowState state_at(const Row& row, EventPosition position);

// A connection, as far as rows need it.
struct RunSession {
  NodeId client, server;  // kNoNode: elsewhere
  IpAddress address;      // the server's
  Port port;
  RowId call = kNoRow;   // none if a machine elsewhere called
  RowId close = kNoRow;  // whoever hung up first
};

class RunRows {
 public:
  // REQUIRES that this is the event after the last one that was added, and in that journal. `told`
  // is whether it tells a person something (gui/told_events).
  void add(const journal::Journal& journal, const journal::Event& event, Told told,
           const Glimpse& glimpse);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(rows_.size()); }
  // REQUIRES row < size().
  [[nodiscard]] const Row& operator[](RowId row) const { return rows_[row.value()]; }
  // The row in which an event is told: its own, or that of what led to it; kNoRow if there is none.
  [[nodiscard]] RowId row_of(EventPosition event) const;
  // So many rows have begun when the event at that position has happened.
  [[nodiscard]] std::uint32_t begun(EventPosition position) const;
  // Those that the row tells of; REQUIRES that its kind is Records.
  [[nodiscard]] const std::vector<tls::Record>& records(RowId row) const;
  // nullptr if there is none.
  [[nodiscard]] const RunSession* session(ConnectionId connection) const;

 private:
  // What one side has said and the other has not heard yet, and which commands wait for a reply.
  // Both are read from `first` on.
  struct Waiting {
    std::vector<RowId> rows;
    std::size_t first = 0;
  };
  // How many left, and how many are there.
  struct Octets {
    std::uint64_t sent = 0, arrived = 0;
  };
  // Records are whole when so many octets are there.
  struct RecordsUnderWay {
    RowId row;
    std::uint64_t until = 0;
  };
  struct Line {
    RunSession session;
    std::array<Waiting, 2> said;  // by the client, by the server
    std::array<std::deque<RecordsUnderWay>, 2> records;
    Waiting unanswered;
    std::array<journal::Cover, 2> cover{};  // of the client's end, of the server's
    std::array<Octets, 2> octets{};         // of the client's, of the server's
  };
  struct Teller;  // one overload for each kind of event

  RowId append(const journal::Event& event, RowKind kind, NodeId from, NodeId to);
  RowId say(const journal::Event& event, RowKind kind, journal::Side side);
  RowId hear(const journal::Event& event, RowKind kind, journal::Side side, Told told);
  RowId see(const journal::Event& event, const std::vector<tls::Record>& records);
  void arrive_records(Line& line, journal::Side from, EventPosition at);
  void arrive_octets(Line& line, journal::Side from, std::uint64_t octets, EventPosition at);
  void hand_over(Line& line, journal::Side from, EventPosition at);
  void answer(Line& line, RowId reply);
  void arrive(RowId row, EventPosition at);
  void lose(RowId row, EventPosition at);
  void lose_what_was_said(Line& line, journal::Side side, EventPosition at);
  Line& line_of(const journal::Event& event);

  std::vector<Row> rows_;
  std::vector<RowId> row_of_;                     // [event]
  std::unordered_map<ConnectionId, Line> lines_;  // only ever asked for one
  std::unordered_map<RowId, std::vector<tls::Record>> records_;
  std::unordered_map<EventPosition, RowId> datagrams_;  // under way, by their DatagramSent
  bool is_served_ = false;
  std::unordered_set<NodeId> strangers_;  // programs outside that have called
};

}  // namespace mailwalk::gui
