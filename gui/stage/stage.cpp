#include "gui/stage/stage.hpp"

#include <algorithm>
#include <variant>

#include "export/time_words.hpp"
#include "gui/safe_text.hpp"
#include "gui/stage/bands.hpp"
#include "gui/stage/facts.hpp"
#include "gui/stage/link.hpp"
#include "gui/stage/machine_card.hpp"
#include "gui/stage/packet.hpp"
#include "gui/stage/scene_packet.hpp"

namespace mailwalk::gui {
namespace {

// A title longer than this takes two lines in presentation mode.
constexpr std::size_t kTitleOctetsInOneLine = 13;
// Time that passes in silence is told from here on.
constexpr Duration kToldPause = seconds(30);

bool is_same_packet(const ScenePacket& a, const ScenePacket& b) {
  return a.says == b.says && a.from == b.from;
}

// "4 hours later", at the bottom of the stage: no clock jumps unnoticed.
void draw_skipped(const UiFrame& frame, const StageFrame& stage, const Rect& place) {
  if (frame.skipped < kToldPause) return;
  const std::string words = frame.language.format(
      "stage.later", exporting::duration_words(frame.skipped, frame.language.which()));
  const std::string text = std::string(icon::kClock) + "  " + words;
  ImFont* font = stage.font(Face::Strong);
  const float em = stage.em();
  const float width = text_size(text, font).x + em * 1.6F;
  const Rect pill{place.x + em * 0.6F, place.bottom() - em * 2.4F, width, em * 1.9F};
  stage.list.AddRectFilled(pill.min(), pill.max(), paint(frame.theme.well), pill.h / 2);
  stage.list.AddRect(pill.min(), pill.max(), paint(frame.theme.muted), pill.h / 2);
  draw_text(stage.list, font, {pill.center().x, pill.center().y - font->FontSize / 2},
            frame.theme.ink, text, Align::Center);
}

// Two lines were reckoned with, but in this layout every title may have room in one.
bool titles_fit_in_one_line(const Scene& scene, const StageLayout& layout, ImFont* font) {
  return std::all_of(scene.cards.begin(), scene.cards.end(), [&](const SceneCard& card) {
    const auto place = layout.cards.find(card.id);
    if (place == layout.cards.end() || card.kind == CardKind::Receiver) return true;
    return text_size(card.title, font).x <= card_text_width(place->second, layout.em);
  });
}

// All titles are set alike: large, if there is room for each of them.
Face title_face(const UiFrame& frame, const Scene& scene, const StageLayout& layout) {
  ImFont* large = frame.fonts.stage(Face::Title);
  const bool fit = std::all_of(scene.cards.begin(), scene.cards.end(), [&](const SceneCard& card) {
    const auto place = layout.cards.find(card.id);
    return place == layout.cards.end() ||
           text_size(card.title, large).x <= card_text_width(place->second, layout.em);
  });
  return fit ? Face::Title : Face::Strong;
}

}  // namespace

HeadStyle head_style(Mode mode, const Scene& scene) {
  if (mode == Mode::Work) return {1, 1, Subtitle::Shown};
  HeadStyle head{1, 1, Subtitle::Hidden};
  for (const SceneCard& card : scene.cards) {
    if (card.title.size() <= kTitleOctetsInOneLine) continue;
    (card.kind == CardKind::Receiver ? head.receiver_title_lines : head.title_lines) = 2;
  }
  // A single one has the room, and what travels to it does not lie over its letters.
  const auto receivers =
      std::count_if(scene.cards.begin(), scene.cards.end(),
                    [](const SceneCard& card) { return card.kind == CardKind::Receiver; });
  if (receivers == 1)
    head.receiver_title_lines = std::max(head.receiver_title_lines, head.title_lines);
  // Two have it for what they do when they fetch.
  if (receivers == 2) head.receiver_title_lines = 2;
  return head;
}

void Stage::look(const SceneRequest& request, const Document& document, std::uint64_t view_version,
                 const Playback& playback) {
  const bool same_text = language_ == request.language.which() && sight_ == request.sight;
  if (view_version_ == view_version && same_text) return;
  view_version_ = view_version;
  language_ = request.language.which();
  sight_ = request.sight;
  scene_ = make_scene(request);
  arriving_.clear();
  if (!playback.motion() || playback.motion()->from == kNoEvent) return;
  const EventPosition from = playback.motion()->from;
  const journal::WorldView before = document.timeline().view_at(from);
  arriving_ =
      make_packets({request.journal, request.index, before, from, request.language, request.sight});
  // What is still under way does not arrive in this step.
  std::erase_if(arriving_, [&](const ScenePacket& packet) {
    return std::any_of(scene_.packets.begin(), scene_.packets.end(),
                       [&](const ScenePacket& other) { return is_same_packet(packet, other); });
  });
}

void Stage::draw_packets(const StageFrame& frame) const {
  const auto& motion = frame.ui.playback.motion();
  if (!motion) {
    for (const ScenePacket& packet : scene_.packets) draw_packet(frame, packet, 0.5F);
    return;
  }
  const PacketMotion parts = packet_motion(motion->fraction(), !arriving_.empty());
  if (parts.arriving < 1) {
    for (const ScenePacket& packet : arriving_) {
      draw_packet(frame, packet, 0.5F + parts.arriving / 2);
    }
  }
  for (const ScenePacket& packet : scene_.packets) {
    const bool is_new = packet.says > motion->from || motion->from == kNoEvent;
    if (!is_new) {
      draw_packet(frame, packet, 0.5F);
    } else if (parts.leaving > 0) {
      draw_packet(frame, packet, parts.leaving / 2);
    }
  }
}

// A ring around each, and "≠" at its corner: no colour of its own is needed.
void Stage::draw_unlike(const StageFrame& frame) const {
  const float em = frame.em();
  ImFont* font = frame.font(Face::Strong);
  for (const StageSpot& spot : frame.spots) {
    const auto* copy = std::get_if<journal::CopyId>(&spot.what);
    if (copy == nullptr || std::find(unlike_.begin(), unlike_.end(), *copy) == unlike_.end()) {
      continue;
    }
    const Rect around = spot.rect.inset(-em * 0.16F);
    frame.list.AddRect(around.min(), around.max(), paint(frame.theme().ink), em * 0.2F, 0,
                       frame.stroke());
    const ImVec2 corner(around.right(), around.y + em * 0.1F);
    frame.list.AddCircleFilled(corner, em * 0.52F, paint(frame.theme().ink));
    draw_text(frame.list, font, {corner.x, corner.y - font->FontSize / 2}, frame.theme().paper, "≠",
              Align::Center);
  }
}

void Stage::draw(const UiFrame& frame, const Rect& place, Intents& intents) {
  kept_.show(frame, {place, unlike_}, [&] { draw_all(frame, place); });
  react(frame, place, intents);
}

void Stage::draw_all(const UiFrame& frame, const Rect& place) {
  HeadStyle head = head_style(frame.mode, scene_);
  const float em = frame.fonts.sizes().stage_px;
  StageLayout layout = lay_out_stage(scene_.plan, place, head, em);
  if (head.title_lines > 1 &&
      titles_fit_in_one_line(scene_, layout, frame.fonts.stage(Face::Strong))) {
    head.title_lines = 1;
    layout = lay_out_stage(scene_.plan, place, head, em);
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  spots_.clear();
  const StageFrame stage{frame, layout, scene_, list, spots_, title_face(frame, scene_, layout)};
  list.PushClipRect(place.min(), place.max(), true);
  draw_bands(stage);
  for (const SceneLink& link : scene_.links) draw_link(stage, link);
  for (const ScenePacket& packet : scene_.packets) {
    if (packet.kind == PacketKind::Datagram) draw_datagram_way(stage, packet);
  }
  for (const SceneCard& card : scene_.cards) {
    const auto found = layout.cards.find(card.id);
    if (found != layout.cards.end()) draw_machine_card(stage, card, found->second);
  }
  draw_unlike(stage);
  draw_packets(stage);
  draw_skipped(frame, stage, place);
  list.PopClipRect();
}

void Stage::react(const UiFrame& frame, const Rect& place, Intents& intents) const {
  ImGui::SetCursorScreenPos(place.min());
  ImGui::InvisibleButton("stage", {std::max(place.w, 1.0F), std::max(place.h, 1.0F)},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
  if (!ImGui::IsItemHovered()) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto spot = std::find_if(spots_.rbegin(), spots_.rend(),
                                 [&](const StageSpot& it) { return it.rect.contains(mouse); });
  const Selection what = spot == spots_.rend() ? Selection{} : spot->what;
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) intents.ask(intent::Select{what});
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Right)) {
    intents.ask(intent::Select{what});
    intents.ask(intent::OfferMenu{what, mouse.x, mouse.y});
  }
  const std::string facts = facts_of(frame, scene_, what);
  if (facts.empty()) return;
  ImGui::BeginTooltip();
  ImGui::PushFont(frame.font(Face::Body));
  ImGui::TextUnformatted(facts.data(), facts.data() + facts.size());
  ImGui::PopFont();
  ImGui::EndTooltip();
}

}  // namespace mailwalk::gui
