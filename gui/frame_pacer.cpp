#include "gui/frame_pacer.hpp"

#include <algorithm>

namespace mailwalk::gui {
namespace {

// What a screen may claim, and what is drawn if it claims something else.
constexpr double kSlowest = 24;
constexpr double kFastest = 240;

}  // namespace

FramePacer::FramePacer(double frames_per_second)
    : frame_s_(1 / std::clamp(frames_per_second, kSlowest, kFastest)) {}

Wait FramePacer::next(Pace pace, double now_s) const {
  if (frames_owed_ > 0 || pace == Pace::Move) {
    const double left = last_s_ < 0 ? 0 : last_s_ + frame_s_ - now_s;
    if (left <= 0) return {Wait::How::Poll, 0};
    return {Wait::How::Timeout, std::min(left, frame_s_)};
  }
  if (pace == Pace::Listen) return {Wait::How::Timeout, kListen_s};
  if (pace == Pace::Blink) return {Wait::How::Timeout, kBlink_s};
  return {Wait::How::UntilEvent, 0};
}

void FramePacer::drew(double now_s) {
  last_s_ = now_s;
  ++frames_;
  frames_owed_ = std::max(frames_owed_ - 1, 0);
}

}  // namespace mailwalk::gui
