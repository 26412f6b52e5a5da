#include <algorithm>

#include "journal/reduction.hpp"

namespace mailwalk::journal::reduction {

void reduce(const Step& step, const RunStarted& run) {
  step.view.scenario_file = run.scenario_file;
  step.view.title_english = run.title_english;
  step.view.title_indonesian = run.title_indonesian;
  step.view.seed = run.seed;
  step.view.calendar = run.calendar;
}

void reduce(const Step& step, const MachineAdded& added) {
  const NodeId id = step.event.node;
  if (id == kNoNode) return;
  if (!step.view.machines.contains(id)) step.view.machines.set(id, {});
  Machine& machine = *step.machine();
  machine.id = id;
  machine.name = added.name;
  machine.label_english = added.label_english;
  machine.label_indonesian = added.label_indonesian;
  machine.roles = added.roles;
  machine.address = added.address;
}

void reduce(const Step& step, const LinkAdded& added) {
  step.view.links.set(std::minmax({added.a, added.b}),
                      {added.latency, added.bytes_per_second, added.segment_bytes});
}

void reduce(const Step& step, const MaildropAdded& added) {
  Machine* machine = step.machine();
  if (machine == nullptr) return;
  if (!machine->maildrops.contains(added.owner)) machine->maildrops.set(added.owner, {});
  Maildrop& maildrop = machine->maildrops.edit(added.owner)->edit();
  maildrop.owner = added.owner;
  maildrop.address = added.address;
  maildrop.quota_bytes = added.quota_bytes;
}

void reduce(const Step& step, const AccountSet& set) {
  Machine* machine = step.machine();
  if (machine == nullptr) return;
  if (!machine->accounts.contains(set.account)) machine->accounts.set(set.account, {});
  Account& account = machine->accounts.edit(set.account)->edit();
  account.name = set.account;
  account.user = set.user;
  account.server = set.server;
  account.mode = set.mode;
  account.keep_days = set.keep_days;
  account.poll_interval = set.poll_interval;
  machine->capacity_bytes = set.capacity_bytes;
}

}  // namespace mailwalk::journal::reduction
