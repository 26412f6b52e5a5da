#include "gui/opening.hpp"

#include <filesystem>
#include <fstream>
#include <utility>

#include "cli/lesson_finder.hpp"
#include "world/recipe.hpp"
#include "world/scenario_load.hpp"

namespace mailwalk::gui {
namespace {

// What every file of SQLite begins with (sqlite.org/fileformat.html, section 1.3).
constexpr std::string_view kSqliteMagic = "SQLite format 3";

// As it can be asked for again from anywhere: a path from its root; a number as the id that has it.
std::string lasting_name(std::string_view named, const std::filesystem::path& found) {
  const std::filesystem::path path(named);
  std::error_code ignored;
  const bool is_path = path == found || path / cli::kLessonFile == found;
  return is_path ? std::filesystem::absolute(path, ignored).string()
                 : found.parent_path().filename().string();
}

}  // namespace

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

Opening::Opening(std::variant<Lesson, Recording> source, DocumentText text)
    : source_(std::move(source)), named_(text.named), text_(std::move(text)) {}

Result<std::unique_ptr<Opening>> Opening::begin(std::string_view named, std::uint64_t most_events) {
  const std::string file(named);
  return is_recording(file) ? begin_recording(file) : begin_lesson(named, most_events);
}

Result<std::unique_ptr<Opening>> Opening::begin_lesson(std::string_view named,
                                                       std::uint64_t most_events) {
  const auto file = cli::find_lesson(named, cli::lessons_folder());
  if (!file) return file.error();
  world::ScenarioResult scenario = world::load_scenario(file->string());
  if (!scenario) return scenario.errors().front();
  DocumentText text{lasting_name(named, *file), scenario->title, scenario->summary,
                    scenario->gates};
  return std::unique_ptr<Opening>(new Opening(
      std::make_shared<world::World>(std::move(*scenario), most_events), std::move(text)));
}

Result<std::unique_ptr<Opening>> Opening::begin_recording(const std::string& file) {
  auto reader = journal::RecordingReader::open(file);
  if (!reader) return reader.error();
  DocumentText text{std::filesystem::absolute(file).string(), {}, {}};
  return std::unique_ptr<Opening>(new Opening(
      Recording{file, std::move(*reader), std::make_shared<journal::Journal>()}, std::move(text)));
}

// ---- The events, then what is looked up in them ------------------------------------------------

bool Opening::advance(const TimeSlice& slice) {
  if (!document_ && !error_) {
    if (!work_on(slice, [this] { return make_event(); })) return false;
    if (!error_) begin_document();
  }
  return error_.has_value() || document_->read_on(slice);
}

// False: there are no more.
bool Opening::make_event() {
  if (auto* lesson = std::get_if<Lesson>(&source_)) return (*lesson)->step();
  return read_event(std::get<Recording>(source_));
}

bool Opening::read_event(Recording& recording) {
  auto next = recording.reader.next();
  if (!next) error_ = next.error();
  if (!next || !*next) return false;
  journal::Event& event = **next;
  recording.journal->append(event.time, event.node, event.connection, event.cause,
                            std::move(event.payload));
  return true;
}

void Opening::begin_document() {
  if (const auto* recording = std::get_if<Recording>(&source_)) {
    const journal::Journal& events = *recording->journal;
    const auto* run = events.empty()
                          ? nullptr
                          : journal::payload_if<journal::RunStarted>(events[EventPosition{0}]);
    if (run == nullptr) {
      error_ = Error{"the recording does not begin with a run", "record it anew", recording->file};
      return;
    }
    text_.title = {std::string(run->title_english.view()),
                   std::string(run->title_indonesian.view())};
    // Of a run that was changed or served there is no recipe, or it asks nothing.
    if (const auto recipe = world::recipe_of(events)) text_.gates = recipe->scenario.gates;
  }
  document_ = std::make_unique<Document>(journal(), std::move(text_), Reading::InSlices);
}

std::shared_ptr<const journal::Journal> Opening::journal() const {
  if (const auto* lesson = std::get_if<Lesson>(&source_)) {
    return {*lesson, &std::as_const(**lesson).journal()};
  }
  return std::get<Recording>(source_).journal;
}

std::uint64_t Opening::events() const {
  return journal()->size();
}

const Error* Opening::trouble() const {
  const auto* lesson = std::get_if<Lesson>(&source_);
  return lesson != nullptr && (*lesson)->trouble() ? &*(*lesson)->trouble() : nullptr;
}

Result<std::unique_ptr<Document>> Opening::take() {
  if (error_) return *error_;
  return std::move(document_);
}

Result<std::unique_ptr<Document>> open_document(std::string_view named) {
  auto opening = Opening::begin(named);
  if (!opening) return opening.error();
  while (!(*opening)->advance(TimeSlice())) {
  }
  return (*opening)->take();
}

}  // namespace mailwalk::gui
