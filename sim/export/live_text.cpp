#include "export/live_text.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "base/virtual_time.hpp"
#include "export/line_text.hpp"

namespace mailwalk::exporting {

using journal::SessionLine;

namespace {

bool is_quit(const SessionLine& line) {
  return line.kind == SessionLine::Kind::Command && (line.verb == journal::Verb{smtp::Verb::Quit} ||
                                                     line.verb == journal::Verb{pop3::Verb::Quit});
}

}  // namespace

LiveText::LiveText(const TextOptions& options) : options_(options), narrator_(options.language) {}

std::string LiveText::prefix(const journal::Event& event) const {
  const std::string time = clock_text(view_.calendar, event.time);
  if (event.connection == kNoConnection) return time + "  ";
  return fmt::format("{}  #{} ", time, event.connection.value());
}

std::string LiveText::tell(const journal::Event& event) {
  journal::WorldView after = journal::apply(view_, event);
  const std::string sentence = narrator_.tell({event, view_, after});
  std::string text = hanging_up(event);
  view_ = std::move(after);
  if (const auto* begun = journal::payload_if<journal::ConnectionOpening>(event)) {
    text += opening(event, *begun);
  }
  text += session_line(event);
  if (options_.sight == Sight::Eavesdropper) text += records(event);
  if (!sentence.empty()) text += fmt::format("{}* {}\n", prefix(event), sentence);
  return text;
}

std::string LiveText::opening(const journal::Event& event,
                              const journal::ConnectionOpening& opening) const {
  const std::string server =
      opening.to == kNoNode ? opening.address.text() : narrator_.machine(opening.to, view_);
  return fmt::format("{}── {} → {}, port {}\n", prefix(event), narrator_.machine(event.node, view_),
                     server, opening.port.value());
}

// After QUIT nobody wonders why the line ends. Without it, nothing else would say that it has: a
// program was closed, or a server has waited for long enough.
std::string LiveText::hanging_up(const journal::Event& event) const {
  const journal::Connection* connection = view_.connection(event.connection);
  if (connection == nullptr || !journal::payload_if<journal::ConnectionClosing>(event)) return {};
  const auto talk = talks_.find(event.connection);
  const bool said_quit = talk != talks_.end() && talk->second.said_quit;
  const bool is_client = event.node == connection->client.node;
  const journal::Side other = is_client ? journal::Side::Server : journal::Side::Client;
  if (said_quit || connection->end(other).state == journal::EndState::Ended) return {};
  return fmt::format(
      "{}* {}\n", prefix(event),
      narrator_.format("{0} hangs up, and nobody said QUIT", "{0} menutup sambungan tanpa ada QUIT",
                       narrator_.machine(event.node, view_)));
}

std::string LiveText::records(const journal::Event& event) {
  std::string text;
  for (const WireRecord& it : tap_.take(event)) {
    text += fmt::format("{}{}: {}\n", prefix(event), wire_speaker(it.from),
                        record_text(it.record, narrator_));
  }
  return text;
}

std::string LiveText::session_line(const journal::Event& event) {
  std::optional<SessionLine> line = journal::line_told_by(event);
  if (!line) {
    if (!view_.connections.contains(event.connection)) talks_.erase(event.connection);
    return {};
  }
  Talk& talk = talks_[event.connection];
  if (line->kind == SessionLine::Kind::Reply) {
    if (line->verb && !talk.asks_for_lines.empty()) {
      line->has_content |= line->code < 400 && talk.asks_for_lines.front();
      talk.asks_for_lines.pop_front();
    }
  } else {
    if (is_quit(*line)) talk.said_quit = true;
    if (line->sent) talk.client_tells = true;
    if (line->received) talk.asks_for_lines.push_back(journal::asks_for_lines(*line));
    if (line->received && talk.client_tells) return {};
  }
  if (const journal::Connection* connection = view_.connection(event.connection)) {
    const journal::Side side = line->sent ? line->from() : journal::Side::Server;
    line->cover = connection->end(side).cover;
  }
  if (options_.sight == Sight::Eavesdropper && line->cover != journal::Cover::Open) return {};
  std::string text;
  for (const ShownLine& shown : shown_lines(*line, options_, narrator_)) {
    text += fmt::format("{}{}: {}\n", prefix(event), speaker(*line), shown.text);
  }
  return text;
}

}  // namespace mailwalk::exporting
