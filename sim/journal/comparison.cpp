#include "journal/comparison.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "journal/event_codec.hpp"

namespace mailwalk::journal {

// ---- Events ----------------------------------------------------------------------------------

bool same_event(const Event& left, const Event& right) {
  return left.time == right.time && left.node == right.node &&
         left.connection == right.connection && left.cause == right.cause &&
         left.payload.index() == right.payload.index() &&
         encode_payload(left.payload) == encode_payload(right.payload);
}

Divergence find_divergence(const Journal& left, const Journal& right) {
  const std::uint64_t both = std::min(left.size(), right.size());
  for (std::uint64_t i = 0; i < both; ++i) {
    const EventPosition at{i};
    if (!same_event(left[at], right[at])) return {Parting::Differ, at};
  }
  if (left.size() == right.size()) return {};
  const Parting how = left.size() < right.size() ? Parting::LeftEnded : Parting::RightEnded;
  return {how, EventPosition{both}};
}

// ---- Letters ---------------------------------------------------------------------------------

namespace {

Bytes name_of(const WorldView& view, NodeId machine) {
  const Machine* found = view.machine(machine);
  return found == nullptr ? Bytes{} : found->name;
}

// Where a letter came from: the same for the same letter in both runs. A notice is known by the
// letter that it is about.
using Descent = std::string;

// The letters of a view by their descent and by how many had the same before.
std::map<Descent, LetterId> by_descent(const WorldView& view) {
  std::map<Descent, std::uint32_t> seen;
  std::map<LetterId, Descent> descents;
  std::map<Descent, LetterId> found;
  for (const auto& [id, letter] : view.letters) {
    Descent descent{name_of(view, letter->born_at).view()};
    descent += '/' + std::to_string(static_cast<int>(letter->origin));
    const auto about = descents.find(letter->about);
    if (about != descents.end()) descent += " about (" + about->second + ')';
    descent += '/' + std::to_string(++seen[descent]);
    descents[id] = descent;
    found[descent] = id;
  }
  return found;
}

}  // namespace

std::vector<LetterPair> pair_letters(const WorldView& left, const WorldView& right) {
  std::map<Descent, LetterId> on_right = by_descent(right);
  std::vector<LetterPair> pairs;
  for (const auto& [descent, letter] : by_descent(left)) {
    const auto partner = on_right.find(descent);
    pairs.push_back({letter, partner == on_right.end() ? kNoLetter : partner->second});
    if (partner != on_right.end()) on_right.erase(partner);
  }
  for (const auto& [descent, letter] : on_right) pairs.push_back({kNoLetter, letter});
  // kNoLetter is the greatest number: what only the right has comes last.
  std::sort(pairs.begin(), pairs.end(), [](const LetterPair& a, const LetterPair& b) {
    return std::pair(a.left, a.right) < std::pair(b.left, b.right);
  });
  return pairs;
}

// ---- How things stand ------------------------------------------------------------------------

namespace {

enum class Which : std::uint8_t { Left, Right };

// Something of one run in the terms of both: places of machines and letters in common lists.
class CommonTerms {
 public:
  CommonTerms(const WorldView& left, const WorldView& right)
      : left_(left), right_(right), letters_(pair_letters(left, right)) {
    for (const WorldView* view : {&left, &right}) {
      for (const auto& [id, machine] : view->machines) {
        if (std::find(machines_.begin(), machines_.end(), machine->name) == machines_.end()) {
          machines_.push_back(machine->name);
        }
      }
    }
    for (std::size_t i = 0; i < letters_.size(); ++i) {
      if (letters_[i].left != kNoLetter) of_left_[letters_[i].left] = i;
      if (letters_[i].right != kNoLetter) of_right_[letters_[i].right] = i;
    }
  }

  [[nodiscard]] const WorldView& view(Which which) const {
    return which == Which::Left ? left_ : right_;
  }
  // The place of a machine in the common list; the list's size if it is in neither.
  [[nodiscard]] std::size_t place_of(Which which, NodeId machine) const {
    const auto found = std::find(machines_.begin(), machines_.end(), name_of(view(which), machine));
    return static_cast<std::size_t>(found - machines_.begin());
  }
  [[nodiscard]] std::size_t place_of(Which which, LetterId letter) const {
    const auto& places = which == Which::Left ? of_left_ : of_right_;
    const auto found = places.find(letter);
    return found == places.end() ? letters_.size() : found->second;
  }
  [[nodiscard]] Bytes machine(std::size_t place) const {
    return place < machines_.size() ? machines_[place] : Bytes{};
  }
  [[nodiscard]] LetterPair letter(std::size_t place) const {
    return place < letters_.size() ? letters_[place] : LetterPair{};
  }

 private:
  const WorldView& left_;
  const WorldView& right_;
  std::vector<LetterPair> letters_;
  std::map<LetterId, std::size_t> of_left_, of_right_;
  std::vector<Bytes> machines_;
};

// What both runs hold under one key; a side that holds nothing has an empty value.
template <class Key, class Value>
struct BothSides {
  std::map<Key, std::pair<Value, Value>> all;

