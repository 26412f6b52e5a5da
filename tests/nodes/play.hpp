// A scenario brought to life for a test, with stand-ins for other people's machines, and what came
// of it in words that a test can compare.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "journal/session_lines.hpp"
#include "mail/delivery_status.hpp"
#include "stand_in.hpp"
#include "world/scenario.hpp"
#include "world/world.hpp"

namespace mailwalk::test {

using Words = std::vector<std::string>;

// Ani writes from "laptop" through mta.a.example; her letters are at mx.a.example, where "tablet"
// fetches them when told to. Nothing happens yet.
extern const std::string kPost;

// Budi's mailbox at mx.b.example without quota, and his "phone" in delete mode.
extern const std::string kBudi;

// The stand-in servers of a play are m1.c.example, m2.c.example … at 10.0.0.1, 10.0.0.2 ….
// A domain whose MX they are: {{10, 1}} is "10 m1.c.example".
struct StandInMx {
  int preference;
  int server;
};
std::string mail_domain(const std::string& name, const std::vector<StandInMx>& mx);

// An event of the scenario file: event("5 s", "poll = {…}").
std::string event(const std::string& at, const std::string& action);
// "compose" from Ani's laptop.
std::string letter(const std::string& at, const std::string& to, const std::string& more = "");

world::Scenario scenario_of(const std::string& text);
// Ani's laptop sends these octets as they are.
void send_raw(world::Scenario& scenario, Duration at, const std::vector<std::string>& to,
              std::string octets);

class Play {
 public:
  explicit Play(const std::string& text, std::vector<Manners> servers = {});
  explicit Play(world::Scenario scenario, std::vector<Manners> servers = {});

  void run() { world_.run(); }
  void run_until(Duration time);
  // Somebody from outside types these lines at a host, and the play goes on to its end.
  const StandInCaller& type_at(const std::string& host, Port port, std::vector<std::string> lines);

  [[nodiscard]] world::World& world() { return world_; }
  [[nodiscard]] const journal::Journal& journal() const { return world_.journal(); }
  [[nodiscard]] const StandInServer& server(std::size_t number) const {
    return *servers_[number - 1];
  }

  // "m1 m2 mx.b.example": the hosts that MTAs called, in order.
  [[nodiscard]] std::string called() const;
  // "budi@c.example Relayed": what became of each recipient at each attempt.
  [[nodiscard]] Words settled() const;
  // Why, in the same order.
  [[nodiscard]] Words reasons() const;
  // The notifications that MTAs made, as a program reads them, and as they are.
  [[nodiscard]] std::vector<mail::DeliveryStatus> bounces() const;
  [[nodiscard]] Words bounce_mails() const;
  // Contents of the letters on a device, in the order of storing.
  [[nodiscard]] Words letters(const std::string& device) const;
  // Contents of the letters that reached a maildrop, in order.
  [[nodiscard]] Words delivered(const std::string& owner) const;
  // "3 new", or "0 new: why": every poll that has ended.
  [[nodiscard]] Words polls() const;
  [[nodiscard]] std::vector<journal::Session> sessions() const;
  // Letters that lie in a maildrop now.
  [[nodiscard]] std::size_t letters_at(const std::string& host, const std::string& login) const;

  template <class Payload>
  [[nodiscard]] std::vector<const journal::Event*> all() const {
    std::vector<const journal::Event*> events;
    for (const journal::Event& event : journal()) {
      if (journal::payload_if<Payload>(event) != nullptr) events.push_back(&event);
    }
    return events;
  }

 private:
  void hire(std::vector<Manners> servers);

  world::World world_;
  std::vector<std::unique_ptr<StandInServer>> servers_;
  std::vector<std::unique_ptr<StandInCaller>> callers_;
};

// How often `what` stands in `text`.
std::size_t count(std::string_view text, std::string_view what);

}  // namespace mailwalk::test
