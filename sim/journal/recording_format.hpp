// The format of a recording: what is in the file, and how it is told from other files.
// recording.md describes it for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "journal/recording_sqlite.hpp"

namespace mailwalk::journal {

// "MaWk". In the header of the file, where `file` and others look for it.
inline constexpr std::int64_t kApplicationId = 0x4D61576B;
inline constexpr std::int64_t kFormatVersion = 1;

// Bytes that are so long stand in the table of contents, each once: a row of that table costs less.
inline constexpr std::size_t kLeastContentOctets = 64;

// Makes the tables and the views of this version, and says in the file what it is. Not
// in a transaction of its own.
Done create_schema(Database& database);

// So that a person who looks into the file reads names: those of all kinds that this version has.
Done name_kinds(Database& database);

// Whether a file that begins so is a recording, of whatever version.
inline constexpr std::size_t kHeaderOctets = 72;
bool is_header_of_recording(std::string_view header);

// Whether the file is a recording, of a version that is known: its version, or why not.
Result<std::int64_t> read_version(Database& database);

// Whether the file has the tables of its version, and nothing else that could do something when
// they are read. REQUIRES 0 <= version <= kFormatVersion.
Done check_schema(Database& database, std::int64_t version);

}  // namespace mailwalk::journal
