#include "nodes/device.hpp"

#include <fmt/format.h>

#include <utility>

#include "nodes/pop3_fetch.hpp"
#include "nodes/trouble.hpp"

namespace mailwalk::nodes {

struct Device::Subscription {
  Subscription(FetchAccount its_account, net::Scheduler& scheduler, std::function<void()> ask)
      : account(std::move(its_account)),
        next_poll(scheduler, std::move(ask), net::Hold::MayBeLeft) {}

  FetchAccount account;
  net::Timer next_poll;
  bool asking = false;
};

Device::Device(Machine& machine, Resolver& resolver, store::DeviceStore& store)
    : machine_(machine), resolver_(resolver), store_(store) {}

Device::~Device() = default;

void Device::add_account(FetchAccount account) {
  record_account(account);
  const std::size_t index = subscriptions_.size();
  subscriptions_.push_back(std::make_unique<Subscription>(
      std::move(account), machine_.scheduler(), [this, index] { poll(*subscriptions_[index]); }));
  Subscription& added = *subscriptions_.back();
  const Duration interval = added.account.poll_interval;
  if (interval.us > 0) added.next_poll.set(machine_.now() + interval);
}

void Device::record_account(const FetchAccount& account) {
  machine_.record(kNoConnection,
                  journal::AccountSet{Bytes(account.name()), Bytes(account.user),
                                      Bytes(account.server), account.mode, account.keep_days,
                                      account.poll_interval, store_.capacity_bytes()});
}

void Device::set_mode(const std::string& name, journal::FetchMode mode, std::uint32_t keep_days) {
  for (const auto& subscription : subscriptions_) {
    FetchAccount& account = subscription->account;
    if (!name.empty() && account.name() != name) continue;
    account.mode = mode;
    account.keep_days = keep_days;
    record_account(account);
  }
}

void Device::poll(const std::string& name) {
  for (const auto& subscription : subscriptions_) {
    if (name.empty() || subscription->account.name() == name) poll(*subscription);
  }
}

void Device::poll(Subscription& subscription) {
  const FetchAccount& account = subscription.account;
  if (account.poll_interval.us > 0) {
    subscription.next_poll.set(machine_.now() + account.poll_interval);
  }
  if (subscription.asking) return;
  subscription.asking = true;
  const EventPosition started =
      machine_.record(kNoConnection, journal::PollStarted{Bytes(account.name())});
  const journal::Recorder::Because because(machine_.recorder(), started);
  resolver_.look_up_address(account.server,
                            [this, &subscription](const dns::AddressResult& result) {
                              server_known(subscription, result);
                            });
}

void Device::server_known(Subscription& subscription, const dns::AddressResult& result) {
  if (result.status != dns::AddressResult::Status::Found) {
    return finished(subscription, 0, trouble_of(outcome_of(result.status)), result.detail);
  }
  const bool implicit = subscription.account.tls == tls::Wish::Implicit;
  machine_.call(result.addresses.front(), implicit ? kPop3sPort : kPop3Port,
                std::make_unique<Pop3Fetch>(
                    machine_, subscription.account, store_,
                    [this, &subscription](std::uint32_t new_letters, journal::Trouble trouble,
                                          const std::string& reason) {
                      finished(subscription, new_letters, trouble, reason);
                    }));
}

void Device::finished(Subscription& subscription, std::uint32_t new_letters,
                      journal::Trouble trouble, const std::string& reason) {
  subscription.asking = false;
  machine_.record(kNoConnection, journal::PollFinished{Bytes(subscription.account.name()),
                                                       new_letters, trouble, Bytes(reason)});
}

void Device::recall(const journal::Event& event) {
  if (const auto* set = journal::payload_if<journal::AccountSet>(event)) {
    for (const auto& subscription : subscriptions_) {
      if (subscription->account.name() != set->account.view()) continue;
      subscription->account.mode = set->mode;
      subscription->account.keep_days = set->keep_days;
    }
  } else if (const auto* started = journal::payload_if<journal::PollStarted>(event)) {
    set_asking(started->account.view(), true);
  } else if (const auto* finished = journal::payload_if<journal::PollFinished>(event)) {
    set_asking(finished->account.view(), false);
  } else if (const auto* stored = journal::payload_if<journal::LetterStored>(event)) {
    if (auto uid = store::Uid::parse(stored->uid.view())) {
      store_.add(std::string(stored->account.view()), std::move(*uid), stored->content, event.time);
    }
  } else if (const auto* opened = journal::payload_if<journal::LetterRead>(event)) {
    store_.mark_read(opened->letter);
  } else if (const auto* removed = journal::payload_if<journal::LetterRemoved>(event)) {
    store_.remove(removed->letter);
  }
}

void Device::set_asking(std::string_view account, bool asking) {
  for (const auto& subscription : subscriptions_) {
    if (subscription->account.name() == account) subscription->asking = asking;
  }
}

void Device::go_on() {
  for (const auto& subscription : subscriptions_) {
    if (subscription->asking) finished(*subscription, 0, journal::Trouble::LineLost, "");
    const Duration interval = subscription->account.poll_interval;
    if (interval.us > 0) subscription->next_poll.set(machine_.now() + interval);
  }
}

void Device::read(store::DeviceLetterIndex letter) {
  const store::DeviceLetter* found = store_.find(letter);
  if (found == nullptr || found->mark == store::ReadMark::Read) return;
  store_.mark_read(letter);
  machine_.record(kNoConnection, journal::LetterRead{letter});
}

void Device::remove(store::DeviceLetterIndex letter) {
  if (store_.remove(letter)) machine_.record(kNoConnection, journal::LetterRemoved{letter});
}

}  // namespace mailwalk::nodes
