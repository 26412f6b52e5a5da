#include "gui/app.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>

#include "export/caption.hpp"
#include "gui/panels/caption.hpp"
#include "gui/panels/keys_page.hpp"
#include "gui/panels/panel_frame.hpp"
#include "gui/panels/side_by_side_page.hpp"
#include "gui/panels/splitter.hpp"
#include "gui/panels/top_bar.hpp"
#include "gui/panels/welcome.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/style.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kTextPixels = 16;
// Legible from the last row of a class, on a projector of 720 lines.
constexpr float kPresentPixels = 28;
constexpr float kPresentLines = 720;
// So many em is a stage wide and high on which four machines stand at ease.
constexpr float kStageColumns = 60;
constexpr float kStageLines = 30;

std::vector<DockedPanel> docked(const std::vector<std::unique_ptr<Panel>>& panels,
                                const Settings& settings, Dock dock) {
  std::vector<DockedPanel> found;
  for (const auto& panel : panels) {
    if (panel->dock() != dock) continue;
    const PanelSetting setting = panel_setting(settings, panel->key());
    found.push_back({setting.folded, setting.weight});
  }
  return found;
}

}  // namespace

App::App(Settings settings, Languages languages, std::vector<LessonEntry> lessons)
    : settings_(std::move(settings)),
      languages_(std::move(languages)),
      lessons_(std::move(lessons)),
      panels_(make_panels()) {}

App::~App() = default;

// ---- What is open ----------------------------------------------------------------------------

OpenRun* App::current() {
  return shown_ < runs_.size() ? &runs_[shown_] : nullptr;
}
const OpenRun* App::current() const {
  return shown_ < runs_.size() ? &runs_[shown_] : nullptr;
}
const Document* App::document() const {
  return current() == nullptr ? nullptr : current()->document.get();
}
const Playback* App::playback() const {
  return current() == nullptr ? nullptr : &current()->playback;
}
const Language& App::language() const {
  return settings_.language == exporting::Language::English ? languages_.english
                                                            : languages_.indonesian;
}

void App::show_position(EventPosition position) {
  if (OpenRun* run = current()) {
    const std::uint64_t events = run->document->index().size();
    if (events > 0) {
      run->playback.jump(EventPosition{std::min(position.value(), events - 1)});
      look();
    }
  }
}

// ---- What is asked for -----------------------------------------------------------------------

MotionStyle App::motion_style() const {
  return settings_.reduced_motion == ReducedMotion::Yes ? MotionStyle::Cut : MotionStyle::Travel;
}

void App::press(const KeyStroke& stroke) {
  if (what_if_.press(stroke, intents_)) return;
  if (const Intent* intent = find_intent(stroke)) intents_.ask(*intent);
}

template <class I>
void App::apply(const I& it) {
  if constexpr (requires { perform(it); }) {
    perform(it);
  } else {
    for (const auto& panel : panels_) panel->handle(it);
  }
}

void App::pass(double seconds) {
  if (OpenRun* run = current()) {
    run->document->catch_up();
    run->playback.pass(seconds, *run->document, motion_style());
  }
  for (const Intent& intent : intents_.take()) {
    if (perform_side_by_side(intent)) continue;
    std::visit([this](const auto& it) { apply(it); }, intent);
  }
  go_on_with_fork();
  go_on_with_modes();
  if (side_by_side_) {
    side_by_side_->pass(seconds, motion_style());
    side_by_side_->look(language());
  }
  look();
}

bool App::is_moving() const {
  if (fork_work_ || modes_work_) return true;
  if (side_by_side_) return side_by_side_->is_moving();
  if (current() == nullptr) return false;
  return current()->playback.is_moving() ||
         std::any_of(panels_.begin(), panels_.end(),
                     [](const auto& panel) { return panel->is_working(); });
}

