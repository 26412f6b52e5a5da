#include "gui/run_rows.hpp"

#include <algorithm>
#include <cassert>
#include <type_traits>
#include <variant>

namespace mailwalk::gui {

using namespace journal;  // NOLINT: this file is about the journal's words and nothing else

namespace {

std::size_t side_index(Side side) {
  return side == Side::Client ? 0 : 1;
}

// With which connection an event is told. What a session led to beside it, at once (its mail has
// left the outbox), belongs to it as well; what it led to later is a story of its own.
ConnectionId told_with(const Event& event, const Journal& journal) {
  if (event.connection != kNoConnection || event.cause == kNoEvent) return event.connection;
  const Event& cause = journal[event.cause];
  return cause.time == event.time ? cause.connection : kNoConnection;
}

}  // namespace

RowState state_at(const Row& row, EventPosition position) {
  const auto happened = [&](EventPosition event) {
    return event != kNoEvent && position != kNoEvent && event <= position;
  };
  if (!happened(row.at)) return RowState::Ahead;
  if (happened(row.lost)) return RowState::Lost;
  return happened(row.arrived) ? RowState::Arrived : RowState::UnderWay;
}

// ---- Reading events --------------------------------------------------------------------------

// Gives the row in which the event is told, or kNoRow if it has none of its own.
struct RunRows::Teller {
  RunRows& rows;
  const Event& event;
  Told told;

  template <class Payload>
  RowId operator()(const Payload& /*others*/) const {
    return kNoRow;
  }

  // Who comes once the run is served is no machine of the scenario.
  RowId operator()(const RunServed&) const {
    rows.is_served_ = true;
    return kNoRow;
  }
  RowId operator()(const MachineAdded&) const {
    if (rows.is_served_) rows.strangers_.insert(event.node);
    return kNoRow;
  }
  RowId operator()(const ConnectionOpening& opening) const {
    Line& line = rows.lines_[event.connection];
    const RowId call = rows.append(event, RowKind::Call, event.node, opening.to);
    line.session = {event.node, opening.to, opening.address, opening.port, call, kNoRow};
    return call;
  }
  RowId operator()(const ConnectionAccepted&) const {
    Line& line = rows.line_of(event);
    if (line.session.server == kNoNode) line.session.server = event.node;
    return reached(line);
  }
  RowId operator()(const ConnectionOpened&) const { return reached(rows.line_of(event)); }
  RowId operator()(const ConnectionFailed&) const {
    rows.lose(rows.line_of(event).session.call, event.position);
    return kNoRow;
  }
  RowId operator()(const ConnectionClosing&) const {
    Line& line = rows.line_of(event);
    if (line.session.close == kNoRow) {
      const bool is_client = line.session.client == event.node;
      const NodeId other = is_client ? line.session.server : line.session.client;
      line.session.close = rows.append(event, RowKind::Close, event.node, other);
    } else if (rows.rows_[line.session.close.value()].to == event.node) {
      // Who hangs up in turn has been told, or needs no telling.
      rows.arrive(line.session.close, event.position);
    }
    return line.session.close;
  }
  RowId operator()(const ConnectionClosed&) const {
    const RowId close = rows.line_of(event).session.close;
    rows.arrive(close, event.position);
    return close;
  }
  RowId operator()(const ConnectionReset&) const {
    Line& line = rows.line_of(event);
    rows.lose_what_was_said(line, Side::Client, event.position);
    rows.lose_what_was_said(line, Side::Server, event.position);
    return kNoRow;
  }
  RowId operator()(const BytesSent& sent) const {
    Line& line = rows.line_of(event);
    line.octets[side_index(side_of(line))].sent += sent.bytes.size();
    return kNoRow;
  }
  RowId operator()(const BytesDelivered& delivered) const {
    Line& line = rows.line_of(event);
    const Side from = side_of(line) == Side::Client ? Side::Server : Side::Client;
    rows.arrive_octets(line, from, delivered.size, event.position);
    if (rows.strangers_.count(event.node) > 0) rows.hand_over(line, from, event.position);
    return kNoRow;
  }
  RowId operator()(const BytesLost&) const {
    Line& line = rows.line_of(event);
    // The good-bye of TLS went over the line, although whoever has hung up reads it no more.
    if (line.session.close != kNoRow) {
      rows.arrive_records(line, side_of(line), event.position);
    }
    rows.lose_what_was_said(line, side_of(line), event.position);
    return kNoRow;
  }

