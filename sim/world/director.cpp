#include "world/director.hpp"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>
#include <variant>

#include "mail/address.hpp"
#include "mail/message.hpp"
#include "world/world.hpp"

namespace mailwalk::world {
namespace {

using journal::Act;
using journal::Fault;
using journal::FaultInjected;

std::vector<mail::Mailbox> mailboxes(const std::vector<std::string>& addresses) {
  std::vector<mail::Mailbox> list;
  for (const std::string& address : addresses) {
    if (auto mailbox = mail::parse_mailbox(address, mail::Utf8::Allowed)) {
      list.push_back(std::move(*mailbox));
    }
  }
  return list;
}

// What a server has read with this event. The end of a mail's content stands for the command ".".
std::optional<journal::Verb> verb_read(const journal::Event& event) {
  if (const auto* command = journal::payload_if<journal::CommandReceived>(event)) {
    return command->verb;
  }
  if (journal::payload_if<journal::ContentReceived>(event) != nullptr) return smtp::Verb::EndOfData;
  return std::nullopt;
}

}  // namespace

Director::Director(World& world)
    : world_(world),
      happenings_(world.scenario().happenings),
      happened_(happenings_.size(), false) {
  for (std::size_t i = 0; i < happenings_.size(); ++i) {
    tasks_.push_back(
        world.scheduler().schedule(happenings_[i].at, net::Priority::Person, *this, i));
  }
}

void Director::pass_over(VirtualTime until) {
  for (std::size_t i = 0; i < happenings_.size(); ++i) {
    if (happenings_[i].at > until) continue;
    happened_[i] = true;
    world_.scheduler().cancel(tasks_[i]);
  }
  looked_at_ = world_.journal().size();
}

const Inhabitant& Director::at(const std::string& name) const {
  const Inhabitant* inhabitant = world_.find(name);
  assert(inhabitant != nullptr);  // the scenario was checked when it was read
  return *inhabitant;
}

void Director::run_task(std::uint64_t index) {
  happened_[index] = true;
  make_happen(happenings_[index].action);
}

void Director::make_happen(const Action& action) {
  std::visit([this](const auto& what) { perform(what); }, action);
}

// By time; of those at the same time, the first in the scenario.
std::optional<std::size_t> Director::next_mail() const {
  std::optional<std::size_t> next;
  for (std::size_t i = 0; i < happenings_.size(); ++i) {
    if (happened_[i] || !std::holds_alternative<ComposeMail>(happenings_[i].action)) continue;
    if (!next || happenings_[i].at < happenings_[*next].at) next = i;
  }
  return next;
}

void Director::replace_next_mail(Bytes content) {
  const auto next = next_mail();
  assert(next);
  std::get<ComposeMail>(happenings_[*next].action).raw = std::move(content);
}

void Director::acted(const Inhabitant& inhabitant, Act act, const std::string& detail) {
  const EventPosition event =
      inhabitant.machine->record(kNoConnection, journal::PersonActed{act, Bytes(detail)});
  world_.recorder().go_on_because_of(event);
}

void Director::strike(NodeId node, ConnectionId connection, FaultInjected fault) {
  const EventPosition event = world_.recorder().record(node, connection, std::move(fault));
  world_.recorder().go_on_because_of(event);
}

// ---- Persons ---------------------------------------------------------------------------------

void Director::perform(const ComposeMail& action) {
  const Inhabitant& device = at(action.device);
  if (!device.user_agent) return;
  if (action.raw) {
    acted(device, Act::Compose, mail::Message(*action.raw).decoded_subject());
    device.user_agent->compose(mailboxes(action.to), *action.raw);
  } else {
    acted(device, Act::Compose, action.subject);
    device.user_agent->compose({mailboxes(action.to), action.subject, action.body});
  }
}

void Director::perform(const PollNow& action) {
  const Inhabitant& device = at(action.device);
  acted(device, Act::Poll, action.account);
  device.device->poll(action.account);
}

void Director::perform(const ReadLetter& action) {
  const Inhabitant& device = at(action.device);
  acted(device, Act::Read, std::to_string(action.letter));
  device.device->read(store::DeviceLetterIndex{action.letter});
}

void Director::perform(const RemoveLetter& action) {
  const Inhabitant& device = at(action.device);
  acted(device, Act::Remove, std::to_string(action.letter));
  device.device->remove(store::DeviceLetterIndex{action.letter});
}

void Director::perform(const SetFetchMode& action) {
  const Inhabitant& device = at(action.device);
  acted(device, Act::SetMode, action.account);
  device.device->set_mode(action.account, action.mode, action.keep_days);
}

// ---- Faults ----------------------------------------------------------------------------------

void Director::perform(const NetworkFault& action) {
  const NodeId a = at(action.a).machine->id();
  const NodeId b = action.b.empty() ? kNoNode : at(action.b).machine->id();
  strike(a, kNoConnection,
         {.fault = action.kind,
          .other = b,
          .port = action.port,
          .after_bytes = action.after_bytes,
          .bytes_per_second = action.bytes_per_second,
          .lasts = action.lasts});
  if (action.kind == Fault::Clear) return world_.network().clear_faults(a, b);

  net::LinkFault fault;
  fault.kind = action.kind;
  fault.a = a;
  fault.b = b;
  fault.port = action.port;
  fault.after_bytes = action.after_bytes;
  fault.bytes_per_second = action.bytes_per_second;
  if (action.lasts.us > 0) fault.until = world_.now() + action.lasts;
  world_.network().inject(fault);
}

void Director::perform(const ScriptedAnswer& action) {
  const Inhabitant& host = at(action.host);
  strike(host.machine->id(), kNoConnection,
         {.fault = Fault::Answer,
          .verb = action.verb,
          .nth = action.nth,
          .times = action.times,
          .reply = Bytes(action.reply)});
  nodes::AnswerScript* script = host.script(journal::protocol_of(action.verb));
  if (script != nullptr) script->add({action.verb, action.nth, action.times, action.reply});
}

void Director::perform(const CutAtCommand& action) {
  watches_.push_back({action, at(action.host).machine->id(), 0});
}

void Director::look_at_new_events() {
  const journal::Journal& journal = world_.journal();
  if (watches_.empty()) {
    looked_at_ = journal.size();
    return;
  }
  for (; looked_at_ < journal.size(); ++looked_at_) {
    check_watches(journal[EventPosition{looked_at_}]);
  }
}

void Director::check_watches(const journal::Event& event) {
  const auto verb = verb_read(event);
  if (!verb) return;
  // Every watch counts every command, also one at which another watch strikes.
  for (auto watch = watches_.begin(); watch != watches_.end();) {
    const bool counts = watch->server == event.node && watch->cut.verb == *verb;
    if (!counts || ++watch->seen < watch->cut.nth) {
      ++watch;
      continue;
    }
    const std::uint32_t nth = watch->cut.nth;
    watch = watches_.erase(watch);
    const journal::Recorder::Because because(world_.recorder(), event.position);
    strike(event.node, event.connection, {.fault = Fault::Reset, .verb = *verb, .nth = nth});
    world_.network().cut(event.connection);
  }
}

}  // namespace mailwalk::world
