// What the app does with runs: opens, forks, shows and saves them.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>

#include "gui/app.hpp"
#include "gui/panels/side_by_side_page.hpp"
#include "gui/trouble_words.hpp"

namespace mailwalk::gui {
namespace {

// What is open sooner than this needs no frame in which it is being opened.
constexpr std::chrono::milliseconds kPatience{200};

// What a file is called in which this run is kept: after its lesson, and its branch if it is one.
std::string file_stem(const OpenRun& run, const Language& language) {
  const std::filesystem::path named(run.document->text().named);
  const bool is_lesson = named.filename() == "lesson.toml";
  std::string stem = is_lesson ? named.parent_path().filename() : named.stem();
  if (run.origin) stem += "-" + std::string(language.pick(run.name));
  return stem;
}

bool is_about_chance(const WhatIfRow& row) {
  return row.choices.front().possible.kind == world::ChangeKind::DrawAnew;
}

}  // namespace

// ---- Opening and saving ------------------------------------------------------------------------

Done App::open(std::string_view named) {
  auto opening = Opening::begin(named);
  if (!opening) return opening.error();
  while (!(*opening)->advance(TimeSlice())) {
  }
  return show_opened(**opening);
}

Done App::begin_opening(std::string_view named, EventPosition at) {
  auto opening = Opening::begin(named);
  if (!opening) return opening.error();
  opens_at_ = at;
  if ((*opening)->advance(TimeSlice(kPatience))) return show_opened(**opening);
  work_ = std::move(*opening);
  return done();
}

Done App::show_opened(Opening& opening) {
  auto document = opening.take();
  if (!document) return document.error();
  remember_recent(settings_, (*document)->text().named);
  show(std::move(*document));
  const EventPosition at = std::exchange(opens_at_, kNoEvent);
  if (at != kNoEvent) show_position(at);
  if (const Error* trouble = opening.trouble()) {
    note_ = language().format("note.run_stopped", trouble->text());
  }
  return done();
}

void App::show(std::shared_ptr<Document> document) {
  if (live_ && live_->document() != document) live_->end();
  call_page_.close();
  work_ = {};
  side_by_side_.reset();
  offers_.close();
  runs_.clear();
  const EventPosition start = document->index().start();
  runs_.push_back({std::move(document), Playback(start)});
  shown_ = 0;
  view_ = {};
  stage_ = {};
  told_version_ = 0;
  forget_what_was_shown();
  look();
}

// What the panels keep, and what is selected, is of the run that was shown before.
void App::forget_what_was_shown() {
  selection_ = {};
  panels_ = make_panels();
}

void App::perform(const intent::OpenFile& it) {
  note_.clear();
  opens_at_ = kNoEvent;
  auto opening = Opening::begin(it.named);
  if (opening) {
    work_ = std::move(*opening);
  } else {
    note_ = why_not_opened(it.named, opening.error(), language());
  }
}

void App::perform(const intent::AskForFile& /*it*/) {
  offers_.close();
  keys_page_.close();
  open_field_.open();
}

void App::perform(const intent::SaveRecording& /*it*/) {
  const OpenRun* run = current();
  if (run == nullptr || is_working()) return;
  auto saving = Saving::begin(run->document, file_stem(*run, language()));
  if (saving) {
    work_ = std::move(*saving);
  } else {
    note_ = why_not_written("note.not_saved", saving.error(), language());
  }
}

void App::perform(const intent::ExportTranscript& /*it*/) {
  const OpenRun* run = current();
  if (run == nullptr || is_working()) return;
  exporting::TextOptions options;
  options.language = settings_.language;
  options.sight = sight_;
  work_ = std::make_unique<TranscriptWork>(run->document, file_stem(*run, language()), options);
}

// ---- What can be done here, and what would happen if -------------------------------------------

void App::perform(const intent::OfferMenu& it) {
  offer(it.what, it.x, it.y, BeginAt::Open);
}

void App::perform(const intent::OfferMenuHere& /*it*/) {
  offer(selection_, -1, -1, BeginAt::WhatIf);
}

void App::offer(const Selection& what, float x, float y, BeginAt begin) {
  const OpenRun* run = current();
  if (run == nullptr || is_working() || side_by_side_) return;
  if (begin == BeginAt::WhatIf && refuse_while_live()) return;
  note_.clear();  // it would lie over the choices
  offers_.open(offers_for(run->playback.position(), what), what, shown_, x, y, begin);
}

// What is live cannot be changed afterwards: there it can only be opened. A class that looks on has
// little room, and needs what the lesson is about more than other dice.
Offers App::offers_for(EventPosition position, const Selection& what) const {
  Offers offers = make_offers(*document(), position, what, sight_, language());
  auto& rows = offers.what_if.rows;
  if (is_live()) rows.clear();
  if (mode_ == Mode::Present && rows.size() > 1) {
    rows.erase(std::remove_if(rows.begin(), rows.end(), is_about_chance), rows.end());
  }
  return offers;
}

void App::perform(const intent::MakeFork& it) {
  if (it.run >= runs_.size() || is_working() || refuse_while_live()) return;
  current()->playback.jump(current()->playback.position());
  note_.clear();
  work_ = std::make_unique<ForkWork>(runs_, it.run, it.position, it.change);
}

// ---- Going from branch to branch ---------------------------------------------------------------

// The place stays while both have it in common; from there on, it is the last that is told before
// they part.
void App::show_run(std::size_t index) {
  if (index >= runs_.size() || index == shown_ || is_working()) return;
  const EventPosition here = current()->playback.position();
  const EventPosition parting = parting_of(runs_, shown_, index);
  offers_.close();
  shown_ = index;
  forget_what_was_shown();
  note_.clear();
  const bool is_common = here == kNoEvent || here <= parting;
  current()->playback.jump(is_common ? here : told_place(parting));
}

void App::perform(const intent::ShowDocument& it) {
  show_run(it.index);
}

void App::perform(const intent::ShowNextDocument& /*it*/) {
  if (runs_.size() > 1) return show_run((shown_ + 1) % runs_.size());
  if (current() != nullptr && !refuse_while_live()) note_ = language().text("note.no_branch");
}

// ---- Side by side ------------------------------------------------------------------------------

void App::perform(const intent::ShowSideBySide& it) {
  OpenRun* run = current();
  if (run == nullptr || is_working() || side_by_side_ || refuse_while_live()) return;
  offers_.close();
  run->playback.jump(run->playback.position());
  note_.clear();
  const bool has_parent = run->origin.has_value();
  if (it.what == intent::Beside::OtherMode || !has_parent) {
    auto work = ModesWork::begin(*run->document);
    if (work) {
      work_ = std::move(*work);
    } else {
      note_ = language().format("note.not_beside", work.error().text());
    }
    return;
  }
  const OpenRun& parent = runs_[run->origin->parent];
  work_ = std::make_unique<BesideWork>(SideRun{parent.document, parent.name},
                                       SideRun{run->document, run->name});
}

bool App::perform_side_by_side(const Intent& intent) {
  if (!side_by_side_ || is_for_whole_window(intent)) return false;
  note_.clear();
  SideBySide& sides = *side_by_side_;
  if (const auto* step = std::get_if<intent::Step>(&intent)) {
    sides.step(step->stride, step->direction, motion_style());
  } else if (const auto* jump = std::get_if<intent::JumpToStep>(&intent)) {
    sides.jump(jump->step);
  } else if (std::holds_alternative<intent::JumpToStart>(intent)) {
    sides.jump(sides.start());
  } else if (std::holds_alternative<intent::JumpToEnd>(intent)) {
    sides.jump(sides.size());
  } else if (std::holds_alternative<intent::TogglePlay>(intent)) {
    sides.toggle_play();
  } else if (const auto* speed = std::get_if<intent::SetSpeed>(&intent)) {
    sides.set_speed(speed->index);
  } else if (std::holds_alternative<intent::ShowSideBySide>(intent)) {
    side_by_side_.reset();
  } else if (std::holds_alternative<intent::ToggleSight>(intent)) {
    note_ = language().text("line.not_beside");
  }
  return true;  // the rest is for the run behind them, which nobody sees
}

float App::side_by_side_text_px(float width, float height, float em) const {
  const auto [left, right] =
      side_by_side_stages({width, height, em, mode_, side_by_side_->summary().size()});
  const auto fits = [&](const OneSide& side, const Rect& place) {
    const Scene& scene = side.stage.scene();
    const HeadStyle head = head_style(mode_, scene);
    return stage_text_px(scene.plan, place, head,
                         std::max(em, easy_text_px(scene.plan, place, head)));
  };
  return std::min(fits(side_by_side_->left(), left), fits(side_by_side_->right(), right));
}

}  // namespace mailwalk::gui
