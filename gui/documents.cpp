#include "gui/documents.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "cli/lesson_finder.hpp"
#include "cli/write_file.hpp"
#include "journal/recording_reader.hpp"
#include "journal/recording_writer.hpp"
#include "world/problems.hpp"
#include "world/scenario_load.hpp"
#include "world/world.hpp"

namespace mailwalk::gui {
namespace {

// What every file of SQLite begins with (sqlite.org/fileformat.html, section 1.3).
constexpr std::string_view kSqliteMagic = "SQLite format 3";
// More files of one name nobody makes by hand.
constexpr int kMostNumbers = 1'000;

bool is_recording(const std::string& file) {
  const std::filesystem::path path(file);
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return false;
  if (path.extension() == ".mailwalk") return true;
  std::string begin(kSqliteMagic.size(), '\0');
  std::ifstream(path, std::ios::binary)
      .read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return begin == kSqliteMagic;
}

Done write_run(const journal::Journal& journal, const std::string& file) {
  auto writer = journal::RecordingWriter::create(file, journal::Existing::Refuse);
  if (!writer) return writer.error();
  for (const journal::Event& event : journal) (*writer)->appended(event);
  return (*writer)->finish();
}

}  // namespace

Document::Document(std::shared_ptr<const journal::Journal> journal, DocumentText text)
    : journal_(std::move(journal)),
      timeline_(std::make_unique<journal::Timeline>(*journal_)),
      text_(std::move(text)) {
  catch_up();
}

Result<std::unique_ptr<Document>> open_lesson(std::string_view named) {
  const auto file = cli::find_lesson(named, cli::lessons_folder());
  if (!file) return file.error();
  world::ScenarioResult scenario = world::load_scenario(file->string());
  if (!scenario) return scenario.errors().front();

  DocumentText text{std::string(named), scenario->title, scenario->summary};
  const auto world = std::make_shared<world::World>(std::move(*scenario));
  world->run();
  return std::make_unique<Document>(
      std::shared_ptr<const journal::Journal>(world, &world->journal()), std::move(text));
}

Result<std::unique_ptr<Document>> open_recording(const std::string& file) {
  Result<journal::Journal> journal = journal::read_recording(file);
  if (!journal) return journal.error();
  const auto* run = journal->empty()
                        ? nullptr
                        : journal::payload_if<journal::RunStarted>((*journal)[EventPosition{0}]);
  if (run == nullptr) {
    return Error{"the recording does not begin with a run", "record it anew", file, 0, 0};
  }
  DocumentText text{
      std::filesystem::absolute(file).string(),
      {std::string(run->title_english.view()), std::string(run->title_indonesian.view())},
      {}};
  return std::make_unique<Document>(std::make_shared<const journal::Journal>(std::move(*journal)),
                                    std::move(text));
}

Result<std::unique_ptr<Document>> open_document(std::string_view named) {
  const std::string file(named);
  return is_recording(file) ? open_recording(file) : open_lesson(named);
}

Result<std::string> save_recording(const Document& document, std::string_view called) {
  const std::string stem = cli::safe_file_name(called);
  for (int number = 1; number < kMostNumbers; ++number) {
    const std::string file =
        number == 1 ? stem + ".mailwalk" : fmt::format("{}-{}.mailwalk", stem, number);
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) continue;
    const Done written = write_run(document.journal(), file);
    if (!written) return written.error();
    return file;
  }
  return world::make_error("there are too many recordings of this name here",
                           "move some of them elsewhere");
}

}  // namespace mailwalk::gui
