#include "export/line_text.hpp"

#include <string_view>

#include "export/printable.hpp"
#include "pop3/command.hpp"
#include "wire/dot_codec.hpp"

namespace mailwalk::exporting {
namespace {

using journal::SessionLine;

// Of a longer content the first and the last lines are shown.
constexpr std::size_t kLinesShownWhole = 40;
constexpr std::size_t kLinesAtEachEnd = 15;

// Lines with their ends, the last one perhaps without.
std::vector<std::string_view> split_wire_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find("\r\n");
    const std::size_t size = end == std::string_view::npos ? text.size() : end + 2;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

// A line with its end, as it is to be shown.
std::string shown_wire_line(std::string_view line, const TextOptions& options) {
  const bool ended = line.size() >= 2 && line.substr(line.size() - 2) == "\r\n";
  const std::string_view text = ended ? line.substr(0, line.size() - 2) : line;
  return printable(text) + (ended && options.line_ends == LineEnds::Shown ? "␍␊" : "");
}

// Of AUTH the mechanism is seen; of the lines of its dialogue nothing, but that it was given up.
std::string masked_text(const SessionLine& line) {
  const std::string_view text = line.text.view();
  const bool of_auth =
      line.verb == journal::Verb(smtp::Verb::Auth) || line.verb == journal::Verb(pop3::Verb::Auth);
  if (!of_auth || text.find(' ') != std::string_view::npos) return pop3::mask_secret(text);
  return text == "*" ? "*" : "********";
}

void add_line_text(const SessionLine& line, const TextOptions& options,
                   std::vector<ShownLine>& to) {
  std::string text(line.text.view());
  if (line.secrecy == journal::Secrecy::Secret && options.secrets == Secrets::Masked) {
    text = masked_text(line);
  }
  text += "\r\n";
  for (const std::string_view part : split_wire_lines(text)) {
    to.push_back({ShownLine::Kind::Wire, shown_wire_line(part, options)});
  }
}

void add_line_content(const SessionLine& line, const TextOptions& options, const Narrator& narrator,
                      std::vector<ShownLine>& to) {
  const std::string wire = wire::dot_encode(line.content.view());
  const std::vector<std::string_view> lines = split_wire_lines(wire);
  const bool whole = options.contents == Contents::Whole || lines.size() <= kLinesShownWhole;
  const std::size_t left_out = whole ? 0 : lines.size() - 2 * kLinesAtEachEnd;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!whole && i == kLinesAtEachEnd) {
      to.push_back({ShownLine::Kind::Remark,
                    narrator.format("… {0} more lines …", "… {0} baris lagi …", left_out)});
      i += left_out - 1;
      continue;
    }
    to.push_back({ShownLine::Kind::Wire, shown_wire_line(lines[i], options)});
  }
}

}  // namespace

std::string_view speaker(const SessionLine& line) {
  const bool encrypted = line.cover == journal::Cover::Encrypted;
  if (line.from() == journal::Side::Client) return encrypted ? "C tls" : "C";
  return encrypted ? "S tls" : "S";
}

std::string_view wire_speaker(journal::Side from) {
  return from == journal::Side::Client ? "C tls" : "S tls";
}

std::vector<ShownLine> shown_lines(const SessionLine& line, const TextOptions& options,
                                   const Narrator& narrator) {
  std::vector<ShownLine> lines;
  if (line.kind != SessionLine::Kind::Content) add_line_text(line, options, lines);
  if (line.has_content) add_line_content(line, options, narrator, lines);
  return lines;
}

}  // namespace mailwalk::exporting
