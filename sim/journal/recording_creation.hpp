// Making the file of a recording, where that takes nothing from anybody.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace mailwalk::journal {

class Database;

enum class Existing : std::uint8_t {
  Refuse,   // a file of that name stays as it is
  Replace,  // a recording of that name goes; a file of any other kind stays
};

// An empty file, in a folder that is there, with nothing beside it that could be taken for a part
// of it. Of two who make the same file at once, one does.
Done make_empty_recording(const std::string& path, Existing existing);

// From here to COMMIT nobody else can write into the file, and everybody can read it. Whoever
// records has always begun a batch.
Done begin_batch(Database& database);

// Somebody else has begun one.
Error busy_error(const std::string& path, const std::string& remedy);

}  // namespace mailwalk::journal
