// A person's device as a receiver: asks the server for letters and keeps them in its own store.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/machine.hpp"
#include "nodes/resolver.hpp"
#include "pop3/client_session.hpp"
#include "sasl/mechanism.hpp"
#include "store/device_store.hpp"
#include "tls/policy.hpp"

namespace mailwalk::nodes {

enum class LoginChoice : std::uint8_t { Pass, Apop, Auth };

// A POP3 account as somebody set it up on this device, by hand.
struct FetchAccount {
  std::string user;
  std::string password;
  std::string server;  // host name
  LoginChoice login = LoginChoice::Pass;
  sasl::Mechanism mechanism = sasl::Mechanism::Plain;  // for Auth
  tls::Wish tls = tls::Wish::Never;
  journal::FetchMode mode = journal::FetchMode::Keep;
  std::uint32_t keep_days = 0;
  Duration poll_interval;  // 0: asks only when told to

  // "budi@mx.kantor.example": how the device names it.
  [[nodiscard]] std::string name() const { return user + "@" + server; }
};

class Device {
 public:
  // All must outlive it. The store is shared with the device's user agent.
  Device(Machine& machine, Resolver& resolver, store::DeviceStore& store);
  ~Device();

  // Also records it, and begins to ask at its interval.
  void add_account(FetchAccount account);
  // Changes how an account fetches from the next poll on; name empty: all accounts.
  void set_mode(const std::string& name, journal::FetchMode mode, std::uint32_t keep_days);

  // Asks now; name empty: all accounts, one after the other. An account that is being asked already
  // is not asked twice.
  void poll(const std::string& name);

  // A person opens or throws away a letter on this device.
  void read(store::DeviceLetterIndex letter);
  void remove(store::DeviceLetterIndex letter);

  // What happened at this machine in a run that is taken up again, event by event: letters lie
  // where they lay, and nothing is recorded …
  void recall(const journal::Event& event);
  // … and after the last of them: polls that were cut short are over, and the next ones will come.
  void go_on();

  [[nodiscard]] const store::DeviceStore& store() const { return store_; }

 private:
  struct Subscription;

  void poll(Subscription& subscription);
  void server_known(Subscription& subscription, const dns::AddressResult& result);
  void finished(Subscription& subscription, std::uint32_t new_letters, journal::Trouble trouble,
                const std::string& reason);
  void record_account(const FetchAccount& account);
  void set_asking(std::string_view account, bool asking);

  Machine& machine_;
  Resolver& resolver_;
  store::DeviceStore& store_;
  std::vector<std::unique_ptr<Subscription>> subscriptions_;
};

}  // namespace mailwalk::nodes
