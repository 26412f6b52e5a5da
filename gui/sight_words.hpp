// One sentence about an event, for somebody who sees so much.
#pragma once

#include <string>
#include <string_view>

#include "export/narrator.hpp"
#include "gui/language.hpp"
#include "gui/telling.hpp"

namespace mailwalk::gui {

// The caption of an event (export/caption.hpp); but who reads along on the line is told which
// records went over it, and that nothing can be seen of what was said in them. REQUIRES an event of
// the run that is told.
std::string sentence_about(const exporting::Happened& happened, const Telling& telling,
                           const Language& language);

// Why nothing can be told of an event that is hidden from somebody on the line.
std::string_view why_hidden(const journal::Event& event, const Language& language);

// The row of the records that left in that event; kNoRow if there are none.
RowId records_sent_in(const Telling& telling, EventPosition event);

// "1305 octets, ServerHello, encrypted". REQUIRES a row of records.
std::string records_words(const Telling& telling, RowId row, const Language& language);

}  // namespace mailwalk::gui
