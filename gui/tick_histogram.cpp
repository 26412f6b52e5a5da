#include "gui/tick_histogram.hpp"

#include <variant>

#include "base/one_of.hpp"
#include "journal/mailbox_effects.hpp"

namespace mailwalk::gui {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words and nothing else

Tick of(Protocol protocol) {
  return protocol == Protocol::Smtp ? Tick::Smtp : Tick::Pop3;
}

}  // namespace

Tick tick_of(const Event& event) {
  return std::visit(
      [](const auto& payload) {
        using P = std::decay_t<decltype(payload)>;
        if constexpr (is_one_of<P, CommandSent, CommandReceived>) {
          return of(protocol_of(payload.verb));
        } else if constexpr (is_one_of<P, ReplySent, ReplyReceived>) {
          return journal::is_refusal(payload.code) ? Tick::Fault : of(payload.protocol);
        } else if constexpr (is_one_of<P, ContentSent, ContentReceived>) {
          return Tick::Smtp;
        } else if constexpr (is_one_of<P, DatagramSent, NameLookedUp>) {
          return Tick::Names;
        } else if constexpr (is_one_of<P, PersonActed, PollStarted, LetterRead, LetterRemoved>) {
          return Tick::Person;
        } else if constexpr (is_one_of<P, FaultInjected, ConnectionFailed, ConnectionReset,
                                       BytesLost, DatagramLost, TlsBroken>) {
          return Tick::Fault;
        } else {
          return kIsMailboxEffect<P> ? Tick::Effect : Tick::Quiet;
        }
      },
      event.payload);
}

void TickHistogram::add(const Event& event) {
  if (kinds_.size() % kEventsPerSum == 0) sums_.push_back(total_);
  kinds_.push_back(tick_of(event));
  ++total_[static_cast<std::size_t>(kinds_.back())];
}

TickCounts TickHistogram::before(std::uint64_t position) const {
  if (position == kinds_.size()) return total_;
  const std::uint64_t sum = position / kEventsPerSum;
  TickCounts counts = sums_[sum];
  for (std::uint64_t i = sum * kEventsPerSum; i < position; ++i) {
    ++counts[static_cast<std::size_t>(kinds_[i])];
  }
  return counts;
}

TickCounts TickHistogram::count(std::uint64_t begin, std::uint64_t end) const {
  TickCounts counts = before(end);
  const TickCounts earlier = before(begin);
  for (std::size_t i = 0; i < kTickKinds; ++i) counts[i] -= earlier[i];
  return counts;
}

}  // namespace mailwalk::gui
