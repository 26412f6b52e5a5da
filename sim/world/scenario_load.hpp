// Scenario files and mails from the disk.
#pragma once

#include <cstddef>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "world/scenario_file.hpp"

namespace mailwalk::world {

// All octets of a file; an error if it cannot be read, has more than max_bytes, or is no regular
// file.
Result<Bytes> load_file(const std::string& path, std::size_t max_bytes);

// The scenario in this file; mails that it names are looked for in the same folder.
ScenarioResult load_scenario(const std::string& path);

}  // namespace mailwalk::world
