#include "gui/frame_pacer.hpp"

#include "tests/support/catch.hpp"

using namespace mailwalk::gui;  // NOLINT

TEST_CASE("when nothing moves and nothing comes in, no frame is drawn", "[gui][pacer]") {
  FramePacer pacer(60);
  double now = 1;
  while (!pacer.is_settled()) pacer.drew(now += 0.02);
  CHECK(pacer.next(Pace::Sleep, now).how == Wait::How::UntilEvent);
  CHECK(pacer.next(Pace::Sleep, now + 3'600).how == Wait::How::UntilEvent);
}

TEST_CASE("after input a few frames follow, then it sleeps again", "[gui][pacer]") {
  FramePacer pacer(60);
  while (!pacer.is_settled()) pacer.drew(1);
  const std::uint64_t before = pacer.frames();
  pacer.input();
  double now = 2;
  while (pacer.next(Pace::Sleep, now).how != Wait::How::UntilEvent) pacer.drew(now += 0.1);
  CHECK(pacer.frames() - before >= 2);
  CHECK(pacer.frames() - before <= 5);
}

TEST_CASE("while something moves, frames come at the screen's rate and no faster", "[gui][pacer]") {
  FramePacer pacer(50);
  pacer.drew(10);
  const Wait wait = pacer.next(Pace::Move, 10.005);
  CHECK(wait.how == Wait::How::Timeout);
  CHECK(wait.seconds == Approx(0.015));
  CHECK(pacer.next(Pace::Move, 10.021).how == Wait::How::Poll);
  // A clock that was set back must not make it wait for long.
  CHECK(pacer.next(Pace::Move, 5).seconds <= 0.02);
}