  Value& at(Which which, Key key) {
    std::pair<Value, Value>& both = all[std::move(key)];
    return which == Which::Left ? both.first : both.second;
  }
};

// Calls `look` for both runs, then `tell` for each key under which they differ.
template <class Key, class Value, class Look, class Tell>
void each_difference(Look look, Tell tell) {
  BothSides<Key, Value> sides;
  look(Which::Left, sides);
  look(Which::Right, sides);
  for (auto& [key, both] : sides.all) {
    if (both.first != both.second) tell(key, std::move(both.first), std::move(both.second));
  }
}

std::vector<CopiesDiffer> compare_copies(const CommonTerms& terms) {
  using Key = std::tuple<std::size_t, std::size_t, Place, std::string>;
  using Standings = std::vector<Standing>;
  std::vector<CopiesDiffer> differences;
  each_difference<Key, Standings>(
      [&](Which which, auto& sides) {
        for (const auto& [id, copy] : terms.view(which).copies) {
          Standings& standings = sides.at(
              which, Key{terms.place_of(which, copy.machine), terms.place_of(which, id.letter),
                         copy.place, std::string(copy.owner.view())});
          standings.insert(std::upper_bound(standings.begin(), standings.end(), copy.standing),
                           copy.standing);
        }
      },
      [&](const Key& key, Standings left, Standings right) {
        const auto& [machine, letter, place, owner] = key;
        differences.push_back({terms.letter(letter), terms.machine(machine), place, Bytes(owner),
                               std::move(left), std::move(right)});
      });
  return differences;
}

using Size = std::optional<std::uint64_t>;
using SizeKey = std::pair<std::size_t, std::string>;

template <class Look>
std::vector<SizesDiffer> compare_sizes(const CommonTerms& terms, Look look) {
  std::vector<SizesDiffer> differences;
  each_difference<SizeKey, Size>(
      [&](Which which, auto& sides) {
        for (const auto& [id, machine] : terms.view(which).machines) {
          look(*machine, [&, place = terms.place_of(which, id)](const Bytes& owner, Size bytes) {
            sides.at(which, SizeKey{place, owner.view()}) = bytes;
          });
        }
      },
      [&](const SizeKey& key, Size left, Size right) {
        differences.push_back({terms.machine(key.first), Bytes(key.second), left, right});
      });
  return differences;
}

std::vector<SizesDiffer> compare_maildrops(const CommonTerms& terms) {
  return compare_sizes(terms, [](const Machine& machine, const auto& found) {
    for (const auto& [owner, drop] : machine.maildrops) found(owner, drop->used_bytes);
  });
}

std::vector<SizesDiffer> compare_devices(const CommonTerms& terms) {
  return compare_sizes(terms, [](const Machine& machine, const auto& found) {
    if (has_role(machine.roles, Role::Device)) found(Bytes{}, machine.used_bytes);
  });
}

std::vector<ReadMarksDiffer> compare_read_marks(const CommonTerms& terms) {
  using Key = std::pair<std::size_t, std::size_t>;
  std::vector<ReadMarksDiffer> differences;
  each_difference<Key, std::uint32_t>(
      [&](Which which, auto& sides) {
        for (const auto& [id, machine] : terms.view(which).machines) {
          for (const auto& [number, letter] : machine->letters) {
            if (!letter.read) continue;
            ++sides.at(which,
                       Key{terms.place_of(which, id), terms.place_of(which, letter.copy.letter)});
          }
        }
      },
      [&](const Key& key, std::uint32_t left, std::uint32_t right) {
        differences.push_back({terms.letter(key.second), terms.machine(key.first), left, right});
      });
  return differences;
}

Waiting waiting(const OutboxMail& mail) {
  return {static_cast<std::uint32_t>(mail.pending.size()), 0, mail.next_try};
}

Waiting waiting(const QueuedMail& mail) {
  const auto open = std::count_if(
      mail.recipients.begin(), mail.recipients.end(), [](const QueuedRecipient& recipient) {
        return !recipient.outcome || *recipient.outcome == Outcome::Deferred;
      });
  return {static_cast<std::uint32_t>(open), mail.attempts, mail.next_try};
}

std::vector<WaitingDiffers> compare_waiting(const CommonTerms& terms) {
  using Key = std::tuple<std::size_t, Place, std::size_t>;
  std::vector<WaitingDiffers> differences;
  each_difference<Key, std::optional<Waiting>>(
      [&](Which which, auto& sides) {
        for (const auto& [id, machine] : terms.view(which).machines) {
          const std::size_t place = terms.place_of(which, id);
          for (const auto& [number, mail] : machine->outbox) {
            sides.at(which, Key{place, Place::Outbox, terms.place_of(which, mail->copy.letter)}) =
                waiting(*mail);
          }
          for (const auto& [number, mail] : machine->queue) {
            sides.at(which, Key{place, Place::Queue, terms.place_of(which, mail->copy.letter)}) =
                waiting(*mail);
          }
        }
      },
      [&](const Key& key, std::optional<Waiting> left, std::optional<Waiting> right) {
        const auto& [machine, place, letter] = key;
        differences.push_back({terms.letter(letter), terms.machine(machine), place, left, right});
      });
  return differences;
}

}  // namespace

ViewDifferences compare_views(const WorldView& left, const WorldView& right) {
  const CommonTerms terms(left, right);
  return {compare_copies(terms), compare_maildrops(terms), compare_devices(terms),
          compare_read_marks(terms), compare_waiting(terms)};
}

}  // namespace mailwalk::journal
