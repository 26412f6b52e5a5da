#include "tests/support/temporary_folder.hpp"

#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace mailwalk::test {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "mailwalk-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) {
    std::perror("no temporary folder for a test");
    std::abort();
  }
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace mailwalk::test
