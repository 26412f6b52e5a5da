#include "gui/playback.hpp"

#include <algorithm>

#include "journal/stops.hpp"
#include "journal/timeline.hpp"

namespace mailwalk::gui {
namespace {

// At 1x. What was under way arrives, and what is new sets out: slow enough to follow with the eye.
constexpr double kTravel_s = 0.55;
// Where nothing is on a line, only the place that changes is to be seen.
constexpr double kChange_s = 0.25;
// Between two steps while it plays: time to read a short line.
constexpr double kRest_s = 0.5;

std::optional<journal::Kind> kind_of_stop(Stride stride) {
  switch (stride) {
    case Stride::Told: return std::nullopt;
    case Stride::Event: return journal::Kind::Event;
    case Stride::Reply: return journal::Kind::Reply;
    case Stride::MailboxEffect: return journal::Kind::MailboxEffect;
  }
  return std::nullopt;
}

bool travels(const journal::Event& event) {
  return event.connection != kNoConnection ||
         journal::payload_if<journal::DatagramSent>(event) != nullptr ||
         journal::payload_if<journal::NameLookedUp>(event) != nullptr;
}

}  // namespace

double Motion::fraction() const {
  return duration_s <= 0 ? 1.0 : std::clamp(elapsed_s / duration_s, 0.0, 1.0);
}

std::optional<EventPosition> next_stop(const Course& course, EventPosition from, Stride stride,
                                       Direction direction) {
  const bool forward = direction == Direction::Forward;
  const Telling& telling = course.telling();
  const auto kind = kind_of_stop(stride);
  if (!kind) return forward ? telling.told().next(from) : telling.told().previous(from);
  journal::Timeline& timeline = course.document.timeline();
  const auto next = [&](EventPosition place) {
    return forward ? timeline.next(place, *kind) : timeline.previous(place, *kind);
  };
  auto found = next(from);
  // Nobody goes to the next reply where none can be seen.
  while (found && stride != Stride::Event && telling.hides(*found)) found = next(*found);
  return found;
}

void Playback::begin_motion(const Document& document, EventPosition to, MotionStyle style) {
  if (style == MotionStyle::Cut) return;
  const double duration = travels(document.journal()[to]) ? kTravel_s : kChange_s;
  motion_ = Motion{position_, to, 0, duration / std::min(kSpeeds[speed_], 2.0)};
}

bool Playback::go(const Course& course, Stride stride, Direction direction, MotionStyle style) {
  motion_.reset();
  const Document& document = course.document;
  const EventPosition start = document.index().start();
  auto to = next_stop(course, position_, stride, direction);
  const bool halts = direction == Direction::Forward && course.halt != kNoEvent &&
                     position_.value() + 1 <= course.halt.value() + 1 &&
                     (!to || *to >= course.halt);
  if (halts) {
    to = course.halt;
    playing_ = false;
  }
  // Before the first of its kind is the start, where the stage is set.
  const bool before_start = !to || start == kNoEvent || *to < start;
  if (direction == Direction::Back && before_start && position_ != start) to = start;
  if (!to || (direction == Direction::Back && position_ == start)) return false;
  if (*to == position_) return false;  // held by a gate
  if (direction == Direction::Forward) begin_motion(document, *to, style);
  stand_at(*to);
  rested_s_ = 0;
  return true;
}

bool Playback::step(const Course& course, Stride stride, Direction direction, MotionStyle style) {
  playing_ = false;
  return go(course, stride, direction, style);
}

void Playback::jump(EventPosition position) {
  playing_ = false;
  motion_.reset();
  stand_at(position);
}

// kNoEvent is the place before the first event, and the greatest number: one more is 0.
void Playback::stand_at(EventPosition position) {
  position_ = position;
  if (position.value() + 1 > furthest_.value() + 1) furthest_ = position;
}

void Playback::glide(const Document& document, EventPosition position, MotionStyle style) {
  const EventPosition from = position_;
  jump(position);
  if (from == kNoEvent || position == kNoEvent || position <= from) return;
  position_ = from;
  begin_motion(document, position, style);
  position_ = position;
}

void Playback::toggle_play(const Course& course) {
  playing_ =
      !playing_ && next_stop(course, position_, Stride::Told, Direction::Forward).has_value();
  rested_s_ = kRest_s;  // the first step comes at once
}

void Playback::set_speed(std::size_t index) {
  speed_ = std::min(index, kSpeeds.size() - 1);
}

void Playback::pass(double seconds, const Course& course, MotionStyle style) {
  if (motion_) {
    motion_->elapsed_s += seconds;
    if (motion_->elapsed_s >= motion_->duration_s) motion_.reset();
    return;
  }
  if (!playing_) return;
  rested_s_ += seconds;
  if (rested_s_ < kRest_s / kSpeeds[speed_]) return;
  if (!go(course, Stride::Told, Direction::Forward, style)) playing_ = false;
}

}  // namespace mailwalk::gui