  RowId operator()(const CommandSent&) const {
    return rows.say(event, RowKind::Command, Side::Client);
  }
  RowId operator()(const ContentSent&) const {
    return rows.say(event, RowKind::Content, Side::Client);
  }
  RowId operator()(const ReplySent& reply) const {
    const RowId row = rows.say(event, RowKind::Reply, Side::Server);
    if (reply.to) rows.answer(rows.line_of(event), row);
    return row;
  }
  RowId operator()(const CommandReceived&) const {
    return rows.hear(event, RowKind::Command, Side::Client, told);
  }
  RowId operator()(const ContentReceived&) const {
    return rows.hear(event, RowKind::Content, Side::Client, told);
  }
  RowId operator()(const ReplyReceived& reply) const {
    const std::uint32_t before = rows.size();
    const RowId row = rows.hear(event, RowKind::Reply, Side::Server, told);
    if (reply.to && rows.size() > before) rows.answer(rows.line_of(event), row);
    return row;
  }

  RowId operator()(const TlsEstablished& tls) const {
    rows.line_of(event).cover[side_index(tls.side)] = Cover::Encrypted;
    return kNoRow;
  }

  RowId operator()(const DatagramSent& sent) const {
    const RowId row = rows.append(event, RowKind::Datagram, event.node, sent.to);
    rows.datagrams_[event.position] = row;
    return row;
  }
  RowId operator()(const DatagramDelivered& delivered) const {
    return end_datagram(delivered.sent, &RunRows::arrive);
  }
  RowId operator()(const DatagramLost& lost) const {
    end_datagram(lost.sent, &RunRows::lose);
    return kNoRow;
  }

