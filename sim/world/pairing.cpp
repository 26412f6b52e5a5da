#include "world/pairing.hpp"

#include <variant>

#include "journal/event_codec.hpp"

namespace mailwalk::world {
namespace {

using journal::Event;
using journal::Journal;

// Positions differ wherever something more happened before, and say nothing to people.
struct ForgetPositions {
  void operator()(const char* /*name*/, EventPosition& position) const { position = {}; }
  template <class T>
  void operator()(const char* /*name*/, T& /*stays*/) const {}
};

bool tell_the_same(const Event& left, const Event& right) {
  journal::Payload a = left.payload;
  journal::Payload b = right.payload;
  for (journal::Payload* payload : {&a, &b}) {
    std::visit([](auto& p) { p.fields(p, ForgetPositions{}); }, *payload);
  }
  return journal::encode_payload(a) == journal::encode_payload(b);
}

std::optional<EventPosition> partner(const std::vector<EventPosition>& partners, EventPosition of) {
  const EventPosition found = partners[of.value()];
  return found == kNoEvent ? std::nullopt : std::optional(found);
}

}  // namespace

Pairing::Pairing(const Journal& left, const Journal& right) {
  PairingWork work(left, right);
  while (work.step()) {
  }
  *this = work.take();
}

std::optional<EventPosition> Pairing::right_of(EventPosition left) const {
  return partner(right_of_, left);
}

std::optional<EventPosition> Pairing::left_of(EventPosition right) const {
  return partner(left_of_, right);
}

// ---- A piece at a time -------------------------------------------------------------------------

PairingWork::PairingWork(const Journal& left, const Journal& right)
    : left_(left),
      right_(right),
      left_events_(left.size()),
      right_events_(right.size()),
      pairing_(left_events_, right_events_) {}

bool PairingWork::step() {
  if (awaited_ < right_events_) {
    await_on_right();
  } else if (found_ < left_events_) {
    find_for_left();
  } else if (merged_left_ < left_events_ || merged_right_ < right_events_) {
    merge();
  } else {
    return false;
  }
  return true;
}

double PairingWork::progress() const {
  const std::uint64_t all = 2 * (left_events_ + right_events_);
  const std::uint64_t done = awaited_ + found_ + merged_left_ + merged_right_;
  return all == 0 ? 1 : static_cast<double>(done) / static_cast<double>(all);
}

void PairingWork::await_on_right() {
  const EventPosition event{awaited_++};
  next_.push_back(kNoEvent);
  const auto [found, is_first] =
      waiting_.try_emplace(on_right_.add(right_[event]), Waiting{event, event});
  if (is_first) return;
  next_[found->second.last.value()] = event;
  found->second.last = event;
}

void PairingWork::find_for_left() {
  const EventPosition event{found_++};
  const auto found = waiting_.find(on_left_.add(left_[event]));
  if (found == waiting_.end()) return;
  const EventPosition partner = found->second.first;
  pairing_.right_of_[event.value()] = partner;
  pairing_.left_of_[partner.value()] = event;
  found->second.first = next_[partner.value()];
  if (found->second.first == kNoEvent) waiting_.erase(found);
}

// Both runs are walked at once. An event waits for its partner as long as what stands before the
// partner has none itself; where partners cross, the side with the shorter way goes ahead.
void PairingWork::merge() {
  std::uint64_t& l = merged_left_;
  std::uint64_t& r = merged_right_;
  const EventPosition here = l < left_events_ ? pairing_.right_of_[l] : kNoEvent;
  const EventPosition there = r < right_events_ ? pairing_.left_of_[r] : kNoEvent;
  const bool left_waits = here != kNoEvent && here.value() >= r;
  const bool right_waits = there != kNoEvent && there.value() >= l;
  std::vector<PairedStep>& steps = pairing_.steps_;
  if (left_waits && here.value() == r) {
    const bool same = tell_the_same(left_[EventPosition{l}], right_[EventPosition{r}]);
    steps.push_back({++l, ++r, same ? Likeness::Same : Likeness::Differs});
  } else if (l < left_events_ && (!left_waits || r == right_events_ ||
                                  (right_waits && there.value() - l < here.value() - r))) {
    steps.push_back({++l, r, Likeness::OnlyLeft});
  } else {
    steps.push_back({l, ++r, Likeness::OnlyRight});
  }
}

}  // namespace mailwalk::world
