#include "gui/stage/scene_packet.hpp"

#include <algorithm>
#include <variant>

#include "export/dns_words.hpp"
#include "gui/safe_text.hpp"
#include "gui/sight_words.hpp"

namespace mailwalk::gui {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words and nothing else

constexpr std::size_t kMostPacketOctets = 80;

std::string packet_label(const Bytes& text) {
  const std::string_view view = text.view();
  return safe(view.substr(0, view.find('\r')), kMostPacketOctets);
}

class PacketMaker {
 public:
  explicit PacketMaker(const SceneRequest& request) : request_(request) {}

  std::vector<ScenePacket> make() {
    for (const auto& [id, connection] : request_.view.connections) {
      add(*connection, Side::Client);
      add(*connection, Side::Server);
    }
    for (const auto& [sent, datagram] : request_.view.datagrams) add(sent, datagram);
    return std::move(packets_);
  }

 private:
  void add(const Connection& connection, Side side) {
    const ConnectionEnd& from = connection.end(side);
    const ConnectionEnd& to = connection.end(side == Side::Client ? Side::Server : Side::Client);
    const EventPosition says =
        request_.sight == exporting::Sight::Eavesdropper ? seen(from) : said(from);
    if (says == kNoEvent || to.node == kNoNode || from.node == kNoNode) return;
    ScenePacket packet;
    packet.from = from.node;
    packet.to = to.node;
    packet.lane = lane_of(connection.port);
    packet.says = says;
    packet.connection = connection.id;
    packet.arrived = arrived_part(from);
    packet.cover = from.cover;
    describe(packet, connection, request_.journal[says]);
    packets_.push_back(std::move(packet));
  }

  // What the line shows of it: records that are under way, or else what was said in the open.
  EventPosition seen(const ConnectionEnd& end) const {
    const Telling& telling = request_.index.telling(request_.sight);
    EventPosition records = kNoEvent;
    for (const auto& [sent, flight] : end.in_flight) {
      if (records_sent_in(telling, sent) != kNoRow) records = sent;
    }
    if (records != kNoEvent) return records;
    const EventPosition says = said(end);
    return says == kNoEvent || telling.hides(says) ? kNoEvent : says;
  }

  // What this end said last, as far as it has not arrived: now, or before the last octets left.
  EventPosition said(const ConnectionEnd& end) const {
    if (request_.position != kNoEvent) {
      const Event& now = request_.journal[request_.position];
      const bool speaks = std::holds_alternative<CommandSent>(now.payload) ||
                          std::holds_alternative<ReplySent>(now.payload) ||
                          std::holds_alternative<ContentSent>(now.payload);
      if (speaks && end.says_next != kNoEvent && now.node == end.node &&
          now.position >= end.says_next && belongs(now, end)) {
        return now.position;
      }
    }
    if (end.says_next != kNoEvent) return end.says_next;
    EventPosition says = kNoEvent;
    for (const auto& [sent, flight] : end.in_flight) {
      if (flight.says != kNoEvent) {
        says = flight.says;
      } else if (says == kNoEvent) {
        says = cause_in_words(sent);
      }
    }
    return says;
  }
  // Whether the event is on the connection of this end.
  bool belongs(const Event& event, const ConnectionEnd& end) const {
    return request_.journal[end.says_next].connection == event.connection;
  }
  // Octets that go on with what was begun earlier are there because of it.
  EventPosition cause_in_words(EventPosition sent) const {
    EventPosition at = request_.journal[sent].cause;
    for (int steps = 0; at != kNoEvent && steps < 4; ++steps) {
      const Event& event = request_.journal[at];
      const bool speaks = std::holds_alternative<CommandSent>(event.payload) ||
                          std::holds_alternative<ReplySent>(event.payload) ||
                          std::holds_alternative<ContentSent>(event.payload);
      if (speaks && event.connection == request_.journal[sent].connection) return at;
      at = event.cause;
    }
    return kNoEvent;
  }

  static float arrived_part(const ConnectionEnd& end) {
    std::uint64_t whole = 0;
    std::uint64_t arrived = 0;
    for (const auto& [sent, flight] : end.in_flight) {
      whole += flight.bytes.size();
      arrived += flight.arrived;
    }
    return whole == 0 ? 0.0F : static_cast<float>(arrived) / static_cast<float>(whole);
  }

  void describe(ScenePacket& packet, const Connection& connection, const Event& event) const {
    if (const auto* command = payload_if<CommandSent>(event)) {
      packet.kind = PacketKind::Command;
      packet.label = packet_label(command->line);
    } else if (const auto* reply = payload_if<ReplySent>(event)) {
      packet.kind = PacketKind::Reply;
      packet.label = packet_label(reply->text);
      packet.is_bad = journal::is_refusal(reply->code);
      const bool is_letter = reply->to == Verb{pop3::Verb::Retr} && !reply->content.empty();
      if (is_letter) packet.letter = number_of(connection.letter);
    } else if (payload_if<ContentSent>(event) != nullptr) {
      packet.kind = PacketKind::Content;
      packet.letter = number_of(connection.letter);
      packet.label = request_.language.format("stage.letter", exporting_name(packet.letter));
    } else if (payload_if<BytesSent>(event) != nullptr) {
      const Telling& telling = request_.index.telling(request_.sight);
      packet.kind = PacketKind::Records;
      packet.label =
          records_words(telling, records_sent_in(telling, event.position), request_.language);
    }
  }

  std::optional<std::uint32_t> number_of(LetterId letter) const {
    const Letter* found = request_.view.letter(letter);
    if (found == nullptr) return std::nullopt;
    return found->number;
  }
  static std::string exporting_name(const std::optional<std::uint32_t>& number) {
    return number ? letter_name(*number) : "?";
  }

  void add(EventPosition sent, const DatagramInFlight& datagram) {
    ScenePacket packet;
    packet.from = datagram.from;
    packet.to = datagram.to;
    packet.kind = PacketKind::Datagram;
    packet.label =
        safe(exporting::datagram_words_answer_first(datagram.bytes.view()), kMostPacketOctets);
    packet.says = sent;
    packets_.push_back(std::move(packet));
  }

  const SceneRequest& request_;
  std::vector<ScenePacket> packets_;
};

}  // namespace

std::vector<ScenePacket> make_packets(const SceneRequest& request) {
  return PacketMaker(request).make();
}

}  // namespace mailwalk::gui
