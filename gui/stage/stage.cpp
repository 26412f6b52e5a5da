#include "gui/stage/stage.hpp"

#include <algorithm>
#include <array>
#include <variant>

#include "export/time_words.hpp"
#include "gui/safe_text.hpp"
#include "gui/stage/bands.hpp"
#include "gui/stage/facts.hpp"
#include "gui/stage/link.hpp"
#include "gui/stage/machine_card.hpp"
#include "gui/stage/packet.hpp"

namespace mailwalk::gui {
namespace {

// A title longer than this may take two lines.
constexpr std::size_t kTitleOctetsInOneLine = 13;
// How large letters may become where there is room: for who works with it, and for a class.
constexpr float kMostLetterScale = 1.2F;
constexpr float kMostLetterScaleShown = 1.5F;
// em: what stands on cards is set in larger type for a class.
constexpr float kPresentedLine = 1.4F;
// Time that passes in silence is told from here on.
constexpr Duration kToldPause = seconds(30);

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

// Two lines were reckoned with, but in this layout all names of a kind may have room in one.
HeadStyle with_fewest_lines(HeadStyle head, const Scene& scene, const StageLayout& layout,
                            ImFont* font) {
  head.title_lines.fill(1);
  for (const SceneCard& card : scene.cards) {
    const auto place = layout.cards.find(card.id);
    if (place == layout.cards.end()) continue;
    const bool fits = text_size(card.title, font).x <= card_text_width(place->second, layout.em);
    if (!fits) head.title_lines[static_cast<std::size_t>(card.kind)] = 2;
  }
  return head;
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

std::array<float, kCardKinds> letter_scales(const Scene& scene, const StageLayout& layout,
                                            ImFont* words, float most) {
  std::array<std::vector<CardToFill>, kCardKinds> cards;
  for (const SceneCard& card : scene.cards) {
    const auto place = layout.cards.find(card.id);
    if (place == layout.cards.end()) continue;
    cards[static_cast<std::size_t>(card.kind)].push_back(
        card_to_fill(card, place->second, words, layout.em));
  }
  std::array<float, kCardKinds> scales{};
  for (std::size_t kind = 0; kind < kCardKinds; ++kind)
    scales[kind] = letter_scale_for(cards[kind], most);
  return scales;
}

}  // namespace

HeadStyle head_style(Mode mode, const Scene& scene) {
  const bool is_presented = mode == Mode::Present;
  HeadStyle head;
  head.subtitle = is_presented ? Subtitle::Hidden : Subtitle::Shown;
  if (is_presented) head.mode_line = kPresentedLine;
  for (const SceneCard& card : scene.cards) {
    const bool may_wrap =
        card.kind != CardKind::NameServer && (card.kind != CardKind::Receiver || is_presented);
    if (may_wrap && card.title.size() > kTitleOctetsInOneLine) {
      head.title_lines[static_cast<std::size_t>(card.kind)] = 2;
    }
  }
  return head;
}

void Stage::look(const SceneRequest& request, std::uint64_t view_version,
                 const Arrivals& arrivals) {
  arriving_ = arrivals.packets();
  const bool same_text = language_ == request.language.which() && sight_ == request.sight;
  if (view_version_ == view_version && same_text) return;
  view_version_ = view_version;
  language_ = request.language.which();
  sight_ = request.sight;
  scene_ = make_scene(request);
  scene_.plan = part_of_plan(scene_.plan, extent_);
}

// First what was under way goes on and arrives, then what is new sets out to where it rests. Until
// then the scene is that of before.
void Stage::draw_packets(const StageFrame& frame) const {
  const auto& motion = frame.ui.playback.motion();
  const PacketMotion parts =
      motion ? packet_motion(motion->fraction(), !arriving_.empty()) : PacketMotion{};
  for (const ScenePacket& packet : scene_.packets) {
    const bool arrives =
        parts.arriving < 1 &&
        std::any_of(arriving_.begin(), arriving_.end(), [&](const ScenePacket& other) {
          return packet.says == other.says && packet.from == other.from;
        });
    const bool is_new = motion && (packet.says > motion->from || motion->from == kNoEvent);
    if (arrives) {
      draw_packet(frame, packet, 0.5F + parts.arriving / 2);
    } else if (!is_new) {
      draw_packet(frame, packet, 0.5F);
    } else if (parts.leaving > 0) {
      draw_packet(frame, packet, parts.leaving / 2);
    }
  }
}

// A ring around each, and "≠" at its lower corner, where no mark stands: no colour of its own is
// needed.
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
    const ImVec2 corner(around.right(), around.bottom() - em * 0.1F);
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
  const HeadStyle head = head_style(frame.mode, scene_);
  const float em = frame.fonts.sizes().stage_px;
  StageLayout layout = lay_out_stage(scene_.plan, place, head, em);
  const HeadStyle fewest = with_fewest_lines(head, scene_, layout, frame.fonts.stage(Face::Strong));
  // Only what may be spared: no name takes more lines than it was reckoned with.
  HeadStyle spared = head;
  for (std::size_t kind = 0; kind < kCardKinds; ++kind) {
    spared.title_lines[kind] = std::min(head.title_lines[kind], fewest.title_lines[kind]);
  }
  if (spared != head) layout = lay_out_stage(scene_.plan, place, spared, em);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  spots_.clear();
  const Face title = title_face(frame, scene_, layout);
  StageFrame stage{frame, layout, scene_, list, spots_, title};
  stage.letter_scales =
      letter_scales(scene_, layout, stage.font(stage.words_face()),
                    frame.mode == Mode::Present ? kMostLetterScaleShown : kMostLetterScale);
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
  if (facts.empty() || frame.tips == Tips::Hidden) return;
  ImGui::BeginTooltip();
  ImGui::PushFont(frame.font(Face::Body));
  ImGui::TextUnformatted(facts.data(), facts.data() + facts.size());
  ImGui::PopFont();
  ImGui::EndTooltip();
}

}  // namespace mailwalk::gui
