#include "export/letter_of.hpp"

#include <variant>

namespace mailwalk::exporting {
namespace {

using journal::kNoLetter;
using journal::LetterId;
using journal::Machine;
using journal::WorldView;

// The letter in one view; what an event takes away is only in the view before it.
class Finder {
 public:
  Finder(const WorldView& view, NodeId node) : view_(view), node_(node) {}

  template <class Payload>
  LetterId operator()(const Payload& payload) const {
    if constexpr (requires { payload.outbox; }) {
      const Machine* machine = view_.machine(node_);
      const auto* mail = machine != nullptr ? machine->outbox.find(payload.outbox) : nullptr;
      return mail != nullptr ? (*mail)->copy.letter : kNoLetter;
    } else if constexpr (requires {
                           payload.owner;
                           payload.uid;
                         }) {
      const auto* maildrop = view_.maildrop(node_, payload.owner);
      const auto* letter = maildrop != nullptr ? maildrop->find(payload.uid) : nullptr;
      return letter != nullptr ? letter->copy.letter : kNoLetter;
    } else if constexpr (requires { payload.queue; }) {
      const Machine* machine = view_.machine(node_);
      const auto* mail = machine != nullptr ? machine->queue.find(payload.queue) : nullptr;
      return mail != nullptr ? (*mail)->copy.letter : kNoLetter;
    } else if constexpr (requires { payload.letter; }) {
      const Machine* machine = view_.machine(node_);
      const auto* letter = machine != nullptr ? machine->letters.find(payload.letter) : nullptr;
      return letter != nullptr ? letter->copy.letter : kNoLetter;
    } else {
      return kNoLetter;
    }
  }

 private:
  const WorldView& view_;
  NodeId node_;
};

}  // namespace

LetterId letter_of(const Happened& happened) {
  const NodeId node = happened.event.node;
  const LetterId found = std::visit(Finder(happened.after, node), happened.event.payload);
  if (found != kNoLetter) return found;
  return std::visit(Finder(happened.before, node), happened.event.payload);
}

std::string name_of_letter(LetterId letter, const WorldView& view) {
  const journal::Letter* found = view.letter(letter);
  return found != nullptr ? journal::letter_name(found->number) : "?";
}

}  // namespace mailwalk::exporting
