#include "gui/assets.hpp"

#include <system_error>

namespace mailwalk::gui {

namespace fs = std::filesystem;

fs::path assets_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = program.parent_path().parent_path() / "share" / "mailwalk" / "assets";
  return fs::is_directory(installed, error) ? installed : fs::path(MAILWALK_ASSETS_FOLDER);
}

}  // namespace mailwalk::gui
