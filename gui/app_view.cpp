// What the app shows: which sizes it needs, and the whole window drawn.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "gui/app.hpp"
#include "gui/panels/branch_path.hpp"
#include "gui/panels/caption.hpp"
#include "gui/panels/panel_frame.hpp"
#include "gui/panels/presented_gate.hpp"
#include "gui/panels/side_by_side_page.hpp"
#include "gui/panels/sight_bar.hpp"
#include "gui/panels/splitter.hpp"
#include "gui/panels/top_bar.hpp"
#include "gui/panels/welcome.hpp"
#include "gui/safe_text.hpp"
#include "gui/sight_words.hpp"
#include "gui/widgets/style.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kTextPixels = 16;
constexpr float kAskingWeight = 3;
// So many em high is a window in which a question leaves room beside it.
constexpr float kRoomyLines = 52;
// Legible from the last row of a class, on a projector of 720 lines.
constexpr float kPresentPixels = 28;
constexpr float kPresentLines = 720;
// In a narrow window so many em have room, unless a person wants larger ones.
constexpr float kPresentColumns = 40;
// So many em has the window at least.
constexpr float kFewestColumns = 36;
constexpr float kFewestLines = 22;
constexpr float kPanelTitle = 2.8F;  // with the margin below what is in a panel
constexpr float kMostNoteLines = 4;

// How a gate that asks, on the lesson's card, has its room in the dock.
enum class Asking : std::uint8_t { Nothing, Larger, Alone };

// What it depends on how high a panel has to be.
struct Needs {
  float em;
  std::size_t letters;  // that there are
};

std::vector<DockedPanel> docked(const std::vector<std::unique_ptr<Panel>>& panels,
                                const Settings& settings, Dock dock, Asking asking, Needs needs) {
  std::vector<DockedPanel> found;
  for (const auto& panel : panels) {
    if (panel->dock() != dock) continue;
    const PanelSetting setting = panel_setting(settings, panel->key());
    const bool is_lesson = panel->key() == "lesson";
    const bool gives_way = asking == Asking::Alone && !is_lesson;
    const bool is_larger = asking == Asking::Larger && is_lesson;
    found.push_back({gives_way ? Folded::Yes : setting.folded,
                     is_larger ? setting.weight * kAskingWeight : setting.weight,
                     (panel->most_em(needs.letters) + kPanelTitle) * needs.em});
  }
  return found;
}

}  // namespace

void App::look() {
  const OpenRun* run = current();
  if (run == nullptr) return;
  arrivals_.look(*run->document, run->playback, language(), sight_);
  const EventPosition position = arrivals_.shown(run->playback);
  view_.look(*run->document, position);
  stage_.look({run->document->journal(), run->document->index(), view_.after(), position,
               language(), sight_},
              view_.version(), arrivals_);
  if (told_version_ == view_.version() && told_language_ == settings_.language &&
      told_sight_ == sight_) {
    return;
  }
  told_version_ = view_.version();
  told_language_ = settings_.language;
  told_sight_ = sight_;
  caption_.clear();
  skipped_ = {};
  if (position == kNoEvent) return;
  const journal::Event& event = run->document->journal()[position];
  if (position == run->document->index().start()) {
    caption_ = language().text("stage.at_start");
    return;
  }
  const Telling& telling = run->document->index().telling(sight_);
  caption_ = safe(sentence_about({event, view_.before(), view_.after()}, telling, language()));
  const auto earlier = telling.told().previous(position);
  if (earlier) skipped_ = event.time - run->document->journal()[*earlier].time;
}

App::BarsOverStage App::bars_over_stage() const {
  BarsOverStage bars;
  if (mode_ == Mode::Present && runs_.size() > 1) bars.branch = kBranchBarHeight;
  if (sight_ == exporting::Sight::Eavesdropper) bars.sight = sight_bar_height(mode_);
  if (is_live()) bars.live = kLiveBarHeight;
  return bars;
}

Workspace App::workspace(float width, float height, float em) const {
  const bool asks = gate().has_value();
  Asking asking = Asking::Nothing;
  if (asks && panel_setting(settings_, "lesson").folded == Folded::No) {
    asking = height < em * kRoomyLines ? Asking::Alone : Asking::Larger;
  }
  const Needs needs{em, current() == nullptr ? 0 : view_.after().letters.size()};
  return lay_out_workspace({width, height, em, mode_, settings_.right_share, settings_.bottom_share,
                            docked(panels_, settings_, Dock::Right, asking, needs),
                            docked(panels_, settings_, Dock::Bottom, Asking::Nothing, needs),
                            bars_over_stage().height(), asks ? Asked::Question : Asked::Nothing});
}

FontSizes App::wanted_fonts(float width, float height, float scale) const {
  const float factor = text_factor(settings_.text_step);
  float px = std::round(kTextPixels * scale * factor);
  // Type that leaves no room for anything helps nobody.
  px = std::min(px, std::round(std::min(width / kFewestColumns, height / kFewestLines)));
  if (mode_ == Mode::Present) {
    px = std::max(px, std::round(kPresentPixels * height / kPresentLines * factor));
    px = std::min(px, std::round(width / kPresentColumns * std::max(factor, 1.0F)));
  }
  px = std::clamp(px, 9.0F, 120.0F);
  if (current() == nullptr) return {px, px};
  if (side_by_side_) return {px, side_by_side_text_px(width, height, px)};
  const Rect stage = workspace(width, height, px).stage;
  // On a large stage machines are drawn larger than the panels' text; on a crowded one, smaller.
  const Scene& scene = stage_.scene();
  const HeadStyle head = head_style(mode_, scene);
  const float preferred = std::max(px, easy_text_px(scene.plan, stage, head));
  return {px, stage_text_px(scene.plan, stage, head, preferred)};
}

