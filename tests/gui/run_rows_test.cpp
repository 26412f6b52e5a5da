#include "gui/run_rows.hpp"

#include <vector>

#include "journal/session_lines.hpp"
#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

const char* const kLessons[] = {"whole-journey", "delete-mode", "keep-mode", "reading-along"};

RowKind kind_of(journal::SessionLine::Kind kind) {
  switch (kind) {
    case journal::SessionLine::Kind::Command: return RowKind::Command;
    case journal::SessionLine::Kind::Reply: return RowKind::Reply;
    case journal::SessionLine::Kind::Content: return RowKind::Content;
  }
  return RowKind::Note;
}

bool is_line(const Row& row) {
  return row.kind == RowKind::Command || row.kind == RowKind::Reply || row.kind == RowKind::Content;
}

std::vector<RowId> lines_of_session(const RunRows& rows, ConnectionId connection) {
  std::vector<RowId> found;
  for (RowId row{0}; row.value() < rows.size(); row = RowId{row.value() + 1}) {
    if (rows[row].connection == connection && is_line(rows[row])) found.push_back(row);
  }
  return found;
}

}  // namespace

TEST_CASE("each thing that is told has one row, in the order of the run", "[gui][rows]") {
  for (const char* lesson : kLessons) {
    INFO(lesson);
    const auto document = test::lesson(lesson);
    const RunRows& rows = document->index().rows();
    const std::vector<EventPosition>& told = document->index().told().all();
    REQUIRE(rows.size() == told.size());
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      CHECK(rows[RowId{i}].at == told[i]);
      CHECK(rows.row_of(told[i]) == RowId{i});
      CHECK(rows.begun(told[i]) == i + 1);
    }
    CHECK(rows.begun(kNoEvent) == 0);
  }
}

TEST_CASE("rows say of a session what its lines say, put together in another way", "[gui][rows]") {
  for (const char* lesson : kLessons) {
    const auto document = test::lesson(lesson);
    const RunRows& rows = document->index().rows();
    const EventPosition end{document->journal().size() - 1};
    for (const journal::Session& session : journal::sessions(document->journal())) {
      INFO(lesson << " #" << session.connection.value());
      const std::vector<RowId> ids = lines_of_session(rows, session.connection);
      REQUIRE(ids.size() == session.lines.size());
      for (std::size_t i = 0; i < ids.size(); ++i) {
        const journal::SessionLine& line = session.lines[i];
        const Row& row = rows[ids[i]];
        CHECK(row.at == line.moment().position);
        CHECK(row.kind == kind_of(line.kind));
        if (line.received) CHECK(row.arrived == line.received->position);
        CHECK((state_at(row, end) == RowState::Lost) == session.lost(line));
      }
      const RunSession* found = rows.session(session.connection);
      REQUIRE(found != nullptr);
      CHECK(found->client == session.client);
      CHECK(found->server == session.server);
      CHECK(found->port == session.port);
    }
  }
}

TEST_CASE("a row is ahead, then under way, then arrived or lost, and never goes back",
          "[gui][rows]") {
  const auto document = test::lesson("delete-mode");
  const RunRows& rows = document->index().rows();
  int lost = 0;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[RowId{i}];
    CHECK(state_at(row, kNoEvent) == RowState::Ahead);
    int before = 0;
    for (std::uint64_t position = 0; position < document->journal().size(); ++position) {
      const RowState state = state_at(row, EventPosition{position});
      const int rank = state == RowState::Ahead ? 0 : state == RowState::UnderWay ? 1 : 2;
      REQUIRE(rank >= before);
      CHECK((rank > 0) == (row.at.value() <= position));
      before = rank;
    }
    const EventPosition end{document->journal().size() - 1};
    if (state_at(row, end) == RowState::Lost) ++lost;
  }
  CHECK(lost > 0);
}

TEST_CASE("when a run is over nothing is under way any more", "[gui][rows]") {
  for (const char* lesson : kLessons) {
    const auto document = test::lesson(lesson);
    const RunRows& rows = document->index().rows();
    const EventPosition end{document->journal().size() - 1};
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      INFO(lesson << " row " << i);
      CHECK(state_at(rows[RowId{i}], end) != RowState::UnderWay);
    }
  }
}

