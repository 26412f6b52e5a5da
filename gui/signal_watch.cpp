#include "gui/signal_watch.hpp"

namespace mailwalk::gui {
namespace {

// A signal handler is given nothing but its number: what it notes down has to be known to all.
volatile std::sig_atomic_t caught_signal = 0;

void note_down(int signal) {
  caught_signal = signal;
}

}  // namespace

SignalWatch::SignalWatch() {
  caught_signal = 0;
  struct sigaction noting {};
  noting.sa_handler = note_down;
  sigemptyset(&noting.sa_mask);
  sigaction(SIGINT, &noting, &interrupt_);
  sigaction(SIGTERM, &noting, &terminate_);
}

SignalWatch::~SignalWatch() {
  sigaction(SIGINT, &interrupt_, nullptr);
  sigaction(SIGTERM, &terminate_, nullptr);
}

bool SignalWatch::was_caught() {
  return caught_signal != 0;
}

}  // namespace mailwalk::gui
