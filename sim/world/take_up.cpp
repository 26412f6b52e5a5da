// A run that was served goes on in another program, from its journal.
//
// The machines take up what they did event by event, without doing it again; then what the end of
// the program did to the network is told, as if the power had failed everywhere at once.
#include <utility>

#include "base/fingerprint.hpp"
#include "journal/event_codec.hpp"
#include "journal/reducer.hpp"
#include "world/director.hpp"
#include "world/handovers.hpp"
#include "world/problems.hpp"
#include "world/world.hpp"

namespace mailwalk::world {
namespace {

using journal::EndState;
using journal::Journal;

// Message-IDs have the second in them, where they do not have that of the real time.
VirtualTime next_second_after(VirtualTime time) {
  return VirtualTime{} + seconds((time - VirtualTime{}).us / seconds(1).us + 1);
}

std::uint64_t fingerprint_of_beginning(const Journal& journal, std::uint64_t events) {
  Fingerprint fingerprint;
  for (std::uint64_t i = 0; i < events; ++i) {
    add_to_fingerprint(journal[EventPosition{i}], fingerprint);
  }
  return fingerprint.value();
}

// ---- What was connected ----------------------------------------------------------------------

void lose_what_is_under_way(journal::Recorder& recorder, const journal::Connection& connection,
                            const journal::ConnectionEnd& from) {
  for (const auto& [sent, flight] : from.in_flight) {
    const auto size = static_cast<std::uint32_t>(flight.bytes.size()) - flight.arrived;
    recorder.record(from.node, connection.id, journal::BytesLost{sent, flight.arrived, size});
  }
}

void cut(journal::Recorder& recorder, const journal::Connection& connection) {
  lose_what_is_under_way(recorder, connection, connection.client);
  lose_what_is_under_way(recorder, connection, connection.server);
  if (connection.client.state == EndState::Calling) {
    recorder.record(connection.client.node, connection.id,
                    journal::ConnectionFailed{journal::ConnectFailure::Unreachable});
    return;
  }
  for (const journal::ConnectionEnd* end : {&connection.server, &connection.client}) {
    if (end->state != EndState::Open) continue;
    recorder.record(end->node, connection.id, journal::ConnectionReset{});
  }
}

// The session of the connection is over without QUIT: nothing is removed (RFC 1939 section 6).
void free_maildrops(journal::Recorder& recorder, const journal::Machine& machine) {
  for (const auto& [owner, maildrop] : machine.maildrops) {
    const ConnectionId holder = maildrop->lock_holder;
    if (holder == kNoConnection) continue;
    for (const auto& [arrival, letter] : maildrop->letters) {
      if (!letter.marked) continue;
      recorder.record(machine.id, holder, journal::LetterUnmarked{owner, letter.uid});
    }
    recorder.record(machine.id, holder, journal::MaildropUnlocked{owner});
  }
}

void cut_everything(journal::Recorder& recorder, const journal::WorldView& view) {
  for (const auto& [sent, datagram] : view.datagrams) {
    recorder.record(datagram.from, kNoConnection, journal::DatagramLost{sent});
  }
  for (const auto& [id, machine] : view.machines) free_maildrops(recorder, *machine);
  for (const auto& [id, connection] : view.connections) cut(recorder, *connection);
}

}  // namespace

// ----------------------------------------------------------------------------------------------

Done World::check_past(const Journal& past) const {
  const std::uint64_t stage = journal_.size();
  if (past.size() < stage ||
      fingerprint_of_beginning(past, stage) != fingerprint_of_beginning(journal_, stage)) {
    return make_error("this version sets another stage for the lesson than the one recorded",
                      "take it up with the version that recorded it, or start anew");
  }
  for (const journal::Event& event : past) {
    // Each has an event of its own with which it began.
    if (event.connection.value() > past.size() || event.node.value() > past.size()) {
      return make_error("its machines or connections cannot be right");
    }
  }
  return done();
}

void World::recall_take_up() {
  for (const Inhabitant& inhabitant : inhabitants_) {
    if (inhabitant.mailbox_server) inhabitant.mailbox_server->recall_take_up();
  }
}

void World::recall(const journal::Event& event) {
  if (journal::payload_if<journal::RunTakenUp>(event) != nullptr) recall_take_up();
  const Inhabitant* inhabitant = find(event.node);
  if (inhabitant == nullptr) return;
  if (inhabitant->mailbox_server) inhabitant->mailbox_server->recall(event);
  if (inhabitant->mta) inhabitant->mta->recall(event);
  if (inhabitant->user_agent) inhabitant->user_agent->recall(event);
  if (inhabitant->device) inhabitant->device->recall(event);
}

Done World::take_up(Journal past) {
  const Done sound = check_past(past);
  if (!sound) return sound;
  const journal::WorldView view = journal::view_at_end(past);
  const std::uint64_t stage = journal_.size();
  Handovers handovers;
  for (const journal::Event& event : past) {
    if (event.position.value() >= stage) recall(event);
    handovers.look_at(event);
  }
  const VirtualTime now = next_second_after(view.now);
  network_->take_up(past, now);
  journal_ = std::move(past);
  director_->pass_over(view.now);
  recorder_.set_moment(now, kNoEvent);
  const EventPosition taken_up = recorder_.record(kNoNode, kNoConnection, journal::RunTakenUp{});
  recall_take_up();
  const journal::Recorder::Because because(recorder_, taken_up);
  // No number that was drawn is drawn again.
  draw_from(scenario_.seed + journal_.size());
  cut_everything(recorder_, view);
  for (const Handover& handover : handovers.unheard()) {
    const Inhabitant* client = find(handover.client);
    if (client == nullptr) continue;
    const auto* queued = std::get_if<journal::QueueNumber>(&handover.mail);
    if (queued != nullptr && client->mta) client->mta->was_taken(*queued, handover.taken);
    const auto* composed = std::get_if<journal::OutboxId>(&handover.mail);
    if (composed != nullptr && client->user_agent) {
      client->user_agent->was_taken(*composed, handover.taken);
    }
  }
  for (const Inhabitant& inhabitant : inhabitants_) {
    if (inhabitant.mailbox_server) inhabitant.mailbox_server->go_on();
    if (inhabitant.mta) inhabitant.mta->go_on();
    if (inhabitant.user_agent) inhabitant.user_agent->go_on();
    if (inhabitant.device) inhabitant.device->go_on();
  }
  return done();
}

}  // namespace mailwalk::world
