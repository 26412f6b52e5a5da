#include "gui/app.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace mailwalk::gui {
namespace {

// Lessons, branches, sessions: lists that buttons open. ImGui keeps which.
bool any_list_is_open() {
  return ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
}
void close_lists() {
  ImGui::SetWindowFocus(static_cast<const char*>(nullptr));
}

// Where what a row tells of was sent, where it arrived, or where it was lost.
bool is_place_of_row(const RunRows& rows, EventPosition place) {
  const RowId id = rows.row_of(place);
  if (id == kNoRow) return false;
  const Row& row = rows[id];
  return row.at == place || row.arrived == place || row.lost == place;
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
  mouse_rests_at_ = ImGui::GetIO().MousePos;
  if (offers_.press(stroke, intents_) || keys_page_.press(stroke)) return;
  const Intent* intent = find_intent(stroke);
  if (intent != nullptr && reaches(*intent)) intents_.ask(*intent);
}

bool App::is_covered() const {
  return offers_.is_open() || keys_page_.is_open() || open_field_.is_open() ||
         call_page_.is_open() || any_list_is_open();
}

bool App::reaches(const Intent& intent) const {
  if (!is_covered() || is_for_whole_window(intent)) return true;
  // The key that opened the page closes it.
  return call_page_.is_open() && std::holds_alternative<intent::ToggleCallPage>(intent);
}

template <class I>
void App::apply(const I& it) {
  if constexpr (requires { perform(it); }) {
    perform(it);
  } else {
    for (const auto& panel : panels_) {
      if (shows(*panel)) panel->handle(it);
    }
  }
}

bool App::shows(const Panel& panel) const {
  return mode_ == Mode::Work && !side_by_side_ &&
         panel_setting(settings_, panel.key()).folded == Folded::No;
}

Course App::course() const {
  const OpenRun& run = *current();
  return {*run.document, sight_, run.gates.halt_after(*run.document, run.playback.position())};
}

// It asks once what moves has come to rest.
std::optional<OpenGate> App::gate() const {
  if (current() == nullptr || side_by_side_ || current()->playback.motion()) return std::nullopt;
  return current()->gates.open_at(*current()->document, current()->playback.position());
}

// Where a gate asks it stops nobody a second time, and its question is seen.
void App::meet_gate() {
  if (!gate()) return;
  const bool is_new =
      current()->gates.meet_all(*current()->document, current()->playback.position());
  if (is_new) settings_.panels["lesson"].folded = Folded::No;
}

void App::perform(const intent::AnswerGate& it) {
  const auto open = gate();
  const bool is_seen =
      mode_ == Mode::Present || panel_setting(settings_, "lesson").folded == Folded::No;
  if (!open || !is_seen || it.choice >= open->gate->answers.size()) return;
  current()->gates.answer(open->index, it.choice);
}

void App::pass(double seconds) {
  listen();
  if (is_live() && following_ == Following::Newest) {
    follow_live(seconds);
  } else if (OpenRun* run = current()) {
    run->document->catch_up();
    run->playback.pass(seconds, course(), motion_style());
  }
  for (const Intent& intent : intents_.take()) {
    if (perform_side_by_side(intent) || asks_first(intent)) continue;
    following_ = following_after(intent, following_);
    std::visit([this](const auto& it) { apply(it); }, intent);
  }
  go_on_with_work();
  meet_gate();
  if (side_by_side_) {
    side_by_side_->pass(seconds, motion_style());
    side_by_side_->look(language());
  }
  look();
}

bool App::is_moving() const {
  if (is_working() || follows_behind()) return true;
  if (side_by_side_) return side_by_side_->is_moving();
  if (current() == nullptr) return false;
  return current()->playback.is_moving() ||
         std::any_of(panels_.begin(), panels_.end(),
                     [this](const auto& panel) { return shows(*panel) && panel->is_working(); });
}

void App::perform(const intent::Step& it) {
  OpenRun* run = current();
  if (run == nullptr) return;
  note_.clear();
  const bool goes_on = it.direction == Direction::Forward;
  if (goes_on && gate() && run->gates.turn_to_next(*run->document, run->playback.position())) {
    return;
  }
  if (!run->playback.step(course(), it.stride, it.direction, motion_style())) tell_why_it_stays(it);
}
void App::tell_why_it_stays(const intent::Step& step) {
  if (gate() || is_live()) return;
  if (step.direction == Direction::Back) {
    note_ = language().text("note.at_start");
    return;
  }
  const bool goes_on =
      next_stop(course(), current()->playback.position(), Stride::Told, Direction::Forward)
          .has_value();
  note_ = language().text(goes_on ? "note.no_more_of_these" : "note.at_end");
}
EventPosition App::told_place(EventPosition place) const {
  const RunIndex& index = document()->index();
  const auto told = index.telling(sight_).told().at_or_before(place);
  const bool has_begun = told && (index.start() == kNoEvent || *told >= index.start());
  return has_begun ? *told : index.start();
}
// Whoever drags over the run comes to stand where steps stop.
void App::perform(const intent::JumpTo& it) {
  if (current() == nullptr) return;
  const RunRows& rows = document()->index().telling(sight_).rows();
  show_position(is_place_of_row(rows, it.position) ? it.position : told_place(it.position));
}
void App::perform(const intent::JumpToStart& /*it*/) {
  if (OpenRun* run = current()) run->playback.jump(run->document->index().start());
}
void App::perform(const intent::JumpToEnd& /*it*/) {
  const OpenRun* run = current();
  if (run == nullptr || run->document->index().size() == 0) return;
  const EventPosition last{run->document->index().size() - 1};
  // What is live goes on behind its last word; else it ends with it, as it does for who steps.
  show_position(is_live() ? last : told_place(last));
}
void App::perform(const intent::TogglePlay& /*it*/) {
  OpenRun* run = current();
  if (run == nullptr) return;
  const bool plays = run->playback.is_playing();
  run->playback.toggle_play(course());
  if (!plays && !run->playback.is_playing()) tell_why_it_stays({});
}
void App::perform(const intent::SetSpeed& it) {
  if (OpenRun* run = current()) run->playback.set_speed(it.index);
}
void App::perform(const intent::Select& it) {
  selection_ = it.what;
}
// Where panels cannot be seen, they have to come first.
void App::perform(const intent::ShowIn& it) {
  mode_ = Mode::Work;
  selection_ = it.what;
  settings_.panels[it.panel].folded = Folded::No;
  focus_.go_to(it.panel);
}
// What was told stays in the language in which it was told; so it goes, and the menu is made anew.
void App::perform(const intent::SetLanguage& it) {
  if (settings_.language == it.language) return;
  settings_.language = it.language;
  note_.clear();
  if (!offers_.is_open()) return;
  offers_.say_again(offers_for(offers_.offers().position, offers_.about()));
}
void App::perform(const intent::ToggleLanguage& /*it*/) {
  using exporting::Language;
  const bool is_english = settings_.language == Language::English;
  perform(intent::SetLanguage{is_english ? Language::Indonesian : Language::English});
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
void App::perform(const intent::ToggleSight& /*it*/) {
  const bool eavesdrops = sight_ == exporting::Sight::Eavesdropper;
  set_sight(eavesdrops ? exporting::Sight::Insider : exporting::Sight::Eavesdropper);
}
// The panels keep what they made of the rows, and there are others now. A line that is selected may
// be none of them; what else is selected stays.
void App::set_sight(exporting::Sight sight) {
  if (sight == sight_) return;
  sight_ = sight;
  if (std::holds_alternative<EventPosition>(selection_)) selection_ = {};
  panels_ = make_panels();
  note_.clear();
}
void App::perform(const intent::ToggleFullScreen& /*it*/) {
  full_screen_ = full_screen_ == FullScreen::No ? FullScreen::Yes : FullScreen::No;
}
void App::perform(const intent::ToggleKeysPage& /*it*/) {
  offers_.close();
  note_.clear();
  keys_page_.toggle();
}
void App::perform(const intent::Leave& /*it*/) {
  const auto leaves = [this](const auto& panel) { return shows(*panel) && panel->leave(); };
  if (any_list_is_open()) {
    close_lists();
  } else if (offers_.is_open()) {
    offers_.close();
  } else if (open_field_.is_open()) {
    open_field_.close();
  } else if (call_page_.close()) {
    return;
  } else if (is_working()) {
    work_ = {};
    note_ = language().text("note.stopped");
  } else if (keys_page_.close()) {
    return;
  } else if (side_by_side_) {
    side_by_side_.reset();
    note_.clear();
  } else if (std::any_of(panels_.begin(), panels_.end(), leaves)) {
    return;
  } else if (mode_ == Mode::Work && focus_.leave()) {
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
void App::perform(const intent::FocusPanel& it) {
  if (mode_ == Mode::Work) focus_.go(panels_, settings_, it.direction);
}
void App::perform(const intent::ScrollPanel& it) {
  focus_.scroll().ask(it.by, it.direction);
}
void App::perform(const intent::ResizeDocks& it) {
  settings_.right_share = std::clamp(it.right_share, 0.1F, 0.6F);
  settings_.bottom_share = std::clamp(it.bottom_share, 0.1F, 0.7F);
}
void App::perform(const intent::ResizePanel& it) {
  settings_.panels[it.panel].weight = std::clamp(it.weight, 0.1F, 10.0F);
}

void App::perform(const intent::CopyText& it) {
  if (it.lines == 0) {
    note_ = language().text("note.nothing_to_copy");
    return;
  }
  ImGui::SetClipboardText(it.text.c_str());
  const bool is_whole = it.extent == intent::Extent::Whole;
  note_ = language().format(is_whole ? "note.copied" : "note.copied_part", it.lines);
}

void App::set_window_size(int width, int height) {
  settings_.window_width = width;
  settings_.window_height = height;
}

}  // namespace mailwalk::gui
