#include "cli/undelivered.hpp"

namespace mailwalk::cli {
namespace {

// How many recipients this event gives up.
std::uint64_t failures_in(const journal::Event& event) {
  if (const auto* settled = journal::payload_if<journal::RecipientSettled>(event)) {
    const bool given_up = settled->outcome == journal::Outcome::Failed ||
                          settled->outcome == journal::Outcome::Expired;
    return given_up ? 1 : 0;
  }
  if (const auto* refused = journal::payload_if<journal::MailRefused>(event)) {
    return refused->recipients.size();
  }
  return 0;
}

}  // namespace

Undelivered count_undelivered(const journal::Journal& journal, const journal::WorldView& view) {
  Undelivered undelivered;
  for (const journal::Event& event : journal) undelivered.failed += failures_in(event);
  for (const auto& [id, machine] : view.machines) {
    undelivered.waiting += machine->queue.size();
    for (const auto& [number, mail] : machine->outbox) {
      if (mail->state != journal::OutboxState::Refused) ++undelivered.waiting;
    }
  }
  return undelivered;
}

}  // namespace mailwalk::cli
