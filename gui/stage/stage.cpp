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

namespace mailwalk::gui {
namespace {

// Time that passes in silence is told from here on.
constexpr Duration kToldPause = seconds(30);

// "4 hours later", where it covers no letter if there is room: no clock jumps unnoticed.
void draw_skipped(const UiFrame& frame, const StageFrame& stage, const Rect& place) {
  if (frame.skipped < kToldPause) return;
  const std::string words = frame.language.format(
      "stage.later", exporting::duration_words(frame.skipped, frame.language.which()));
  const std::string text = std::string(icon::kClock) + "  " + words;
  ImFont* font = stage.font(Face::Strong);
  const float em = stage.em();
  const float width = text_size(text, font).x + em * 1.6F;
  const Rect at_bottom{place.x + em * 0.6F, place.bottom() - em * 2.4F, width, em * 1.9F};
  const Rect pill = room_on_bands(stage, width).value_or(at_bottom);
  stage.list.AddRectFilled(pill.min(), pill.max(), paint(frame.theme.well), pill.h / 2);
  stage.list.AddRect(pill.min(), pill.max(), paint(frame.theme.muted), pill.h / 2);
  draw_text(stage.list, font, {pill.center().x, pill.center().y - font->FontSize / 2},
            frame.theme.ink, text, Align::Center);
}

}  // namespace

void Stage::look(const SceneRequest& request, std::uint64_t view_version,
                 const Arrivals& arrivals) {
  arriving_ = arrivals.packets();
  const bool same_text = language_ == request.language.which() && sight_ == request.sight;
  if (view_version_ == view_version && same_text) return;
  view_version_ = view_version;
  language_ = request.language.which();
  sight_ = request.sight;
  scene_ = make_scene(request);
  ++scenes_;
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
  const FitFor fit_for{scenes_, place, frame.mode, frame.fonts.version()};
  if (fit_for != fit_for_) {
    fit_for_ = fit_for;
    fit_ = fit_stage(scene_, place, frame.mode, frame.fonts);
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  spots_.clear();
  const StageFrame stage{frame, fit_, scene_, list, spots_};
  list.PushClipRect(place.min(), place.max(), true);
  draw_bands(stage);
  for (const SceneLink& link : scene_.links) draw_link(stage, link);
  for (const ScenePacket& packet : scene_.packets) {
    if (packet.kind == PacketKind::Datagram) draw_datagram_way(stage, packet);
  }
  for (const SceneCard& card : scene_.cards) {
    const auto found = fit_.layout.cards.find(card.id);
    if (found != fit_.layout.cards.end()) draw_machine_card(stage, card, found->second);
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
