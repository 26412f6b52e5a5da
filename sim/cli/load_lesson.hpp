// The lesson that a person named, ready to be run.
#pragma once

#include <optional>
#include <string>

#include "cli/console.hpp"
#include "world/scenario.hpp"

namespace mailwalk::cli {

// nullopt: there is no such lesson, or it has mistakes, and that was told.
std::optional<world::Scenario> load_lesson(const std::string& named, Console& console);

}  // namespace mailwalk::cli
