// When the next frame is drawn: at once after input, at the screen's rate while something moves,
// and otherwise not at all.
#pragma once

#include <cstdint>

namespace mailwalk::gui {

enum class Pace : std::uint8_t {
  Sleep,
  Blink,   // a text cursor does
  Listen,  // somebody may call at any time; a frame is drawn only when somebody has
  Move,
};

// How to wait for events before the next frame.
struct Wait {
  enum class How : std::uint8_t { Poll, Timeout, UntilEvent };
  How how = How::UntilEvent;
  double seconds = 0;  // of Timeout: above 0
};

class FramePacer {
 public:
  explicit FramePacer(double frames_per_second);

  // Something came in. Dear ImGui needs some frames until everything has found its place.
  void input() { frames_owed_ = kFramesAfterInput; }

  [[nodiscard]] Wait next(Pace pace, double now_s) const;
  // A frame was drawn.
  void drew(double now_s);
  [[nodiscard]] std::uint64_t frames() const { return frames_; }
  // Whether frames are still owed: the picture is not settled yet.
  [[nodiscard]] bool is_settled() const { return frames_owed_ == 0; }

 private:
  static constexpr int kFramesAfterInput = 3;
  static constexpr double kBlink_s = 0.5;
  // Nobody notices, and each look is a few microseconds.
  static constexpr double kListen_s = 0.02;

  double frame_s_;
  double last_s_ = -1;
  int frames_owed_ = kFramesAfterInput;
  std::uint64_t frames_ = 0;
};

}  // namespace mailwalk::gui
