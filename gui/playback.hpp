// Where in the run a person stands, how it goes on, and what moves between two positions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/ids.hpp"
#include "export/text.hpp"
#include "gui/documents.hpp"

namespace mailwalk::gui {

// What a step goes to: the next event that tells a person something, or the next of one kind.
enum class Stride : std::uint8_t { Told, Event, Reply, MailboxEffect };
enum class Direction : std::uint8_t { Forward, Back };
enum class MotionStyle : std::uint8_t { Travel, Cut };  // Cut: who prefers reduced motion

inline constexpr std::array<double, 6> kSpeeds{0.25, 0.5, 1.0, 2.0, 4.0, 8.0};
inline constexpr std::size_t kNormalSpeed = 2;

// From one position to another, while it is played.
struct Motion {
  EventPosition from, to;
  double elapsed_s = 0;
  double duration_s = 0;
  [[nodiscard]] double fraction() const;  // 0 to 1
};

// What the steps go by: the run, and how much of it somebody sees.
struct Course {
  Course(const Document& run, exporting::Sight seen = exporting::Sight::Insider,  // NOLINT
         EventPosition halts_at = kNoEvent)
      : document(run), sight(seen), halt(halts_at) {}

  [[nodiscard]] const Telling& telling() const { return document.index().telling(sight); }

  const Document& document;
  exporting::Sight sight;
  EventPosition halt;  // no step goes further, and playing ends there; kNoEvent: nothing is there
};

// Where a stride from a position ends; nullopt: there is nothing to go to.
std::optional<EventPosition> next_stop(const Course& course, EventPosition from, Stride stride,
                                       Direction direction);

class Playback {
 public:
  // At the start of this run, paused.
  explicit Playback(EventPosition start) : position_(start), furthest_(start) {}

  [[nodiscard]] EventPosition position() const { return position_; }
  // As far as anybody has been: what happened up to there is no secret any more.
  [[nodiscard]] EventPosition furthest() const { return furthest_; }
  [[nodiscard]] bool is_playing() const { return playing_; }
  [[nodiscard]] std::size_t speed() const { return speed_; }  // index into kSpeeds
  // What moves now; nullopt if nothing does.
  [[nodiscard]] const std::optional<Motion>& motion() const { return motion_; }
  // Whether it changes with time alone.
  [[nodiscard]] bool is_moving() const { return playing_ || motion_.has_value(); }

  // False: there is nothing to step to. A step forward plays its motion, and ends one that is still
  // going on; a step back is there at once. Stops playing.
  bool step(const Course& course, Stride stride, Direction direction, MotionStyle style);
  void jump(EventPosition position);
  // The same, but what happens on the way is played.
  void glide(const Document& document, EventPosition position, MotionStyle style);
  void toggle_play(const Course& course);
  void set_speed(std::size_t index);

  // So much real time has passed: motions go on, and where it plays the next step is taken.
  void pass(double seconds, const Course& course, MotionStyle style);

 private:
  void begin_motion(const Document& document, EventPosition to, MotionStyle style);
  bool go(const Course& course, Stride stride, Direction direction, MotionStyle style);
  void stand_at(EventPosition position);

  EventPosition position_;
  EventPosition furthest_;
  std::optional<Motion> motion_;
  bool playing_ = false;
  double rested_s_ = 0;  // since the last motion ended, while it plays
  std::size_t speed_ = kNormalSpeed;
};

}  // namespace mailwalk::gui