void App::perform(const intent::Step& it) {
  OpenRun* run = current();
  if (run == nullptr) return;
  note_.clear();
  run->playback.step(*run->document, it.stride, it.direction, motion_style());
}
void App::perform(const intent::JumpTo& it) {
  show_position(it.position);
}
void App::perform(const intent::JumpToStart& /*it*/) {
  if (OpenRun* run = current()) run->playback.jump(run->document->index().start());
}
void App::perform(const intent::JumpToEnd& /*it*/) {
  if (OpenRun* run = current()) show_position(EventPosition{run->document->index().size() - 1});
}
void App::perform(const intent::TogglePlay& /*it*/) {
  if (OpenRun* run = current()) run->playback.toggle_play(*run->document);
}
void App::perform(const intent::SetSpeed& it) {
  if (OpenRun* run = current()) run->playback.set_speed(it.index);
}
void App::perform(const intent::Select& it) {
  selection_ = it.what;
}
void App::perform(const intent::SetLanguage& it) {
  settings_.language = it.language;
}
void App::perform(const intent::ToggleLanguage& /*it*/) {
  using exporting::Language;
  settings_.language =
      settings_.language == Language::English ? Language::Indonesian : Language::English;
}
void App::perform(const intent::SetTheme& it) {
  settings_.theme = it.theme;
}
void App::perform(const intent::ToggleTheme& /*it*/) {
  settings_.theme = settings_.theme == ThemeName::Light ? ThemeName::Dark : ThemeName::Light;
}
void App::perform(const intent::ChangeTextSize& it) {
  int& step = settings_.text_step;
  switch (it.change) {
    case intent::TextSize::Smaller: step = std::max(step - 1, kSmallestTextStep); break;
    case intent::TextSize::Normal: step = 0; break;
    case intent::TextSize::Larger: step = std::min(step + 1, kLargestTextStep); break;
  }
}
void App::perform(const intent::ToggleReducedMotion& /*it*/) {
  const bool reduced = settings_.reduced_motion == ReducedMotion::Yes;
  settings_.reduced_motion = reduced ? ReducedMotion::No : ReducedMotion::Yes;
  note_ = language().text(reduced ? "note.motion_on" : "note.motion_off");
}
void App::perform(const intent::TogglePresentation& /*it*/) {
  mode_ = mode_ == Mode::Work ? Mode::Present : Mode::Work;
}
void App::perform(const intent::ToggleFullScreen& /*it*/) {
  full_screen_ = full_screen_ == FullScreen::No ? FullScreen::Yes : FullScreen::No;
}
void App::perform(const intent::ToggleKeysPage& /*it*/) {
  keys_shown_ = !keys_shown_;
}
void App::perform(const intent::Leave& /*it*/) {
  const auto leaves = [](const auto& panel) { return panel->leave(); };
  if (what_if_.is_open()) {
    what_if_.close();
  } else if (open_field_.is_open()) {
    open_field_.close();
  } else if (fork_work_ || modes_work_) {
    fork_work_.reset();
    modes_work_.reset();
    note_ = language().text("note.fork_stopped");
  } else if (keys_shown_) {
    keys_shown_ = false;
  } else if (side_by_side_) {
    side_by_side_.reset();
  } else if (std::any_of(panels_.begin(), panels_.end(), leaves)) {
    return;
  } else if (mode_ == Mode::Present) {
    mode_ = Mode::Work;
  } else if (full_screen_ == FullScreen::Yes) {
    full_screen_ = FullScreen::No;
  } else {
    selection_ = {};
    note_.clear();
  }
}
// Where the transcript cannot be seen, it has to come first.
void App::perform(const intent::FindText& it) {
  mode_ = Mode::Work;
  settings_.panels["transcript"].folded = Folded::No;
  for (const auto& panel : panels_) panel->handle(it);
}
void App::perform(const intent::FoldPanel& it) {
  settings_.panels[it.panel].folded = it.folded;
}
void App::perform(const intent::ResizeDocks& it) {
  settings_.right_share = std::clamp(it.right_share, 0.1F, 0.6F);
  settings_.bottom_share = std::clamp(it.bottom_share, 0.1F, 0.7F);
}
void App::perform(const intent::ResizePanel& it) {
  settings_.panels[it.panel].weight = std::clamp(it.weight, 0.1F, 10.0F);
}

void App::perform(const intent::CopyText& it) {
  ImGui::SetClipboardText(it.text.c_str());
  note_ = language().format("note.copied", it.lines);
}

void App::set_window_size(int width, int height) {
  settings_.window_width = width;
  settings_.window_height = height;
}

// ---- What is shown ---------------------------------------------------------------------------

