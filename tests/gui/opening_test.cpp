#include "gui/opening.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "gui/saving.hpp"
#include "journal/comparison.hpp"
#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

namespace fs = std::filesystem;

// Over at once: the least work that is done in a frame.
TimeSlice shortest() {
  return TimeSlice(std::chrono::milliseconds(0));
}

// A folder of its own, in which the test stands.
class OwnFolder {
 public:
  OwnFolder() { fs::current_path(folder_.path()); }
  ~OwnFolder() { fs::current_path(before_); }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;

 private:
  fs::path before_ = fs::current_path();
  test::TemporaryFolder folder_;
};

std::unique_ptr<Document> opened(const std::string& named, int& slices) {
  auto opening = Opening::begin(named);
  REQUIRE(opening.ok());
  std::uint64_t events = 0;
  while (!(*opening)->advance(shortest())) {
    CHECK((*opening)->events() >= events);
    events = (*opening)->events();
    ++slices;
  }
  auto document = (*opening)->take();
  REQUIRE(document.ok());
  return std::move(*document);
}

std::string saved(const std::shared_ptr<const Document>& document, int& slices) {
  auto saving = Saving::begin(document, "run");
  REQUIRE(saving.ok());
  while (!(*saving)->advance(shortest())) ++slices;
  const auto file = (*saving)->take();
  REQUIRE(file.ok());
  return *file;
}

}  // namespace

TEST_CASE("a run that is opened, saved and read in slices is the same", "[gui][opening]") {
  const OwnFolder folder;
  const std::shared_ptr<const Document> whole = test::lesson("delete-mode");
  int opening_slices = 0, saving_slices = 0, reading_slices = 0;
  const auto lesson = opened(whole->text().named, opening_slices);
  const std::string file = saved(whole, saving_slices);
  const auto recording = opened(file, reading_slices);
  CHECK(opening_slices > 3);
  CHECK(saving_slices > 3);
  CHECK(reading_slices > 3);
  for (const Document* other : {lesson.get(), recording.get()}) {
    CHECK(journal::find_divergence(whole->journal(), other->journal()).how ==
          journal::Parting::Never);
    CHECK(other->index().size() == whole->index().size());
    CHECK(other->index().told().all() == whole->index().told().all());
    CHECK(other->index().rows().size() == whole->index().rows().size());
    CHECK(other->text().title.english == whole->text().title.english);
  }
}

TEST_CASE("a second recording of one name takes the next number", "[gui][opening]") {
  const OwnFolder folder;
  const std::shared_ptr<const Document> run = test::lesson("keep-mode");
  int slices = 0;
  CHECK(saved(run, slices) == "run.mailwalk");
  CHECK(saved(run, slices) == "run-2.mailwalk");
}

TEST_CASE("a recording that is given up half-way leaves no file", "[gui][opening]") {
  const OwnFolder folder;
  const std::shared_ptr<const Document> run = test::lesson("keep-mode");
  {
    auto saving = Saving::begin(run, "run");
    REQUIRE(saving.ok());
    REQUIRE_FALSE((*saving)->advance(shortest()));
    CHECK(fs::exists("run.mailwalk"));
  }
  CHECK(fs::is_empty("."));
}

TEST_CASE("whatever a file holds, it is opened or told why not", "[gui][opening]") {
  const OwnFolder folder;
  const std::shared_ptr<const Document> run = test::lesson("keep-mode");
  int slices = 0;
  const std::string file = saved(run, slices);
  std::ifstream in(file, std::ios::binary);
  const std::string octets{std::istreambuf_iterator<char>(in), {}};
  for (const double part : {0.0, 0.001, 0.1, 0.5, 0.9}) {
    INFO(part);
    const auto kept = static_cast<std::size_t>(static_cast<double>(octets.size()) * part);
    std::ofstream("part.mailwalk", std::ios::binary) << octets.substr(0, kept);
    const auto document = open_document("part.mailwalk");
    REQUIRE_FALSE(document.ok());
    CHECK_FALSE(document.error().what.empty());
  }
  CHECK_FALSE(open_document("nothing.mailwalk").ok());
  CHECK_FALSE(open_document(".").ok());
}

TEST_CASE("a lesson whose run was stopped is shown as far as it came, and says so",
          "[gui][documents]") {
  const std::string file = std::string(MAILWALK_SOURCE_DIR) + "/lessons/whole-journey/lesson.toml";
  for (const bool is_stopped : {true, false}) {
    constexpr std::uint64_t kFew = 100;
    auto opening = is_stopped ? Opening::begin(file, kFew) : Opening::begin(file);
    REQUIRE(opening.ok());
    while (!(*opening)->advance(TimeSlice())) {
    }
    CHECK(((*opening)->trouble() != nullptr) == is_stopped);
    const auto document = (*opening)->take();
    REQUIRE(document.ok());
    CHECK((*document)->index().size() == (*document)->journal().size());
    CHECK(((*document)->journal().size() < 2 * kFew) == is_stopped);
  }
}

TEST_CASE("a lesson that was opened by a path can be opened again from another folder",
          "[gui][documents]") {
  namespace fs = std::filesystem;
  const fs::path before = fs::current_path();
  const fs::path lessons = fs::path(MAILWALK_SOURCE_DIR) / "lessons";
  fs::current_path(lessons);
  std::vector<std::string> named;
  for (const char* path : {"./keep-mode", "keep-mode/lesson.toml"}) {
    const auto opened = open_document(path);
    REQUIRE(opened.ok());
    named.push_back((*opened)->text().named);
  }
  fs::current_path("/");
  for (const std::string& name : named) CHECK(open_document(name).ok());
  CHECK(open_document("keep-mode").ok());  // the id of one that comes along, wherever one stands
  fs::current_path(before);
}
