// What the app does slice by slice, and what comes of it.
#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <variant>

#include "gui/app.hpp"
#include "gui/trouble_words.hpp"

namespace mailwalk::gui {
namespace {

template <class Work>
constexpr bool kIsNone = std::is_same_v<std::decay_t<Work>, std::monostate>;

struct WorkNote {
  const Language& language;

  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::unique_ptr<Opening>& work) const {
    return language.format("note.opening", work->events());
  }
  std::string operator()(const std::unique_ptr<Saving>& work) const {
    return in_percent("note.saving", work->progress());
  }
  std::string operator()(const std::unique_ptr<ForkWork>& work) const {
    return in_percent("note.forking", work->progress());
  }
  std::string operator()(const std::unique_ptr<ModesWork>& work) const {
    return in_percent("note.setting_beside", work->progress());
  }
  std::string operator()(const std::unique_ptr<BesideWork>& work) const {
    return in_percent("note.setting_beside", work->progress());
  }
  std::string operator()(const std::unique_ptr<TranscriptWork>& work) const {
    return in_percent("note.exporting", work->progress());
  }

 private:
  std::string in_percent(std::string_view key, double part) const {
    return language.format(key, static_cast<int>(part * 100));
  }
};

// The same moment of a side that goes as this run does: it may have events more at its beginning,
// which say in which mode it is. kNoEvent: it goes otherwise.
EventPosition same_moment(const OneSide& side, const journal::Journal& run,
                          EventPosition position) {
  const journal::Journal& other = side.run.document->journal();
  if (position == kNoEvent || other.size() < run.size()) return kNoEvent;
  const EventPosition there{position.value() + other.size() - run.size()};
  const bool is_same = other[there].time == run[position].time &&
                       other[there].node == run[position].node &&
                       other[there].payload.index() == run[position].payload.index();
  return is_same ? there : kNoEvent;
}

}  // namespace

std::string App::note_of_work() const {
  return std::visit(WorkNote{language()}, work_);
}

void App::go_on_with_work() {
  const TimeSlice slice;
  const bool is_done = std::visit(
      [&](auto& work) {
        if constexpr (kIsNone<decltype(work)>)
          return false;
        else
          return work->advance(slice);
      },
      work_);
  if (!is_done) {
    if (is_working()) note_ = note_of_work();
    return;
  }
  note_.clear();
  LongWork done = std::exchange(work_, {});
  std::visit(
      [this](auto& work) {
        if constexpr (!kIsNone<decltype(work)>) finish(*work);
      },
      done);
}

void App::finish(Opening& opening) {
  const Done opened = show_opened(opening);
  if (!opened) note_ = why_not_opened(opening.named(), opened.error(), language());
}

void App::finish(Saving& saving) {
  const Result<std::string> file = saving.take();
  for (OpenRun& run : runs_) {
    if (file && run.document.get() == &saving.document() && !is_live()) run.is_only_copy = false;
  }
  std::error_code ignored;
  note_ = file ? language().format("note.saved", std::filesystem::absolute(*file, ignored).string())
               : why_not_written("note.not_saved", file.error(), language());
}

void App::finish(TranscriptWork& transcript) {
  const Result<std::string> file = transcript.take();
  note_ = file ? language().format("note.exported", *file)
               : why_not_written("note.not_exported", file.error(), language());
}

void App::finish(ForkWork& fork) {
  Result<OpenRun> branch = fork.take();
  if (!branch) {
    note_ = language().format("note.not_forked", branch.error().text());
    return;
  }
  runs_.push_back(std::move(*branch));
  show_run(runs_.size() - 1);
  note_ = language().format("note.forked", language().pick(runs_.back().name));
  if (const Error* trouble = fork.trouble()) {
    note_ = language().format("note.run_stopped", trouble->text());
  }
}

// At the place where a person stood, where one of the two goes as the run that was shown.
void App::finish(ModesWork& modes) {
  auto both = modes.take();
  if (!both) {
    note_ = language().format("note.not_beside", both.error().text());
    return;
  }
  side_by_side_ = std::move(*both);
  SideBySide& sides = *side_by_side_;
  const journal::Journal& shown = current()->document->journal();
  const EventPosition here = current()->playback.position();
  const EventPosition left = same_moment(sides.left(), shown, here);
  const EventPosition right = same_moment(sides.right(), shown, here);
  if (left != kNoEvent) {
    sides.jump(sides.step_of_left(left));
  } else if (right != kNoEvent) {
    sides.jump(sides.step_of_right(right));
  }
}

// At the place where a person stood, as far as both have it.
void App::finish(BesideWork& beside) {
  side_by_side_ = beside.take();
  const OpenRun& run = *current();
  const EventPosition here =
      run.origin ? std::min(run.playback.position(), run.origin->parts) : run.playback.position();
  side_by_side_->jump(side_by_side_->step_of_left(here));
}

}  // namespace mailwalk::gui