 private:
  // At which the event happened.
  Side side_of(const Line& line) const {
    return line.session.client == event.node ? Side::Client : Side::Server;
  }
  RowId reached(const Line& line) const {
    rows.arrive(line.session.call, event.position);
    return line.session.call;
  }
  RowId end_datagram(EventPosition sent, void (RunRows::*end)(RowId, EventPosition)) const {
    const auto found = rows.datagrams_.find(sent);
    if (found == rows.datagrams_.end()) return kNoRow;
    const RowId row = found->second;
    (rows.*end)(row, event.position);
    rows.datagrams_.erase(found);
    return row;
  }
};

void RunRows::add(const Journal& journal, const Event& event, Told told, const Glimpse& glimpse) {
  assert(event.position.value() == row_of_.size());
  const std::uint32_t before = size();
  RowId row = kNoRow;
  if (!glimpse.is_hidden) row = std::visit(Teller{*this, event, told}, event.payload);
  if (!glimpse.records.empty()) row = see(event, glimpse.records);
  if (row == kNoRow && told == Told::Yes) {
    row = append(event, RowKind::Note, event.node, kNoNode);
    rows_.back().arrived = event.position;
  }
  if (size() > before) rows_.back().connection = told_with(event, journal);
  if (row == kNoRow) row = row_of(event.cause);
  row_of_.push_back(row);
}

// ---- What is said and heard ------------------------------------------------------------------

RunRows::Line& RunRows::line_of(const Event& event) {
  return lines_[event.connection];
}

RowId RunRows::append(const Event& event, RowKind kind, NodeId from, NodeId to) {
  Row row;
  row.at = event.position;
  row.from = from;
  row.to = to;
  row.kind = kind;
  rows_.push_back(row);
  return RowId{size() - 1};
}

RowId RunRows::say(const Event& event, RowKind kind, Side side) {
  Line& line = line_of(event);
  const NodeId to = side == Side::Client ? line.session.server : line.session.client;
  const RowId row = append(event, kind, event.node, to);
  rows_.back().side = side;
  rows_.back().cover = line.cover[side_index(side)];
  line.said[side_index(side)].rows.push_back(row);
  if (kind != RowKind::Reply) line.unanswered.rows.push_back(row);
  return row;
}

// A stream keeps its order: whatever was said before what is heard now has come in too, even if the
// other side did not tell (a mail's content that it refused to keep).
RowId RunRows::hear(const Event& event, RowKind kind, Side side, Told told) {
  Line& line = line_of(event);
  Waiting& said = line.said[side_index(side)];
  const auto begin = said.rows.begin() + static_cast<std::ptrdiff_t>(said.first);
  const auto heard = std::find_if(begin, said.rows.end(),
                                  [&](RowId row) { return rows_[row.value()].kind == kind; });
  if (heard != said.rows.end()) {
    const RowId row = *heard;
    for (auto it = begin; it <= heard; ++it) arrive(*it, event.position);
    said.first += static_cast<std::size_t>(heard - begin) + 1;
    if (said.first == said.rows.size()) said = {};
    return row;
  }
  if (told == Told::No) return kNoRow;
  const NodeId from = side == Side::Client ? line.session.client : line.session.server;
  const RowId row = append(event, kind, from, event.node);
  const Side hearer = side == Side::Client ? Side::Server : Side::Client;
  rows_.back().side = side;
  rows_.back().cover = line.cover[side_index(hearer)];
  arrive(row, event.position);
  if (kind != RowKind::Reply) line.unanswered.rows.push_back(row);
  return row;
}

// A program outside does not tell that it has heard. What its system has taken has arrived.
void RunRows::hand_over(Line& line, Side from, EventPosition at) {
  const Octets& count = line.octets[side_index(from)];
  if (count.arrived < count.sent) return;
  Waiting& said = line.said[side_index(from)];
  for (std::size_t i = said.first; i < said.rows.size(); ++i) arrive(said.rows[i], at);
  said = {};
}

// ---- What the line shows of what is encrypted --------------------------------------------------

RowId RunRows::see(const Event& event, const std::vector<tls::Record>& records) {
  Line& line = line_of(event);
  const Side side = line.session.client == event.node ? Side::Client : Side::Server;
  const NodeId to = side == Side::Client ? line.session.server : line.session.client;
  const RowId row = append(event, RowKind::Records, event.node, to);
  rows_.back().side = side;
  rows_.back().cover = Cover::Encrypted;
  records_[row] = records;
  line.records[side_index(side)].push_back({row, line.octets[side_index(side)].sent});
  return row;
}

void RunRows::arrive_octets(Line& line, Side from, std::uint64_t octets, EventPosition at) {
  Octets& count = line.octets[side_index(from)];
  count.arrived += octets;
  std::deque<RecordsUnderWay>& records = line.records[side_index(from)];
  for (; !records.empty() && records.front().until <= count.arrived; records.pop_front()) {
    arrive(records.front().row, at);
  }
}

void RunRows::arrive_records(Line& line, Side from, EventPosition at) {
  std::deque<RecordsUnderWay>& records = line.records[side_index(from)];
  for (; !records.empty(); records.pop_front()) arrive(records.front().row, at);
}

// ---- What becomes of it ------------------------------------------------------------------------

// Replies come in the order of what they answer.
void RunRows::answer(Line& line, RowId reply) {
  Waiting& unanswered = line.unanswered;
  if (unanswered.first == unanswered.rows.size()) return;
  rows_[reply.value()].answers = unanswered.rows[unanswered.first++];
  if (unanswered.first == unanswered.rows.size()) unanswered = {};
}

void RunRows::arrive(RowId row, EventPosition at) {
  if (row == kNoRow) return;
  Row& it = rows_[row.value()];
  if (it.arrived == kNoEvent) it.arrived = at;
  it.lost = kNoEvent;
}

void RunRows::lose(RowId row, EventPosition at) {
  if (row == kNoRow) return;
  Row& it = rows_[row.value()];
  if (it.arrived == kNoEvent && it.lost == kNoEvent) it.lost = at;
}

void RunRows::lose_what_was_said(Line& line, Side side, EventPosition at) {
  const Waiting& said = line.said[side_index(side)];
  for (std::size_t i = said.first; i < said.rows.size(); ++i) lose(said.rows[i], at);
  for (const RecordsUnderWay& it : line.records[side_index(side)]) lose(it.row, at);
}

// ---- Asking ----------------------------------------------------------------------------------

RowId RunRows::row_of(EventPosition event) const {
  return event.value() < row_of_.size() ? row_of_[event.value()] : kNoRow;
}

std::uint32_t RunRows::begun(EventPosition position) const {
  if (position == kNoEvent) return 0;
  const auto end =
      std::upper_bound(rows_.begin(), rows_.end(), position,
                       [](EventPosition place, const Row& row) { return place < row.at; });
  return static_cast<std::uint32_t>(end - rows_.begin());
}

const std::vector<tls::Record>& RunRows::records(RowId row) const {
  return records_.at(row);
}

const RunSession* RunRows::session(ConnectionId connection) const {
  const auto found = lines_.find(connection);
  return found == lines_.end() ? nullptr : &found->second.session;
}

}  // namespace mailwalk::gui