void App::draw(const Fonts& fonts) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const Theme& theme = theme_named(settings_.theme);
  apply_style(theme, fonts.sizes().panel_px);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
  ImGui::Begin("###mailwalk", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoBringToFrontOnFocus);
  ImGui::PopStyleVar(2);
  ImGui::GetWindowDrawList()->AddRectFilled({0, 0}, size, paint(theme.paper));
  const BareFrame bare{settings_, theme, fonts, language()};
  if (const OpenRun* run = current()) {
    const std::string branch = run->origin ? safe(language().pick(run->name)) : "";
    const UiFrame frame{
        *run->document, view_.after(), view_.before(), view_.version(), view_.position(),
        run->playback,  selection_,    settings_,      theme,           fonts,
        language(),     mode_,         caption_,       skipped_,        sight_,
        gate(),         branch,        tips()};
    const Workspace space = workspace(size.x, size.y, frame.em());
    if (side_by_side_) {
      draw_side_by_side({*side_by_side_, settings_, theme, fonts, language(), mode_}, intents_);
    } else {
      draw_run(frame, space);
    }
    draw_note(frame, space);
    ImGui::End();
    offers_.draw(frame, intents_);
    if (is_live()) call_page_.draw(bare, live_->how_to_call(settings_.language), intents_);
  } else {
    draw_welcome(bare, lessons_, {note_, is_working() ? theme.muted : theme.fault.text}, intents_);
    ImGui::End();
  }
  keys_page_.draw(bare, intents_);
  open_field_.draw(bare, intents_);
}

// A key was pressed to see what comes, and the mouse has not been touched since.
Tips App::tips() {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (mouse_rests_at_ && (mouse.x != mouse_rests_at_->x || mouse.y != mouse_rests_at_->y)) {
    mouse_rests_at_.reset();
  }
  return mouse_rests_at_ ? Tips::Hidden : Tips::Shown;
}

void App::draw_run(const UiFrame& frame, const Workspace& space) {
  if (mode_ == Mode::Work) {
    draw_top_bar(frame, space.top_bar,
                 {lessons_, runs_, shown_, is_live() ? Chosen::Yes : Chosen::No}, intents_);
    draw_docks(frame, space);
  }
  draw_bars_over_stage(frame, space.banner);
  draw_card(frame, space.stage);
  stage_.draw(frame, space.stage, intents_);
  if (frame.gate && mode_ == Mode::Present) {
    const float needed = draw_presented_gate(frame, space.caption, intents_);
    gate_has_room_ = needed <= space.caption.h;
  } else {
    draw_caption(frame, space.caption);
  }
  draw_card(frame, space.transport);
  transport_.draw(frame, space.transport, intents_);
}

void App::draw_bars_over_stage(const UiFrame& frame, const Rect& place) {
  const BarsOverStage bars = bars_over_stage();
  float y = place.y;
  const auto next = [&](float height_em) {
    const float height = place.h * height_em / std::max(bars.height(), 1.0F);
    const Rect bar{place.x, y, place.w, height};
    y += height;
    return bar;
  };
  if (bars.branch > 0) draw_branch_bar(frame, next(bars.branch), runs_, shown_, intents_);
  if (bars.sight > 0) draw_sight_bar(frame, next(bars.sight), intents_);
  if (const auto live = live_status()) draw_live_bar(frame, next(bars.live), *live, intents_);
}

void App::draw_docks(const UiFrame& frame, const Workspace& space) {
  auto right = space.right.begin();
  auto bottom = space.bottom.begin();
  for (const auto& panel : panels_) {
    const Rect& place = panel->dock() == Dock::Right ? *right++ : *bottom++;
    draw_panel(frame, *panel, place, focus_, intents_);
  }
  draw_splitters(frame, space, panels_, intents_);
}

void App::draw_note(const UiFrame& frame, const Workspace& space) {
  if (note_.empty()) return;
  ImFont* font = frame.font(Face::Body);
  const float em = frame.em();
  const std::string text = safe(note_);
  const ImVec2 window = ImGui::GetIO().DisplaySize;
  const Rect under = side_by_side_ ? Rect{0, window.y - em * 3, window.x, em * 3} : space.transport;
  // What is to be done about it stands at its end: that shall not be cut off.
  const float room = std::max(under.w - em * 3, em * 4);
  const float text_w = std::min(text_size(text, font).x + 1, room);
  const float whole = font->CalcTextSizeA(font->FontSize, 1e9F, text_w, text.c_str()).y;
  const float lines = std::min(std::round(whole / font->FontSize), kMostNoteLines);
  const float height = em * (0.7F + 1.3F * lines);
  const float width = text_w + em * 1.6F;
  // Over the line of progress: never over what is taught, and beside the buttons if it is short.
  const Rect place{under.right() - em * 0.6F - width,
                   under.bottom() - std::max((under.h - height) / 2, em * 0.3F) - height, width,
                   height};
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  list.AddRectFilled(place.min(), place.max(), paint(frame.theme.ink), em * 0.4F);
  draw_paragraph(list, font, {place.x + em * 0.8F, place.y + em * 0.45F}, text_w, frame.theme.paper,
                 text, static_cast<int>(lines));
}

}  // namespace mailwalk::gui
