// What the app does with a lesson that is served on real TCP.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "gui/app.hpp"
#include "gui/trouble_words.hpp"
#include "world/problems.hpp"

namespace mailwalk::gui {
namespace {

// Who is further behind than this does not see every step on the way.
constexpr std::size_t kMostStepsBehind = 200;
// The further behind, the faster: so many steps behind is twice as fast.
constexpr double kStepsForTwice = 3;

std::size_t steps_ahead(const Course& course, EventPosition from) {
  const std::vector<EventPosition>& told = course.telling().told().all();
  if (from == kNoEvent) return told.size();
  return static_cast<std::size_t>(told.end() - std::upper_bound(told.begin(), told.end(), from));
}

bool is_same_wish(const Intent& one, const Intent& other) {
  const auto* file = std::get_if<intent::OpenFile>(&one);
  const auto* other_file = std::get_if<intent::OpenFile>(&other);
  if (file != nullptr && other_file != nullptr) return file->named == other_file->named;
  return one.index() == other.index();
}

}  // namespace

// ---- Beginning and ending ----------------------------------------------------------------------

Done App::go_live(std::string_view lesson, net::TcpOptions options, std::uint64_t most_events) {
  if (live_) return world::make_error("a lesson is live already", "end it first");
  auto live = Live::begin(lesson, std::move(options), most_events);
  if (!live) return live.error();
  live_ = std::move(*live);
  show(live_->document());
  runs_.front().is_only_copy = true;
  following_ = Following::Newest;
  call_page_.open();
  return done();
}

void App::perform(const intent::ToggleLive& /*it*/) {
  if (live_) {
    live_->end();
    return;
  }
  if (current() == nullptr || is_working()) return;
  const Done gone = go_live(current()->document->text().named, {});
  // What an earlier try met with holds no longer.
  note_ = gone ? std::string()
               : why_not_live(current()->document->text().named, gone.error(), language());
}

void App::perform(const intent::ToggleCallPage& /*it*/) {
  if (call_page_.close()) return;
  if (is_live()) return call_page_.open();
  if (current() != nullptr) note_ = language().text("note.not_live");
}

void App::end_live() {
  if (live_) live_->end_now();
  live_.reset();
}

// In words; empty: nothing is lost.
std::string App::loss_by(const Intent& intent) const {
  const bool opens = std::holds_alternative<intent::OpenFile>(intent);
  if (!opens && !std::holds_alternative<intent::ToggleLive>(intent)) return {};
  if (is_live() && live_->phase() == Live::Phase::Serving) {
    if (opens) return std::string(language().text("note.sure_open"));
    const std::size_t visitors = live_->visitors();
    return visitors > 0 ? language().format("note.sure_end", visitors) : "";
  }
  if (!opens && live_) return {};  // it is being ended
  if (runs_.size() > 1) {
    return language().format(opens ? "note.sure_close" : "note.sure_serve", runs_.size() - 1);
  }
  const bool loses_run = current() != nullptr && current()->is_only_copy;
  return loses_run ? std::string(language().text("note.sure_unsaved")) : "";
}

bool App::asks_first(const Intent& intent) {
  // To look for the file again, or to keep the run first, is no change of mind.
  const bool goes_on = std::holds_alternative<intent::AskForFile>(intent) ||
                       std::holds_alternative<intent::SaveRecording>(intent);
  if (goes_on) return false;
  const std::optional<Intent> asked = std::exchange(unsure_, std::nullopt);
  if (asked && is_same_wish(*asked, intent)) return false;
  std::string loss = loss_by(intent);
  if (loss.empty()) return false;
  note_ = std::move(loss);
  unsure_ = intent;
  return true;
}

// ---- While it is live --------------------------------------------------------------------------

bool App::is_live() const {
  return live_ && document() == live_->document().get();
}

// What came from outside came once.
bool App::refuse_while_live() {
  if (is_live()) note_ = language().text("note.live_no_change");
  return is_live();
}

bool App::listen() {
  if (!live_) return false;
  const bool is_new = live_->advance(TimeSlice());
  if (live_->phase() != Live::Phase::Over) return is_new;
  if (is_live() && following_ == Following::Newest) {
    current()->playback.jump(EventPosition{document()->index().size() - 1});
  }
  const Error* trouble = live_->trouble();
  // Who has opened something else meanwhile looks at another run.
  const char* over = !is_live()         ? "note.live_ended"
                     : live_->is_full() ? "note.live_full"
                                        : "note.live_over";
  note_ = trouble == nullptr ? std::string(language().text(over))
                             : language().format("note.live_broke", trouble->text());
  call_page_.close();
  live_.reset();
  return true;
}

std::optional<LiveStatus> App::live_status() const {
  if (!is_live()) return std::nullopt;
  const Playback& playback = *this->playback();
  const std::uint64_t seen = playback.furthest() == kNoEvent ? 0 : playback.furthest().value() + 1;
  const std::uint64_t events = document()->index().size();
  return LiveStatus{live_->phase(), following_, events - std::min(seen, events)};
}

// There is more than is shown.
bool App::follows_behind() const {
  if (!is_live() || following_ != Following::Newest || side_by_side_) return false;
  const EventPosition newest{document()->index().size() - 1};
  return playback()->motion().has_value() || playback()->position() != newest;
}

void App::follow_live(double seconds) {
  OpenRun& run = *current();
  const Document& document = *run.document;
  if (document.index().size() == 0) return;
  const Course seen(document, sight_);
  const std::size_t behind = steps_ahead(seen, run.playback.position());
  const EventPosition newest{document.index().size() - 1};
  if (behind > kMostStepsBehind) run.playback.jump(newest);
  const double hurry = 1 + static_cast<double>(behind) / kStepsForTwice;
  run.playback.pass(seconds * hurry, seen, motion_style());
  if (run.playback.motion()) return;
  const bool stepped = run.playback.step(seen, Stride::Told, Direction::Forward, motion_style());
  if (!stepped && run.playback.position() != newest) run.playback.jump(newest);
}

}  // namespace mailwalk::gui
