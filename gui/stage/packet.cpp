#include "gui/stage/packet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "gui/safe_text.hpp"
#include "gui/stage/arrivals.hpp"
#include "gui/stage/envelope.hpp"

namespace mailwalk::gui {
namespace {

// Slow at both ends.
float eased(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return static_cast<float>(t * t * (3 - 2 * t));
}

// From its sender over where it rests to its receiver.
ImVec2 place_at(const LinkPath& path, float part) {
  const ImVec2 from = path.points.front();
  const ImVec2 to = path.points.back();
  if (path.points.size() > 2 || path.rest_at == 0 || path.rest_at == 1) {
    return path.at(part < 0.5F ? part * 2 * path.rest_at
                               : path.rest_at + (part * 2 - 1) * (1 - path.rest_at));
  }
  const ImVec2 begin = part < 0.5F ? from : path.rest;
  const ImVec2 end = part < 0.5F ? path.rest : to;
  const float t = part < 0.5F ? part * 2 : part * 2 - 1;
  return {begin.x + (end.x - begin.x) * t, begin.y + (end.y - begin.y) * t};
}

struct PillLook {
  Color ground, text, edge;
};

// Commands are filled, replies are outlined: whose turn it is shows without colours too.
PillLook look_of_packet(const Theme& theme, const ScenePacket& packet) {
  if (packet.kind == PacketKind::Records) {
    return {theme.tls.soft, theme.tls.text, theme.tls.line};
  }
  const Hue& hue = packet.kind == PacketKind::Datagram ? theme.names
                   : packet.is_bad                     ? theme.fault
                                                       : hue_of(theme, packet.lane);
  if (packet.kind == PacketKind::Reply) return {theme.card, hue.text, hue.line};
  if (packet.kind == PacketKind::Content) return {hue.soft, hue.text, hue.line};
  return {hue.text, theme.on_fill, hue.text};
}

// A label with an arrow on the side to which it goes, as wide as there is room.
std::string labelled(const ScenePacket& packet, bool to_right, ImFont* font, float room) {
  const bool is_covered =
      packet.cover == journal::Cover::Encrypted || packet.kind == PacketKind::Records;
  const std::string lock = is_covered ? std::string(icon::kLock) + " " : std::string();
  const float around = text_size(lock + "› ", font).x;
  const float room_for_words = room - around;
  // Half a code would be another one.
  const std::string label =
      lock + (packet.kind == PacketKind::Reply ? fitted_words(packet.label, font, room_for_words)
                                               : fitted(packet.label, font, room_for_words));
  return to_right ? label + " ›" : "‹ " + label;
}

}  // namespace

PacketMotion packet_motion(double fraction, bool something_arrives) {
  if (!something_arrives) return {1, eased(fraction)};
  return {eased(fraction / kArrivalShare), eased((fraction - kArrivalShare) / (1 - kArrivalShare))};
}

void draw_packet(const StageFrame& frame, const ScenePacket& packet, float part) {
  const LinkPath path = frame.fit.layout.path(packet.from, packet.to);
  if (path.points.empty()) return;
  const float em = frame.em();
  const ImVec2 at = place_at(path, part);
  const bool to_right = path.points.back().x >= path.points.front().x;
  const float envelope_w = packet.letter ? em * 2.0F : 0;
  ImFont* font = frame.font(Face::Mono);
  const float room = std::max(path.label_px - em * 1.2F - envelope_w, em * 3.5F);
  const std::string label = labelled(packet, to_right, font, room);
  const float label_w = text_size(label, font).x;
  const float width = label_w + envelope_w + em * 1.2F;
  const float height = em * 1.75F;
  float x = at.x - width / 2;
  const Rect& area = frame.fit.layout.area;
  x = std::clamp(x, area.x + em * 0.2F, std::max(area.right() - width - em * 0.2F, area.x));
  const Rect pill{x, at.y - height / 2, width, height};
  const PillLook look = look_of_packet(frame.theme(), packet);
  const float rounding = packet.kind == PacketKind::Reply ? em * 0.35F : height / 2;
  frame.list.AddRectFilled(pill.min(), pill.max(), paint(look.ground), rounding);
  frame.list.AddRect(pill.min(), pill.max(), paint(look.edge), rounding, 0, frame.stroke() * 1.3F);
  if (is_selected(frame.ui.selection, packet.says)) {
    const Rect around = pill.inset(-frame.stroke() * 2.5F);
    frame.list.AddRect(around.min(), around.max(), paint(frame.theme().ink), rounding * 1.3F, 0,
                       frame.stroke() * 1.2F);
  }
  float text_x = pill.x + em * 0.6F;
  if (packet.letter) {
    const Rect envelope{pill.x + em * 0.45F, pill.y + em * 0.22F, em * 1.85F, em * 1.3F};
    draw_envelope(frame, envelope, {*packet.letter, LetterShape::Closed, Marked::No});
    text_x += envelope_w;
  }
  draw_text(frame.list, font, {text_x, pill.center().y - font->FontSize * 0.52F}, look.text, label);
  if (packet.arrived > 0) {
    frame.list.AddRectFilled({pill.x, pill.bottom() + em * 0.15F},
                             {pill.x + pill.w * packet.arrived, pill.bottom() + em * 0.35F},
                             paint(look.edge));
  }
  frame.spots.push_back({pill, packet.says});
}

void draw_datagram_way(const StageFrame& frame, const ScenePacket& packet) {
  const LinkPath path = frame.fit.layout.path(packet.from, packet.to);
  for (std::size_t i = 1; i < path.points.size(); ++i) {
    draw_dashed_line(frame.list, path.points[i - 1], path.points[i],
                     paint(frame.theme().names.line), frame.stroke(),
                     {frame.em() * 0.2F, frame.em() * 0.3F});
  }
}

}  // namespace mailwalk::gui
