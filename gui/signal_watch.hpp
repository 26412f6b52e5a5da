// Ctrl+C in the terminal, or whoever ends programs: noticed, so that there is time for a good-bye.
#pragma once

#include <csignal>

namespace mailwalk::gui {

// From its beginning to its end, SIGINT and SIGTERM are noticed instead of ending the program. One
// at a time.
class SignalWatch {
 public:
  SignalWatch();
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  [[nodiscard]] static bool was_caught();

 private:
  struct sigaction interrupt_ {};
  struct sigaction terminate_ {};  // as they were before
};

}  // namespace mailwalk::gui
