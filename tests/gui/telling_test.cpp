// What the window tells of a run to somebody who reads along on the lines.
#include "gui/telling.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "gui/transcript_lines.hpp"
#include "tests/gui/headless_app.hpp"
#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT
using exporting::Sight;

namespace {

std::string all_lines(const Document& document, Sight sight) {
  const RunRows& rows = document.index().telling(sight).rows();
  std::string text;
  for (RowId row{0}; row.value() < rows.size(); row = RowId{row.value() + 1}) {
    for (const TranscriptLine& line : lines_of(document.journal(), rows, row)) {
      text += line.text + "\n";
    }
  }
  return text;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("who reads along sees passwords in the clear and records under TLS", "[gui][telling]") {
  const auto document = test::lesson("reading-along");
  const std::string said = all_lines(*document, Sight::Insider);
  const std::string seen = all_lines(*document, Sight::Eavesdropper);
  // Once in the clear by the laptop, once under TLS by the phone.
  CHECK(count_of(said, "PASS kopi-tubruk\n") == 2);
  CHECK(count_of(seen, "PASS kopi-tubruk\n") == 1);
  CHECK(count_of(said, "nilai ujianmu 87.") > count_of(seen, "nilai ujianmu 87."));
  CHECK(count_of(seen, "nilai ujianmu 87.") > 0);
  CHECK(count_of(seen, "handshake: ClientHello") >= 3);
  CHECK(count_of(said, "ClientHello") == 0);
  CHECK(count_of(seen, "STARTTLS\n") == count_of(said, "STARTTLS\n"));
}

TEST_CASE("where nothing is encrypted both are told the same", "[gui][telling]") {
  const auto document = test::lesson("logging-in");
  const RunIndex& index = document->index();
  CHECK(&index.telling(Sight::Eavesdropper) == &index.telling(Sight::Insider));
}

TEST_CASE("records have a row each, and each arrives after it was sent", "[gui][telling]") {
  const auto document = test::lesson("reading-along");
  const Telling& telling = document->index().telling(Sight::Eavesdropper);
  const RunRows& rows = telling.rows();
  const std::vector<EventPosition>& told = telling.told().all();
  std::size_t records = 0;
  for (RowId id{0}; id.value() < rows.size(); id = RowId{id.value() + 1}) {
    const Row& row = rows[id];
    if (row.kind != RowKind::Records) {
      CHECK(row.cover == journal::Cover::Open);
      continue;
    }
    ++records;
    REQUIRE(row.arrived != kNoEvent);
    CHECK(row.arrived > row.at);
    CHECK(row.lost == kNoEvent);
    CHECK(std::binary_search(told.begin(), told.end(), row.at));
    CHECK(lines_of(document->journal(), rows, id).size() ==
          count_lines(document->journal(), rows, id));
  }
  CHECK(records > 50);
}

TEST_CASE("whoever eavesdrops is shown nothing that was said under TLS at any step",
          "[gui][telling]") {
  test::HeadlessApp window(1'600, 900);
  window.open("reading-along");
  window.press("m e");
  REQUIRE(window.app().sight() == Sight::Eavesdropper);
  const Document& document = *window.app().document();
  const Telling& telling = document.index().telling(Sight::Eavesdropper);
  EventPosition last = kNoEvent;
  std::size_t with_records = 0;
  while (window.app().playback()->position() != last) {
    last = window.app().playback()->position();
    CHECK_FALSE(telling.hides(last));
    for (const ScenePacket& packet : window.app().scene().packets) {
      INFO(packet.label);
      CHECK_FALSE(telling.hides(packet.says));
      if (packet.kind == PacketKind::Records) ++with_records;
    }
    window.press("space");
  }
  CHECK(with_records > 50);
  // Event by event, every one can be stood at: what is hidden is said to be.
  window.press("home");
  std::size_t hidden = 0, of_keys = 0;
  last = kNoEvent;
  while (window.app().playback()->position() != last) {
    last = window.app().playback()->position();
    if (telling.hides(last)) {
      ++hidden;
      const bool is_said = !is_known_to_ends_alone(document.journal()[last]);
      CHECK(window.app().caption() ==
            window.app().language().text(is_said ? "line.hidden" : "line.ends_alone"));
      if (!is_said) ++of_keys;
    }
    window.press("alt+right");
  }
  CHECK(hidden > 50);
  CHECK(of_keys >= 4);  // both ends of the phone's sessions, to send and to fetch
}

TEST_CASE("the view goes back and forth, and what is selected stays if it is there in both",
          "[gui][telling]") {
  test::HeadlessApp window;
  window.open("reading-along");
  window.press("space space space");
  const EventPosition here = window.app().playback()->position();
  window.app().ask(intent::Select{NodeId{1}});
  window.press("e");
  CHECK(is_selected(window.app().selection(), NodeId{1}));
  CHECK(window.app().playback()->position() == here);
  window.app().ask(intent::Select{here});
  window.press("e");
  CHECK(window.app().sight() == Sight::Insider);
  CHECK(window.app().selection() == Selection{});
  // Two runs side by side show all that was said, and the window says so.
  window.open("delete-mode");
  window.press("c");
  REQUIRE(window.app().side_by_side() != nullptr);
  window.press("e");
  CHECK(window.app().sight() == Sight::Insider);
  CHECK(window.app().note() == window.app().language().text("line.not_beside"));
}

TEST_CASE("records on a line that is cut are lost", "[gui][telling]") {
  using namespace journal;  // NOLINT
  const ConnectionId line{1};
  const NodeId client{1}, server{2};
  const auto record = [](std::size_t octets) {
    return Bytes(std::string("\x17\x03\x03", 3) + '\0' + static_cast<char>(octets - 5) +
                 std::string(octets - 5, 'x'));
  };
  Journal journal;
  RunIndex index;
  const auto add = [&](NodeId node, Payload payload) {
    const EventPosition at = journal.append({}, node, line, kNoEvent, std::move(payload));
    index.catch_up(journal);
    return at;
  };
  add(client, ConnectionOpening{server, IpAddress{}, Port{995}});
  add(server, TlsBegun{Side::Server});
  const EventPosition first = add(client, BytesSent{record(30)});
  add(server, BytesDelivered{first, 0, 30});
  const EventPosition second = add(client, BytesSent{record(40)});
  add(server, BytesDelivered{second, 0, 20});
  const RunRows& rows = index.telling(Sight::Eavesdropper).rows();
  CHECK(state_at(rows[rows.row_of(first)], second) == RowState::Arrived);
  CHECK(state_at(rows[rows.row_of(second)], EventPosition{journal.size() - 1}) ==
        RowState::UnderWay);
  const EventPosition cut = add(client, ConnectionReset{});
  CHECK(state_at(rows[rows.row_of(second)], cut) == RowState::Lost);
}
