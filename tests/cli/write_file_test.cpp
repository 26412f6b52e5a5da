#include "cli/write_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/catch.hpp"

using namespace mailwalk;  // NOLINT
namespace fs = std::filesystem;

namespace {

// A folder of its own to work in, while it lives.
class WorkFolder {
 public:
  WorkFolder() : before_(fs::current_path()) {
    std::string name = (fs::temp_directory_path() / "mailwalk-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder_ = name;
    fs::current_path(folder_);
  }
  ~WorkFolder() {
    fs::current_path(before_);
    fs::permissions(folder_, fs::perms::owner_all);
    fs::remove_all(folder_);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

 private:
  fs::path before_, folder_;
};

std::string octets_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a new file never takes the place of another", "[cli][files]") {
  const WorkFolder folder;
  const auto first = cli::write_new_file("run", ".txt", "first");
  const auto second = cli::write_new_file("run", ".txt", "second");
  REQUIRE(first.ok());
  REQUIRE(second.ok());
  CHECK(first->filename() == "run.txt");
  CHECK(second->filename() == "run-2.txt");
  CHECK(first->is_absolute());
  CHECK(octets_of(*first) == "first");
  CHECK(octets_of(*second) == "second");
}

TEST_CASE("where no file can be made, the path and the reason are told", "[cli][files]") {
  const WorkFolder folder;
  const auto written = cli::write_new_file("no-such-folder/run", ".txt", "words");
  REQUIRE_FALSE(written.ok());
  CHECK_THAT(written.error().text(), ContainsSubstring("no-such-folder/run.txt"));
}
