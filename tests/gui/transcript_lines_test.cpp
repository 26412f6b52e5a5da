#include "gui/transcript_lines.hpp"

#include <fmt/format.h>

#include <map>
#include <string>

#include "gui/ladder_index.hpp"
#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

const exporting::TextOptions kWhole = [] {
  exporting::TextOptions options;
  options.contents = exporting::Contents::Whole;
  return options;
}();

std::string wire_text(const std::vector<TranscriptLine>& lines) {
  std::string text;
  for (const TranscriptLine& line : lines) text += line.text + "\r\n";
  return text;
}

// A run of one mail's content with so many lines.
RunIndex run_with_content(journal::Journal& journal, const std::string& content) {
  journal.append({}, NodeId{1}, ConnectionId{1}, kNoEvent,
                 journal::ConnectionOpening{NodeId{2}, {}, kSmtpPort});
  journal.append({}, NodeId{1}, ConnectionId{1}, kNoEvent, journal::ContentSent{Bytes(content)});
  RunIndex index;
  index.catch_up(journal);
  return index;
}

}  // namespace

TEST_CASE("the lines of each side are the octets that it sent", "[gui][transcript]") {
  for (const char* lesson : {"whole-journey", "delete-mode", "keep-mode"}) {
    const auto document = test::lesson(lesson);
    const RunRows& rows = document->index().rows();
    using Speaker = std::pair<ConnectionId, NodeId>;
    std::map<Speaker, std::string> sent;
    std::map<Speaker, std::string> shown;
    for (const journal::Event& event : document->journal()) {
      if (const auto* bytes = journal::payload_if<journal::BytesSent>(event)) {
        sent[{event.connection, event.node}] += bytes->bytes.view();
      }
    }
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      const Row& row = rows[RowId{i}];
      if (!is_said(row.kind)) continue;
      shown[{row.connection, row.from}] +=
          wire_text(lines_of(document->journal(), rows, RowId{i}, kWhole));
    }
    REQUIRE(sent.size() >= 6);
    for (const auto& [speaker, octets] : sent) {
      INFO(lesson << " #" << speaker.first.value() << " machine " << speaker.second.value());
      CHECK(shown[speaker] == octets);
    }
  }
}

TEST_CASE("a row is counted with as many lines as it has", "[gui][transcript]") {
  for (const char* lesson : {"whole-journey", "delete-mode", "keep-mode"}) {
    const auto document = test::lesson(lesson);
    const RunRows& rows = document->index().rows();
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      INFO(lesson << " row " << i);
      const std::size_t lines = lines_of(document->journal(), rows, RowId{i}).size();
      const std::uint32_t counted = count_lines(document->journal(), rows, RowId{i});
      CHECK(counted == (is_said(rows[RowId{i}].kind) ? lines : 1));
    }
  }
}

TEST_CASE("of a long mail the first and the last lines are shown, and how many are not",
          "[gui][transcript]") {
  for (std::size_t lines = 0; lines <= 90; ++lines) {
    for (const std::string last : {"", "no end"}) {
      INFO(lines << " lines and " << last);
      std::string content;
      for (std::size_t i = 0; i < lines; ++i) content += fmt::format(".line {}\r\n", i);
      content += last;
      journal::Journal journal;
      const RunIndex index = run_with_content(journal, content);
      const RowId row{1};
      const auto all = lines_of(journal, index.rows(), row, kWhole);
      const auto shown = lines_of(journal, index.rows(), row);
      CHECK(count_lines(journal, index.rows(), row) == shown.size());
      CHECK(all.size() == lines + (last.empty() ? 0 : 1) + 1);
      CHECK(all.back().text == ".");
      CHECK(shown.back().text == ".");
      std::size_t left_out = 0;
      for (const TranscriptLine& line : shown) left_out += line.left_out;
      if (left_out == 0) {
        CHECK(shown.size() == all.size());
      } else {
        CHECK(shown.size() == 2 * kLinesAtEachEnd + 1);
        CHECK(shown.size() - 1 + left_out == all.size());
        CHECK(shown.front().text == "..line 0");
        CHECK(shown[shown.size() - 2].text == all[all.size() - 2].text);
      }
    }
  }
}

TEST_CASE("an empty listing shows its lone dot, and a single one has none", "[gui][transcript]") {
  using namespace journal;  // NOLINT
  for (const bool all : {true, false}) {
    Journal journal;
    const ConnectionId line{1};
    journal.append({}, NodeId{1}, line, kNoEvent, ConnectionOpening{NodeId{2}, {}, kPop3Port});
    journal.append({}, NodeId{1}, line, kNoEvent,
                   CommandSent{pop3::Verb::List, Secrecy::Open, Bytes(all ? "LIST" : "LIST 1")});
    ReplySent reply;
    reply.to = Verb{pop3::Verb::List};
    reply.code = 200;
    reply.text = Bytes("+OK 0 messages");
    reply.protocol = Protocol::Pop3;
    journal.append({}, NodeId{2}, line, kNoEvent, reply);
    RunIndex index;
    index.catch_up(journal);
    const auto lines = lines_of(journal, index.rows(), RowId{2});
    CHECK(lines.size() == (all ? 2 : 1));
    CHECK(lines.back().text == (all ? "." : "+OK 0 messages"));
    CHECK(count_lines(journal, index.rows(), RowId{2}) == lines.size());
  }
}
