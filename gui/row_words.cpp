#include "gui/row_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <variant>

#include "export/dns_words.hpp"
#include "export/narrator.hpp"
#include "gui/safe_text.hpp"
#include "gui/sight_words.hpp"

namespace mailwalk::gui {

using namespace journal;  // NOLINT: this file is about the journal's words and nothing else

namespace {

// Nobody reads more than this on an arrow.
constexpr std::size_t kMostRowOctets = 160;

std::string line_label(std::string_view text) {
  return safe(text.substr(0, text.find('\r')), kMostRowOctets);
}

struct Labeller {
  const UiFrame& frame;

  template <class Payload>
  std::string operator()(const Payload& /*a note*/) const {
    return {};
  }
  std::string operator()(const ConnectionOpening& opening) const {
    std::string label = frame.language.format("ladder.call", opening.port.value());
    // Where nobody of ours is, the address says who is called.
    return opening.to == kNoNode ? label + " " + opening.address.text() : label;
  }
  std::string operator()(const ConnectionClosing&) const {
    return std::string(frame.language.text("ladder.close"));
  }
  std::string operator()(const DatagramSent& sent) const {
    return exporting::datagram_words(sent.bytes.view());
  }
  std::string operator()(const CommandSent& command) const {
    return line_label(command.line.view());
  }
  std::string operator()(const CommandReceived& command) const {
    return line_label(command.line.view());
  }
  std::string operator()(const ReplySent& reply) const { return reply_label(reply); }
  std::string operator()(const ReplyReceived& reply) const { return reply_label(reply); }
  std::string operator()(const ContentSent& sent) const { return content_label(sent.content); }
  std::string operator()(const ContentReceived& received) const {
    return content_label(received.content);
  }

 private:
  template <class Reply>
  static std::string reply_label(const Reply& reply) {
    const std::string_view text = reply.text.view();
    const bool has_more = text.find('\r') != std::string_view::npos || !reply.content.empty();
    return line_label(text) + (has_more ? " …" : "");
  }
  std::string content_label(const Bytes& content) const {
    return frame.language.format("ladder.content", content.size());
  }
};

struct IsTrouble {
  template <class Payload>
  bool operator()(const Payload& /*in order*/) const {
    return false;
  }
  bool operator()(const ConnectionFailed&) const { return true; }
  bool operator()(const ConnectionReset&) const { return true; }
  bool operator()(const FaultInjected& fault) const { return fault.fault != Fault::Clear; }
  bool operator()(const DatagramLost&) const { return true; }
  bool operator()(const ReplySent& reply) const { return journal::is_refusal(reply.code); }
  bool operator()(const ReplyReceived& reply) const { return journal::is_refusal(reply.code); }
};

}  // namespace

std::string row_label(const UiFrame& frame, const Row& row) {
  if (row.kind == RowKind::Records) {
    const Telling& telling = frame.telling();
    return std::string(icon::kLock) + " " +
           records_words(telling, telling.rows().row_of(row.at), frame.language);
  }
  return std::visit(Labeller{frame}, frame.document.journal()[row.at].payload);
}

const Hue& row_hue(const UiFrame& frame, const Row& row) {
  const Event& event = frame.document.journal()[row.at];
  if (std::visit(IsTrouble{}, event.payload)) return frame.theme.fault;
  if (row.kind == RowKind::Records) return frame.theme.tls;
  if (row.kind == RowKind::Datagram || payload_if<NameLookedUp>(event) != nullptr) {
    return frame.theme.names;
  }
  const RunSession* session = frame.telling().rows().session(row.connection);
  return hue_of(frame.theme, session == nullptr ? Lane::Push : lane_of(session->port));
}

std::string session_label(const UiFrame& frame, ConnectionId connection) {
  const RunSession* session = frame.telling().rows().session(connection);
  if (session == nullptr) return {};
  return fmt::format("#{} :{}", connection.value(), session->port.value());
}

std::string session_title(const UiFrame& frame, ConnectionId connection) {
  const RunSession* session = frame.telling().rows().session(connection);
  if (session == nullptr) return {};
  const bool pulls = lane_of(session->port) == Lane::Pull;
  const std::string server =
      session->server == kNoNode ? session->address.text() : machine_name(frame, session->server);
  return fmt::format(
      "#{}  {} → {}   {}, port {}", connection.value(), machine_name(frame, session->client),
      server, frame.language.text(pulls ? "stage.pulls" : "stage.pushes"), session->port.value());
}

std::string machine_name(const UiFrame& frame, NodeId machine) {
  if (machine == kNoNode) return std::string(frame.language.text("ladder.elsewhere"));
  return exporting::Narrator(frame.language.which()).machine(machine, frame.view);
}

}  // namespace mailwalk::gui
