// Why something could not be opened, kept or served, in the language of whoever asked for it.
//
// Errors are sentences in English. So which trouble it is is found out by looking again: is the
// file there, may it be read? Only that a disk was full is known by its words: meanwhile there may
// be room again. What nobody but the reader of a file can know, the line and what is wrong in it,
// stays as it was said.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "gui/language.hpp"

namespace mailwalk::gui {

// Of a lesson or a recording, named as a person did.
std::string why_not_opened(std::string_view named, const Error& error, const Language& language);

// Of a file in the current folder. `otherwise` is the text for what nobody foresaw, with a place
// for the error: "note.not_saved".
std::string why_not_written(std::string_view otherwise, const Error& error,
                            const Language& language);

// Of a lesson that was to be served.
std::string why_not_live(std::string_view lesson, const Error& error, const Language& language);

}  // namespace mailwalk::gui
