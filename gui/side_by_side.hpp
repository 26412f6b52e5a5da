// Two runs beside each other, stepped together by their causes: what a person sees of each, and
// what differs between how they stand.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gui/documents.hpp"
#include "gui/language.hpp"
#include "gui/playback.hpp"
#include "gui/stage/stage.hpp"
#include "gui/view_cache.hpp"
#include "journal/comparison.hpp"
#include "world/pairing.hpp"
#include "world/scenario.hpp"

namespace mailwalk::gui {

// One of the two.
struct SideRun {
  std::shared_ptr<Document> document;
  world::LocalText name;  // "delete", "main", "line cut after DELE"
};

// What is shown of it.
struct OneSide {
  SideRun run;
  Playback playback;
  ViewCache view{};
  Arrivals arrivals{};
  Stage stage{};
  std::string caption{};  // of the last thing that was told here
  bool acts = false;      // the step at which both stand happened here
};

// One line of what there is: a maildrop, a device.
struct SummaryRow {
  std::string what;         // safe to draw, as the next two
  std::string left, right;  // "2 · 3.1 kB"; "–" where a run has none
  bool differs = false;
};

class SideBySide {
 public:
  // The pairing is that of these two runs.
  SideBySide(SideRun left, SideRun right, world::Pairing pairing);

  // ---- Where both stand. Steps are those of the pairing: 0 is before everything.
  [[nodiscard]] std::uint64_t at() const { return at_; }
  [[nodiscard]] std::uint64_t size() const { return pairing_.steps().size(); }
  // Where the stage is set on both sides, and nothing has happened.
  [[nodiscard]] std::uint64_t start() const { return start_; }
  // The first step after which the left run has come to this event.
  [[nodiscard]] std::uint64_t step_of_left(EventPosition position) const;
  [[nodiscard]] std::uint64_t step_of_right(EventPosition position) const;

  // To the next step, or the one before, at which a stride ends on either side.
  void step(Stride stride, Direction direction, MotionStyle style);
  void jump(std::uint64_t step);
  [[nodiscard]] std::size_t speed() const { return left_.playback.speed(); }
  void set_speed(std::size_t index);
  void toggle_play() { playing_ = !playing_; }
  [[nodiscard]] bool is_playing() const { return playing_; }
  [[nodiscard]] bool is_moving() const;
  void pass(double seconds, MotionStyle style);

  // ---- What is shown. Made anew only if the place or the language has changed.
  void look(const Language& language);
  [[nodiscard]] const OneSide& left() const { return left_; }
  [[nodiscard]] const OneSide& right() const { return right_; }
  OneSide& left() { return left_; }
  OneSide& right() { return right_; }
  [[nodiscard]] const std::vector<SummaryRow>& summary() const { return summary_; }
  [[nodiscard]] const journal::ViewDifferences& differences() const { return differences_; }
  // Steps at which the two are not the same, in order: for the line of progress.
  [[nodiscard]] const std::vector<std::uint64_t>& unlike_steps() const { return unlike_; }

 private:
  // How many of a side's events are there once so many steps are taken.
  using EventsOfSide = std::uint64_t world::PairedStep::*;
  [[nodiscard]] std::uint64_t events_at(EventsOfSide side, std::uint64_t step) const;
  [[nodiscard]] std::uint64_t step_of(EventsOfSide side, EventPosition position) const;
  [[nodiscard]] std::optional<std::uint64_t> stop_on(const OneSide& side, EventsOfSide events,
                                                     Stride stride, Direction direction) const;
  void go(std::uint64_t step, MotionStyle style);
  // Whether both show already what is to be seen now.
  [[nodiscard]] bool has_seen(const Language& language);
  void look_at(OneSide& side, const Language& language);
  void mark_differences();

  OneSide left_, right_;
  world::Pairing pairing_;
  std::vector<std::uint64_t> unlike_;
  std::uint64_t start_ = 0;
  std::uint64_t at_ = 0;
  bool playing_ = false;
  double rested_s_ = 0;

  journal::ViewDifferences differences_;
  std::vector<SummaryRow> summary_;
  std::uint64_t seen_at_ = ~std::uint64_t{0};
  exporting::Language seen_language_ = exporting::Language::English;
};

}  // namespace mailwalk::gui
