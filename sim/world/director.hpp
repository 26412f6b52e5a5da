// Makes happen what the scenario says: persons act, faults strike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "net/fault_plan.hpp"
#include "net/scheduler.hpp"
#include "world/scenario.hpp"

namespace mailwalk::world {

class World;
struct Inhabitant;

class Director final : public net::TaskHandler {
 public:
  // Schedules every happening of the world's scenario. The world must outlive it.
  explicit Director(World& world);

  // For what waits for a command to pass ("the line is cut after DELE"). To be called after each
  // step of the scheduler.
  void look_at_new_events();

  // What was to happen up to then has happened, or never will.
  void pass_over(VirtualTime until);

  // Makes it happen now. What is recorded has the recorder's present cause.
  void make_happen(const Action& action);
  // Records a fault, as the cause of what follows.
  void strike(NodeId node, ConnectionId connection, journal::FaultInjected fault);

  // The next mail that the scenario composes is this one, in CRLF lines. REQUIRES that it composes
  // one after this.
  void replace_next_mail(Bytes content);
  [[nodiscard]] bool can_replace_next_mail() const { return next_mail().has_value(); }

 private:
  // A cut that waits for its command.
  struct Watch {
    CutAtCommand cut;
    NodeId server;
    std::uint32_t seen = 0;
  };

  void run_task(std::uint64_t index) override;
  void perform(const ComposeMail& action);
  void perform(const PollNow& action);
  void perform(const ReadLetter& action);
  void perform(const RemoveLetter& action);
  void perform(const SetFetchMode& action);
  void perform(const NetworkFault& action);
  void perform(const ScriptedAnswer& action);
  void perform(const CutAtCommand& action);

  // Records it, as the cause of what follows.
  void acted(const Inhabitant& inhabitant, journal::Act act, const std::string& detail);
  const Inhabitant& at(const std::string& name) const;
  void check_watches(const journal::Event& event);

  // Its index among the happenings.
  [[nodiscard]] std::optional<std::size_t> next_mail() const;

  World& world_;
  std::vector<Happening> happenings_;
  std::vector<bool> happened_;
  std::vector<net::TaskId> tasks_;
  std::vector<Watch> watches_;
  std::uint64_t looked_at_ = 0;  // events of the journal
};

}  // namespace mailwalk::world
