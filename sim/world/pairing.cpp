#include "world/pairing.hpp"

#include <deque>
#include <unordered_map>
#include <variant>

#include "journal/event_codec.hpp"
#include "world/event_descent.hpp"

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

Pairing::Pairing(const Journal& left, const Journal& right)
    : right_of_(left.size(), kNoEvent), left_of_(right.size(), kNoEvent) {
  std::unordered_map<std::uint64_t, std::deque<EventPosition>> waiting;  // only ever asked for one
  const std::vector<std::uint64_t> on_right = descents(right);
  for (std::uint64_t i = 0; i < on_right.size(); ++i) {
    waiting[on_right[i]].push_back(EventPosition{i});
  }
  const std::vector<std::uint64_t> on_left = descents(left);
  for (std::uint64_t i = 0; i < on_left.size(); ++i) {
    const auto found = waiting.find(on_left[i]);
    if (found == waiting.end() || found->second.empty()) continue;
    right_of_[i] = found->second.front();
    left_of_[found->second.front().value()] = EventPosition{i};
    found->second.pop_front();
  }
  merge(left, right);
}

std::optional<EventPosition> Pairing::right_of(EventPosition left) const {
  return partner(right_of_, left);
}

std::optional<EventPosition> Pairing::left_of(EventPosition right) const {
  return partner(left_of_, right);
}

// Both runs are walked at once. An event waits for its partner as long as what stands before the
// partner has none itself; where partners cross, the side with the shorter way goes ahead.
void Pairing::merge(const Journal& left, const Journal& right) {
  std::uint64_t l = 0;
  std::uint64_t r = 0;
  steps_.reserve(left.size());
  while (l < left.size() || r < right.size()) {
    const EventPosition here = l < left.size() ? right_of_[l] : kNoEvent;
    const EventPosition there = r < right.size() ? left_of_[r] : kNoEvent;
    const bool left_waits = here != kNoEvent && here.value() >= r;
    const bool right_waits = there != kNoEvent && there.value() >= l;
    if (left_waits && here.value() == r) {
      const bool same = tell_the_same(left[EventPosition{l}], right[EventPosition{r}]);
      steps_.push_back({++l, ++r, same ? Likeness::Same : Likeness::Differs});
    } else if (l < left.size() && (!left_waits || r == right.size() ||
                                   (right_waits && there.value() - l < here.value() - r))) {
      steps_.push_back({++l, r, Likeness::OnlyLeft});
    } else {
      steps_.push_back({l, ++r, Likeness::OnlyRight});
    }
  }
}

}  // namespace mailwalk::world
