#include "tests/journal/check_machines.hpp"

#include "tests/support/catch.hpp"

namespace mailwalk::test {
namespace {

using namespace journal;  // NOLINT: this file is about what the view says

AddressList addresses(const std::vector<mail::Mailbox>& mailboxes) {
  AddressList list;
  for (const mail::Mailbox& mailbox : mailboxes) list.emplace_back(mailbox.text());
  return list;
}

void check_outbox(const nodes::UserAgent& agent, const Machine& machine) {
  REQUIRE(machine.outbox.size() == agent.outbox().size());
  auto seen = machine.outbox.begin();
  for (const auto& [id, mail] : agent.outbox()) {
    REQUIRE(seen->key == id);
    const OutboxMail& shown = *seen->value;
    ++seen;
    REQUIRE(shown.content == mail.content);
    REQUIRE(shown.sent_before == mail.sent_before);
    using Standing = nodes::UserAgent::Standing;
    REQUIRE((shown.state == OutboxState::Refused) == (mail.standing == Standing::Refused));
    if (mail.standing != Standing::Refused) {
      REQUIRE(shown.pending == addresses(mail.envelope.recipients));
    }
    if (mail.standing == Standing::Waiting) REQUIRE(shown.next_try == mail.next_try);
  }
}

void check_store(const store::DeviceStore& store, const Machine& machine) {
  REQUIRE(machine.used_bytes == store.used_bytes());
  REQUIRE(machine.capacity_bytes == store.capacity_bytes());
  REQUIRE(machine.letters.size() == store.letters().size());
  auto letter = machine.letters.begin();
  for (const store::DeviceLetter& held : store.letters()) {
    REQUIRE(letter->key == held.index);
    REQUIRE(letter->value.account == held.account);
    REQUIRE(letter->value.uid == held.uid.text());
    REQUIRE(letter->value.content == held.content);
    REQUIRE(letter->value.stored_at == held.stored_at);
    REQUIRE(letter->value.read == (held.mark == store::ReadMark::Read));
    ++letter;
  }
  REQUIRE(machine.sent.size() == store.sent().size());
  auto sent = machine.sent.begin();
  for (const store::SentCopy& held : store.sent()) {
    REQUIRE(sent->value.content == held.content);
    REQUIRE(sent->value.sent_at == held.sent_at);
    ++sent;
  }
  for (const auto& [name, account] : machine.accounts) {
    for (const store::KnownUid& known : store.known_uids(name.view())) {
      REQUIRE(account->known_uids.contains(Bytes(known.uid.text())));
    }
  }
}

void check_queue(const store::MtaQueue& queue, const Machine& machine) {
  REQUIRE(machine.queue.size() == queue.entries().size());
  auto shown = machine.queue.begin();
  for (const auto& [id, held] : queue.entries()) {
    REQUIRE(shown->key == id);
    const QueuedMail& mail = *shown->value;
    ++shown;
    REQUIRE(mail.content == held.content);
    REQUIRE(mail.arrived_at == held.arrived_at);
    REQUIRE(mail.recipients.size() == held.recipients.size());
    for (std::size_t i = 0; i < held.recipients.size(); ++i) {
      REQUIRE(mail.recipients[i].address == held.recipients[i].mailbox.text());
      const bool done =
          mail.recipients[i].outcome && *mail.recipients[i].outcome != Outcome::Deferred;
      REQUIRE(done == (held.recipients[i].state == store::RecipientState::Done));
    }
    if (held.activity != store::Activity::Waiting) continue;
    REQUIRE(mail.state == QueueState::Waiting);
    REQUIRE(mail.next_try == held.next_try);
    REQUIRE(mail.attempts == held.attempts);
  }
}

void check_maildrops(const nodes::MailboxServer& server, const Machine& machine) {
  REQUIRE(machine.maildrops.size() == server.mailboxes().size());
  for (const auto& [address, mailbox] : server.mailboxes()) {
    const auto* found = machine.maildrops.find(Bytes(mailbox.user));
    REQUIRE(found != nullptr);
    const Maildrop& shown = **found;
    REQUIRE(shown.address == mailbox.user + "@" + mailbox.domain);
    REQUIRE(shown.quota_bytes == mailbox.drop.quota_bytes());
    REQUIRE(shown.used_bytes == mailbox.drop.used_bytes());
    REQUIRE(shown.lock_holder == mailbox.drop.lock_holder().value_or(kNoConnection));
    REQUIRE(shown.letters.size() == mailbox.drop.messages().size());
    auto letter = shown.letters.begin();
    for (const store::StoredLetter& held : mailbox.drop.messages()) {
      REQUIRE(letter->value.uid == held.uid.text());
      REQUIRE(letter->value.content == held.content);
      REQUIRE(letter->value.arrived_at == held.arrived_at);
      ++letter;
    }
  }
}

}  // namespace

void check_machines(const world::World& world, const WorldView& view) {
  REQUIRE(view.machines.size() == world.inhabitants().size());
  for (const world::Inhabitant& inhabitant : world.inhabitants()) {
    INFO(inhabitant.name);
    const Machine* machine = view.machine(inhabitant.machine->id());
    REQUIRE(machine != nullptr);
    REQUIRE(machine->name == inhabitant.name);
    REQUIRE(view.find_machine(inhabitant.name) == machine);
    if (inhabitant.user_agent) check_outbox(*inhabitant.user_agent, *machine);
    if (inhabitant.store) check_store(*inhabitant.store, *machine);
    if (inhabitant.mta) check_queue(inhabitant.mta->queue(), *machine);
    if (inhabitant.mailbox_server) check_maildrops(*inhabitant.mailbox_server, *machine);
  }
}

}  // namespace mailwalk::test