void App::look() {
  const OpenRun* run = current();
  if (run == nullptr) return;
  const EventPosition position = run->playback.position();
  view_.look(*run->document, position);
  stage_.look(
      {run->document->journal(), run->document->index(), view_.after(), position, language()},
      *run->document, view_.version(), run->playback);
  if (told_version_ == view_.version() && told_language_ == settings_.language) return;
  told_version_ = view_.version();
  told_language_ = settings_.language;
  caption_.clear();
  skipped_ = {};
  if (position == kNoEvent) return;
  const journal::Event& event = run->document->journal()[position];
  if (position == run->document->index().start()) {
    caption_ = language().text("stage.at_start");
    return;
  }
  caption_ = exporting::caption({event, view_.before(), view_.after()}, settings_.language);
  const auto earlier = run->document->index().told().previous(position);
  if (earlier) skipped_ = event.time - run->document->journal()[*earlier].time;
}

Workspace App::workspace(float width, float height, float em) const {
  return lay_out_workspace({width, height, em, mode_, settings_.right_share, settings_.bottom_share,
                            docked(panels_, settings_, Dock::Right),
                            docked(panels_, settings_, Dock::Bottom)});
}

FontSizes App::wanted_fonts(float width, float height, float scale) const {
  float px = std::round(kTextPixels * scale * text_factor(settings_.text_step));
  if (mode_ == Mode::Present) {
    px = std::max(px, std::round(kPresentPixels * height / kPresentLines));
    px = std::min(px, std::round(width / 40));
  }
  px = std::clamp(px, 9.0F, 120.0F);
  if (current() == nullptr) return {px, px};
  if (side_by_side_) return {px, side_by_side_text_px(width, height, px)};
  const Rect stage = workspace(width, height, px).stage;
  // On a large stage machines are drawn larger than the panels' text; on a crowded one, smaller.
  const float roomy = std::min(stage.w / kStageColumns, stage.h / kStageLines);
  const float preferred = mode_ == Mode::Present ? px : std::max(px, roomy);
  const Scene& scene = stage_.scene();
  return {px, stage_text_px(scene.plan, stage, head_style(mode_, scene), preferred)};
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
  if (const OpenRun* run = current()) {
    const UiFrame frame{*run->document, view_.after(), view_.before(), view_.version(),
                        run->playback,  selection_,    settings_,      theme,
                        fonts,          language(),    mode_,          caption_,
                        skipped_};
    const Workspace space = workspace(size.x, size.y, frame.em());
    if (side_by_side_) {
      draw_side_by_side({*side_by_side_, settings_, theme, fonts, language(), mode_}, intents_);
    } else {
      draw_run(frame, space);
    }
    draw_note(frame, space);
    ImGui::End();
    if (keys_shown_) draw_keys_page(frame, intents_);
    what_if_.draw(frame, intents_);
    open_field_.draw(frame, intents_);
  } else {
    draw_welcome({theme, fonts, language()}, lessons_, note_, intents_);
    ImGui::End();
  }
}

void App::draw_run(const UiFrame& frame, const Workspace& space) {
  if (mode_ == Mode::Work) {
    draw_top_bar(frame, space.top_bar, {lessons_, runs_, shown_}, intents_);
    draw_docks(frame, space);
  }
  draw_card(frame, space.stage);
  stage_.draw(frame, space.stage, intents_);
  draw_caption(frame, space.caption);
  draw_card(frame, space.transport);
  transport_.draw(frame, space.transport, intents_);
}

void App::draw_docks(const UiFrame& frame, const Workspace& space) {
  auto right = space.right.begin();
  auto bottom = space.bottom.begin();
  for (const auto& panel : panels_) {
    const Rect& place = panel->dock() == Dock::Right ? *right++ : *bottom++;
    draw_panel(frame, *panel, place, intents_);
  }
  draw_splitters(frame, space, panels_, intents_);
}

void App::draw_note(const UiFrame& frame, const Workspace& space) {
  if (note_.empty()) return;
  ImFont* font = frame.font(Face::Body);
  const float em = frame.em();
  const std::string text = safe_fitted(note_, font, space.stage.w - em * 3);
  const float width = text_size(text, font).x + em * 1.6F;
  const Rect place{space.stage.center().x - width / 2, space.stage.bottom() - em * 2.6F, width,
                   em * 2};
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  list.AddRectFilled(place.min(), place.max(), paint(frame.theme.ink), em * 0.4F);
  draw_text(list, font, {place.center().x, place.center().y - font->FontSize / 2},
            frame.theme.paper, text, Align::Center);
}

}  // namespace mailwalk::gui
