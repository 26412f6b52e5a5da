#include "gui/saving.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "cli/write_file.hpp"
#include "world/problems.hpp"

namespace mailwalk::gui {
namespace {

// More files of one name nobody makes by hand.
constexpr int kMostNumbers = 1'000;

Result<std::string> free_name(std::string_view called) {
  const std::string stem = cli::safe_file_name(called);
  for (int number = 1; number < kMostNumbers; ++number) {
    std::string file =
        number == 1 ? stem + ".mailwalk" : fmt::format("{}-{}.mailwalk", stem, number);
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return file;
  }
  return world::make_error("there are too many recordings of this name here",
                           "move some of them elsewhere");
}

}  // namespace

Saving::Saving(std::shared_ptr<const Document> document, std::string file,
               std::unique_ptr<journal::RecordingWriter> writer)
    : document_(std::move(document)), file_(std::move(file)), writer_(std::move(writer)) {}

Result<std::unique_ptr<Saving>> Saving::begin(std::shared_ptr<const Document> document,
                                              std::string_view called) {
  Result<std::string> file = free_name(called);
  if (!file) return file.error();
  auto writer = journal::RecordingWriter::create(*file, journal::Existing::Refuse);
  if (!writer) return writer.error();
  return std::unique_ptr<Saving>(
      new Saving(std::move(document), std::move(*file), std::move(*writer)));
}

Saving::~Saving() {
  if (!kept_) writer_->give_up();
}

// The rows are written in another thread; this one never waits for them.
bool Saving::advance(const TimeSlice& slice) {
  const journal::Journal& journal = document_->journal();
  work_on(slice, [&] {
    if (handed_over_ == journal.size() || !writer_->has_room()) return false;
    writer_->write_next(journal);
    ++handed_over_;
    return true;
  });
  if (writer_->error() != nullptr) return true;
  if (handed_over_ < journal.size()) return false;
  if (!std::exchange(is_ending_, true)) writer_->begin_commit();
  return !writer_->is_committing();
}

double Saving::progress() const {
  const auto events = static_cast<double>(std::max<std::uint64_t>(document_->journal().size(), 1));
  return static_cast<double>(writer_->written_events()) / events;
}

Result<std::string> Saving::take() {
  const Done finished = writer_->finish();
  if (!finished) return finished.error();
  kept_ = true;
  return file_;
}

}  // namespace mailwalk::gui
