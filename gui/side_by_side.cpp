#include "gui/side_by_side.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "export/caption.hpp"
#include "gui/safe_text.hpp"
#include "gui/stage/meter.hpp"
#include "gui/stage/scene_packet.hpp"

namespace mailwalk::gui {
namespace {

constexpr double kRestOfBoth_s = 0.7;  // between two steps, while it plays
constexpr const char* kNothing = "–";

EventPosition last_of(std::uint64_t events) {
  return events == 0 ? kNoEvent : EventPosition{events - 1};
}

OneSide make_side(SideRun run) {
  const EventPosition start = run.document->index().start();
  return OneSide{std::move(run), Playback(start)};
}

std::string heading_of(const journal::Machine& machine, const Language& language) {
  const bool english = language.which() == exporting::Language::English;
  const Bytes& label = english ? machine.label_english : machine.label_indonesian;
  return safe(label.empty() ? machine.name.view() : label.view());
}

// What is counted in the summary: how many letters lie in a place, and how large they are.
struct Amount {
  std::string what;
  std::size_t letters = 0;
  std::uint64_t octets = 0;
  std::size_t marked = 0;  // of the letters, by DELE

  [[nodiscard]] std::string text(const Language& language) const {
    std::string text = fmt::format("{} · {}", letters, size_words(octets, language.which()));
    if (marked > 0) text += " · " + language.format("side.marked", marked);
    return text;
  }
};

std::size_t marked_in(const journal::Maildrop& maildrop) {
  std::size_t marked = 0;
  for (const auto& [arrival, letter] : maildrop.letters) marked += letter.marked ? 1 : 0;
  return marked;
}

std::vector<Amount> amounts(const journal::WorldView& view, const Language& language) {
  std::vector<Amount> found;
  for (const auto& [id, machine] : view.machines) {
    for (const auto& [owner, maildrop] : machine->maildrops) {
      found.push_back({language.format("stage.maildrop", safe(owner.view())),
                       maildrop->letters.size(), maildrop->used_bytes, marked_in(*maildrop)});
    }
    if (!machine->accounts.empty()) {
      found.push_back(
          {heading_of(*machine, language), machine->letters.size(), machine->used_bytes, 0});
    }
  }
  return found;
}

const Amount* find_amount(const std::vector<Amount>& all, const std::string& what) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Amount& it) { return it.what == what; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<SummaryRow> make_summary(const std::vector<Amount>& left,
                                     const std::vector<Amount>& right, const Language& language) {
  std::vector<SummaryRow> rows;
  for (const Amount& amount : left) {
    const Amount* other = find_amount(right, amount.what);
    const std::string theirs = other == nullptr ? kNothing : other->text(language);
    const std::string ours = amount.text(language);
    rows.push_back({amount.what, ours, theirs, ours != theirs});
  }
  for (const Amount& amount : right) {
    if (find_amount(left, amount.what) != nullptr) continue;
    rows.push_back({amount.what, kNothing, amount.text(language), true});
  }
  return rows;
}

// Whether something of POP3 happens on the machine, or it only answers names.
bool fetches_or_is_fetched_from(const journal::WorldView& view, NodeId id) {
  const journal::Machine* machine = view.machine(id);
  return machine == nullptr || !machine->accounts.empty() ||
         journal::has_role(machine->roles, journal::Role::MailboxServer) ||
         journal::has_role(machine->roles, journal::Role::NameServer);
}

// Where the two runs can differ: what is the same on both sides need not stand there twice.
Extent extent_of_difference(const OneSide& left, const OneSide& right,
                            const world::Pairing& pairing) {
  // No machine loses its roles, so the last view tells of all.
  const auto view_of = [](const OneSide& side) {
    const Document& document = *side.run.document;
    return document.timeline().view_at(last_of(document.index().size()));
  };
  const journal::WorldView left_view = view_of(left);
  const journal::WorldView right_view = view_of(right);
  const auto is_there = [](const OneSide& side, const journal::WorldView& view,
                           EventPosition position) {
    return fetches_or_is_fetched_from(view, side.run.document->journal()[position].node);
  };
  for (const world::PairedStep& step : pairing.steps()) {
    if (step.likeness == world::Likeness::Same) continue;
    const bool on_left = step.likeness != world::Likeness::OnlyRight;
    const bool on_right = step.likeness != world::Likeness::OnlyLeft;
    if (on_left && !is_there(left, left_view, step.left())) return Extent::Whole;
    if (on_right && !is_there(right, right_view, step.right())) return Extent::Whole;
  }
  return Extent::Fetching;
}

// The copies of a letter in the place that a difference tells of.
void add_copies(const journal::WorldView& view, journal::LetterId letter,
                const journal::CopiesDiffer& difference, std::vector<journal::CopyId>& copies) {
  if (letter == journal::kNoLetter) return;
  const journal::Machine* machine = view.find_machine(difference.machine.view());
  for (const auto& [id, copy] : journal::copies_of(view, letter)) {
    if (machine != nullptr && copy.machine == machine->id && copy.place == difference.place &&
        copy.owner == difference.owner) {
      copies.push_back(id);
    }
  }
}

}  // namespace

SideBySide::SideBySide(SideRun left, SideRun right, world::Pairing pairing)
    : left_(make_side(std::move(left))),
      right_(make_side(std::move(right))),
      pairing_(std::move(pairing)) {
  const EventPosition left_start = left_.run.document->index().start();
  const EventPosition right_start = right_.run.document->index().start();
  const auto& steps = pairing_.steps();
  for (std::uint64_t i = 0; i < steps.size(); ++i) {
    const bool set = left_start != kNoEvent && right_start != kNoEvent &&
                     steps[i].left_events > left_start.value() &&
                     steps[i].right_events > right_start.value();
    if (start_ == 0 && set) start_ = i + 1;
    if (steps[i].likeness != world::Likeness::Same) unlike_.push_back(i + 1);
  }
  const Extent extent = extent_of_difference(left_, right_, pairing_);
  left_.stage.show_only(extent);
  right_.stage.show_only(extent);
  jump(start_);
}

std::uint64_t SideBySide::events_at(EventsOfSide side, std::uint64_t step) const {
  return step == 0 ? 0 : pairing_.steps()[std::min(step, size()) - 1].*side;
}

std::uint64_t SideBySide::step_of(EventsOfSide side, EventPosition position) const {
  const auto& steps = pairing_.steps();
  if (position == kNoEvent) return start_;
  const auto found = std::partition_point(
      steps.begin(), steps.end(),
      [&](const world::PairedStep& step) { return step.*side <= position.value(); });
  const auto at = static_cast<std::uint64_t>(found - steps.begin());
  return std::clamp(at + 1, start_, static_cast<std::uint64_t>(steps.size()));
}

std::uint64_t SideBySide::step_of_left(EventPosition position) const {
  return step_of(&world::PairedStep::left_events, position);
}

std::uint64_t SideBySide::step_of_right(EventPosition position) const {
  return step_of(&world::PairedStep::right_events, position);
}

// ---- Going about -------------------------------------------------------------------------------

void SideBySide::go(std::uint64_t step, MotionStyle style) {
  at_ = std::min(step, size());
  rested_s_ = 0;
  const auto move = [&](OneSide& side, std::uint64_t events) {
    side.acts = last_of(events) != side.playback.position();
    side.playback.glide(*side.run.document, last_of(events), style);
  };
  move(left_, events_at(&world::PairedStep::left_events, at_));
  move(right_, events_at(&world::PairedStep::right_events, at_));
}

// Where the nearest stride on one side ends; nullopt: there is none.
std::optional<std::uint64_t> SideBySide::stop_on(const OneSide& side, EventsOfSide events,
                                                 Stride stride, Direction direction) const {
  const Document& document = *side.run.document;
  const bool forward = direction == Direction::Forward;
  // What happened here by this very step is where a person stands, and not before it.
  const EventPosition from =
      forward ? last_of(events_at(events, at_))
              : EventPosition{events_at(events, at_ - std::min(at_, std::uint64_t{1}))};
  const auto stop = next_stop(document, from, stride, direction);
  if (!stop) return std::nullopt;
  return step_of(events, *stop);
}

void SideBySide::step(Stride stride, Direction direction, MotionStyle style) {
  playing_ = false;
  const auto left = stop_on(left_, &world::PairedStep::left_events, stride, direction);
  const auto right = stop_on(right_, &world::PairedStep::right_events, stride, direction);
  if (direction == Direction::Back) {
    go(std::max({left.value_or(start_), right.value_or(start_), start_}), MotionStyle::Cut);
  } else if (left || right) {
    go(std::min(left.value_or(size()), right.value_or(size())), style);
  }
}

void SideBySide::jump(std::uint64_t step) {
  playing_ = false;
  go(std::max(step, start_), MotionStyle::Cut);
}

void SideBySide::set_speed(std::size_t index) {
  left_.playback.set_speed(index);
  right_.playback.set_speed(index);
}

bool SideBySide::is_moving() const {
  return playing_ || left_.playback.is_moving() || right_.playback.is_moving();
}

void SideBySide::pass(double seconds, MotionStyle style) {
  left_.playback.pass(seconds, *left_.run.document, style);
  right_.playback.pass(seconds, *right_.run.document, style);
  if (!playing_ || left_.playback.is_moving() || right_.playback.is_moving()) return;
  rested_s_ += seconds;
  if (rested_s_ < kRestOfBoth_s / kSpeeds[speed()]) return;
  const std::uint64_t before = at_;
  step(Stride::Told, Direction::Forward, style);
  playing_ = at_ != before;
}

// ---- What is shown -----------------------------------------------------------------------------

void SideBySide::look_at(OneSide& side, const Language& language) {
  const Document& document = *side.run.document;
  const EventPosition position = side.arrivals.shown(side.playback);
  side.view.look(document, position);
  side.stage.look({document.journal(), document.index(), side.view.after(), position, language},
                  side.view.version(), side.arrivals);
  side.caption.clear();
  if (position == kNoEvent) return;
  const auto told = document.index().told().previous(EventPosition{position.value() + 1});
  if (!told || *told <= document.index().start()) return;
  const journal::WorldView before = document.timeline().view_at(last_of(told->value()));
  const journal::WorldView after = document.timeline().view_at(*told);
  side.caption =
      safe(exporting::caption({document.journal()[*told], before, after}, language.which()));
}

void SideBySide::mark_differences() {
  differences_ = journal::compare_views(left_.view.after(), right_.view.after());
  std::vector<journal::CopyId> on_left;
  std::vector<journal::CopyId> on_right;
  for (const journal::CopiesDiffer& difference : differences_.copies) {
    add_copies(left_.view.after(), difference.letter.left, difference, on_left);
    add_copies(right_.view.after(), difference.letter.right, difference, on_right);
  }
  left_.stage.mark_unlike(std::move(on_left));
  right_.stage.mark_unlike(std::move(on_right));
}

bool SideBySide::has_seen(const Language& language) {
  const auto shows = [&](OneSide& side) {
    side.arrivals.look(*side.run.document, side.playback, language, exporting::Sight::Insider);
    return side.view.position() == side.arrivals.shown(side.playback);
  };
  const bool left_shows = shows(left_);
  const bool right_shows = shows(right_);
  return seen_at_ == at_ && seen_language_ == language.which() && left_shows && right_shows;
}

void SideBySide::look(const Language& language) {
  if (has_seen(language)) return;
  seen_at_ = at_;
  seen_language_ = language.which();
  look_at(left_, language);
  look_at(right_, language);
  mark_differences();
  summary_ = make_summary(amounts(left_.view.after(), language),
                          amounts(right_.view.after(), language), language);
}

}  // namespace mailwalk::gui
