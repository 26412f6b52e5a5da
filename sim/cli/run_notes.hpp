// What a run is told with on standard error, in both languages.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.hpp"
#include "cli/undelivered.hpp"
#include "export/text.hpp"

namespace mailwalk::cli {

// "letter.eml: 3 lines did not end in CRLF; now they do". lines > 0.
std::string lines_changed_words(const std::string& file, std::size_t lines,
                                exporting::Language language);

// "not everything arrived: 1 mail waits, 2 recipients were refused or given up". REQUIRES any().
std::string undelivered_words(const Undelivered& undelivered, exporting::Language language);

// That nobody reaches this host, which a real server plays.
std::string only_served_words(const std::string& host, exporting::Language language);

// "…; the run goes on and is not recorded". The error itself is in English, as all errors are.
std::string unrecorded_words(const Error& why, exporting::Language language);

}  // namespace mailwalk::cli
