// The transcript of a run as text: for reading, handing out and comparing.
#pragma once

#include <cstdint>
#include <string>

#include "journal/journal.hpp"

namespace mailwalk::exporting {

enum class LineEnds : std::uint8_t { Hidden, Shown };  // Shown: ␍␊ at the end of each line
enum class Secrets : std::uint8_t { Masked, Shown };   // passwords and APOP digests
enum class Language : std::uint8_t { English, Indonesian };  // of the words around; never of bytes
enum class Contents : std::uint8_t { Abbreviated, Whole };   // of mails and long listings
// Of what is encrypted: what was said, or what somebody sees who reads along on the line.
enum class Sight : std::uint8_t { Insider, Eavesdropper };
enum class Colour : std::uint8_t { None, Ansi };  // Ansi: for a terminal

struct TextOptions {
  LineEnds line_ends = LineEnds::Hidden;
  Secrets secrets = Secrets::Masked;
  Language language = Language::English;
  Contents contents = Contents::Abbreviated;
  Colour colour = Colour::None;
  Sight sight = Sight::Insider;
};

// The whole story in the order of time: what persons did, names looked up, each session as a block
// of C: and S: lines as they went over the wire, what became of each letter, and at the end where
// each copy is. The same journal and options give the same text on every machine.
std::string text_transcript(const journal::Journal& journal, const TextOptions& options);

}  // namespace mailwalk::exporting
