// Where the window's own files lie: languages, and what else comes along with the program.
#pragma once

#include <filesystem>

namespace mailwalk::gui {

// share/mailwalk/assets beside the bin/ in which the program lies, or the source's assets/, from
// which it was built.
std::filesystem::path assets_folder();

}  // namespace mailwalk::gui
