// A lesson that is served on real TCP while the window shows what happens there.
//
// Nothing here waits: each frame lets happen what is due and takes in what has come. The window
// looks for that every few hundredths of a second, for as long as a lesson is live. A thread that
// only wakes it would spare those looks, which cost next to nothing, and bring along what threads
// bring along.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "export/text.hpp"
#include "gui/documents.hpp"
#include "gui/signal_watch.hpp"
#include "gui/time_slice.hpp"
#include "net/tcp_network.hpp"
#include "world/live_run.hpp"

namespace mailwalk::gui {

class Live {
 public:
  enum class Phase : std::uint8_t { Serving, SayingGoodBye, Over };

  // An error if there is no such lesson, or a server cannot be called.
  static Result<std::unique_ptr<Live>> begin(std::string_view lesson, net::TcpOptions options,
                                             std::uint64_t most_events = world::kMostEvents);

  // Grows. What happens after the end is no part of it.
  [[nodiscard]] const std::shared_ptr<Document>& document() const { return document_; }
  // True: the document has grown, or another phase has begun.
  bool advance(const TimeSlice& slice);
  void end();
  // Returns once it is over, after some seconds at most.
  void end_now();

  [[nodiscard]] Phase phase() const { return phase_; }
  // So many connections from programs outside stand now.
  [[nodiscard]] std::size_t visitors() const;
  // Why it is over, if nobody has asked for that.
  [[nodiscard]] const Error* trouble() const { return run_->trouble(); }
  // It ends because memory may hold no more of it.
  [[nodiscard]] bool is_full() const { return run_->is_full(); }
  // Whoever ends programs wants it to end: until it is over, it is only noticed.
  [[nodiscard]] bool signal_was_caught() const { return signals_ && SignalWatch::was_caught(); }
  // Every server with its addresses, and lines to copy; the same text for as long as it serves.
  [[nodiscard]] const std::string& how_to_call(exporting::Language language) const {
    return language == exporting::Language::English ? call_english_ : call_indonesian_;
  }

 private:
  Live(std::shared_ptr<world::LiveRun> run, DocumentText text);
  void hang_up();

  std::shared_ptr<world::LiveRun> run_;  // the document's journal keeps it alive as well
  std::shared_ptr<Document> document_;
  std::string call_english_, call_indonesian_;
  std::optional<SignalWatch> signals_;  // while it is not over
  Phase phase_ = Phase::Serving;
};

}  // namespace mailwalk::gui