TEST_CASE("octets and states belong to the row of what led to them", "[gui][rows]") {
  const auto document = test::lesson("keep-mode");
  const RunRows& rows = document->index().rows();
  for (const journal::Event& event : document->journal()) {
    if (journal::payload_if<journal::BytesSent>(event) == nullptr) continue;
    const RowId row = rows.row_of(event.position);
    REQUIRE(row != kNoRow);
    CHECK(rows[row].at <= event.position);
  }
}

TEST_CASE("a reply knows what it answers, and a greeting answers nothing", "[gui][rows]") {
  const auto document = test::lesson("delete-mode");
  const RunRows& rows = document->index().rows();
  int replies = 0;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[RowId{i}];
    const auto* reply = journal::payload_if<journal::ReplySent>(document->journal()[row.at]);
    if (reply == nullptr) continue;
    CHECK((row.answers != kNoRow) == reply->to.has_value());
    if (row.answers == kNoRow) continue;
    ++replies;
    const Row& asked = rows[row.answers];
    CHECK(asked.connection == row.connection);
    CHECK(asked.at < row.at);
    if (asked.kind != RowKind::Command) continue;
    const auto* command = journal::payload_if<journal::CommandSent>(document->journal()[asked.at]);
    REQUIRE(command != nullptr);
    CHECK(command->verb == *reply->to);
  }
  CHECK(replies > 20);
}

TEST_CASE("what is said to a program outside has arrived once its system has it", "[gui][rows]") {
  journal::Journal journal;
  RunRows rows;
  const NodeId server{1}, visitor{2};
  const ConnectionId connection{1};
  const auto happen = [&](NodeId node, journal::Payload payload) {
    const EventPosition at =
        journal.append(VirtualTime{}, node, connection, kNoEvent, std::move(payload));
    rows.add(journal, journal[at], Told::Yes, {});
    return at;
  };
  happen(server, journal::MachineAdded{Bytes("mx.example"), {}, {}, 0, {}});
  happen(kNoNode, journal::RunServed{});
  happen(visitor, journal::MachineAdded{Bytes("outside-127.0.0.1"), {}, {}, 0, {}});
  happen(visitor, journal::ConnectionOpening{server, {}, kSmtpPort});
  const EventPosition said =
      happen(server, journal::ReplySent{{}, 220, Bytes("220 mx"), {}, journal::Protocol::Smtp});
  const EventPosition sent = happen(server, journal::BytesSent{Bytes("220 mx\r\n")});
  const Row& reply = rows[rows.row_of(said)];
  const EventPosition half = happen(visitor, journal::BytesDelivered{sent, 0, 4});
  CHECK(state_at(reply, half) == RowState::UnderWay);
  const EventPosition whole = happen(visitor, journal::BytesDelivered{sent, 4, 4});
  CHECK(state_at(rows[rows.row_of(said)], whole) == RowState::Arrived);
}

TEST_CASE("events that make no sense together make no row crash", "[gui][rows]") {
  using namespace journal;  // NOLINT
  Journal forged;
  const auto add = [&](ConnectionId connection, Payload payload) {
    forged.append({}, NodeId{7}, connection, kNoEvent, std::move(payload));
  };
  const ConnectionId unknown{99};
  add(unknown, ReplyReceived{});
  add(unknown, CommandReceived{});
  add(unknown, ConnectionClosed{});
  add(unknown, ConnectionFailed{});
  add(kNoConnection, ConnectionReset{});
  add(unknown, BytesLost{EventPosition{5'000}, 0, 1});
  add(kNoConnection, DatagramDelivered{EventPosition{5'000}});
  add(kNoConnection, DatagramLost{EventPosition{5'000}});
  add(unknown, ContentReceived{});
  RunIndex index;
  index.catch_up(forged);
  CHECK(index.rows().size() > 0);
  CHECK(index.rows().row_of(EventPosition{123'456}) == kNoRow);
  CHECK(index.rows().session(ConnectionId{12}) == nullptr);
}

TEST_CASE("a row knows whether somebody on the line could read it", "[gui][rows]") {
  const auto document = test::lesson("reading-along");
  const RunRows& rows = document->index().rows();
  int encrypted = 0;
  for (const journal::Session& session : journal::sessions(document->journal())) {
    const std::vector<RowId> found = lines_of_session(rows, session.connection);
    REQUIRE(found.size() == session.lines.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(rows[found[i]].cover == session.lines[i].cover);
      encrypted += session.lines[i].cover == journal::Cover::Encrypted ? 1 : 0;
    }
  }
  CHECK(encrypted > 50);
}
