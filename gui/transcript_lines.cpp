#include "gui/transcript_lines.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

#include "export/narrator.hpp"
#include "export/wire_tap.hpp"
#include "pop3/command.hpp"

namespace mailwalk::gui {

using namespace journal;  // NOLINT: this file is about the journal's words and nothing else

namespace {

constexpr std::string_view kCrLf = "\r\n";

struct Said {
  std::string_view text;     // the line or lines, without the last CRLF
  std::string_view content;  // before stuffing
  bool has_text = false;
  bool has_content = false;  // with its lone dot; it may be empty
};

bool asks_for_lines(const Event& event) {
  Verb verb;
  std::string_view line;
  if (const auto* sent = payload_if<CommandSent>(event)) {
    verb = sent->verb;
    line = sent->line.view();
  } else if (const auto* received = payload_if<CommandReceived>(event)) {
    verb = received->verb;
    line = received->line.view();
  } else {
    return false;
  }
  const auto* pop3_verb = std::get_if<pop3::Verb>(&verb);
  const std::string_view arguments = line.substr(std::min(line.find(' '), line.size()));
  return pop3_verb != nullptr && pop3::brings_lines(*pop3_verb, arguments);
}

struct Sayer {
  const Journal& journal;
  const RunRows& rows;
  const Row& row;

  template <class Payload>
  Said operator()(const Payload& /*nothing said*/) const {
    return {};
  }
  Said operator()(const CommandSent& command) const { return text(command.line); }
  Said operator()(const CommandReceived& command) const { return text(command.line); }
  Said operator()(const ContentSent& sent) const { return content(sent.content); }
  Said operator()(const ContentReceived& received) const { return content(received.content); }
  Said operator()(const ReplySent& reply) const { return said_in_reply(reply); }
  Said operator()(const ReplyReceived& reply) const { return said_in_reply(reply); }

 private:
  static Said text(const Bytes& line) { return {line.view(), {}, true, false}; }
  static Said content(const Bytes& content) { return {{}, content.view(), false, true}; }

  // An empty listing is followed by its lone dot too; whether a reply is one, only the command
  // tells: "LIST" brings lines, "LIST 1" does not.
  template <class Reply>
  Said said_in_reply(const Reply& reply) const {
    const bool is_listing = row.answers != kNoRow && !journal::is_refusal(reply.code) &&
                            asks_for_lines(journal[rows[row.answers].at]);
    return {reply.text.view(), reply.content.view(), true, !reply.content.empty() || is_listing};
  }
};

Said said_in(const Journal& journal, const RunRows& rows, RowId row) {
  const Row& it = rows[row];
  return std::visit(Sayer{journal, rows, it}, journal[it.at].payload);
}

// How many lines there are, but no more than `most`: nobody wants to count those of a large mail.
std::size_t count_up_to(std::string_view text, std::size_t most) {
  std::size_t lines = 0;
  while (lines < most && !text.empty()) {
    ++lines;
    const std::size_t end = text.find(kCrLf);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + kCrLf.size());
  }
  return lines;
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find(kCrLf), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + kCrLf.size(), text.size()));
  return line;
}

std::string stuffed(std::string_view line) {
  return (line.starts_with('.') ? "." : "") + std::string(line);
}

// The last lines of a text, so many, or all if there are fewer.
std::string_view last_lines(std::string_view text, std::size_t lines) {
  std::size_t begin = text.size();
  if (text.ends_with(kCrLf)) begin -= kCrLf.size();
  for (; lines > 0; --lines) {
    const std::size_t end = begin == 0 ? std::string_view::npos : text.rfind(kCrLf, begin - 1);
    if (end == std::string_view::npos) return text;
    begin = end;
  }
  return text.substr(begin + kCrLf.size());
}

void add_lines(std::vector<TranscriptLine>& lines, std::string_view text, std::size_t most) {
  for (; most > 0 && !text.empty(); --most) {
    lines.push_back({stuffed(take_line(text)), LineEnd::CrLf});
  }
}

void add_content(std::vector<TranscriptLine>& lines, std::string_view content,
                 exporting::Contents contents) {
  const bool is_short = count_up_to(content, kLinesShownWhole) < kLinesShownWhole;
  if (is_short || contents == exporting::Contents::Whole) {
    add_lines(lines, content, content.size());
  } else {
    constexpr std::size_t kLastOfContent = kLinesAtEachEnd - 1;  // the lone dot is one
    const std::size_t all = count_up_to(content, content.size());
    add_lines(lines, content, kLinesAtEachEnd);
    lines.push_back({{}, LineEnd::None, all - kLinesAtEachEnd - kLastOfContent});
    add_lines(lines, last_lines(content, kLastOfContent), kLastOfContent);
  }
  lines.push_back({".", LineEnd::CrLf});
}

}  // namespace

bool is_said(RowKind kind) {
  return kind == RowKind::Command || kind == RowKind::Reply || kind == RowKind::Content ||
         kind == RowKind::Records;
}

std::uint32_t count_lines(const Journal& journal, const RunRows& rows, RowId row) {
  if (!is_said(rows[row].kind)) return 1;
  if (rows[row].kind == RowKind::Records) {
    return static_cast<std::uint32_t>(rows.records(row).size());
  }
  const Said said = said_in(journal, rows, row);
  std::size_t lines = 0;
  if (said.has_text) lines += std::max<std::size_t>(count_up_to(said.text, said.text.size()), 1);
  if (said.has_content) {
    const std::size_t content = count_up_to(said.content, kLinesShownWhole) + 1;
    lines += content > kLinesShownWhole ? 2 * kLinesAtEachEnd + 1 : content;
  }
  return static_cast<std::uint32_t>(lines);
}

std::vector<TranscriptLine> lines_of(const Journal& journal, const RunRows& rows, RowId row,
                                     const exporting::TextOptions& options) {
  std::vector<TranscriptLine> lines;
  if (!is_said(rows[row].kind)) return lines;
  if (rows[row].kind == RowKind::Records) {
    const exporting::Narrator narrator(options.language);
    for (const tls::Record& record : rows.records(row)) {
      lines.push_back({exporting::record_text(record, narrator)});
    }
    return lines;
  }
  const Said said = said_in(journal, rows, row);
  if (said.has_text) {
    std::string_view text = said.text;
    do {
      lines.push_back({std::string(take_line(text)), LineEnd::CrLf});
    } while (!text.empty());
  }
  if (said.has_content) add_content(lines, said.content, options.contents);
  return lines;
}

}  // namespace mailwalk::gui
