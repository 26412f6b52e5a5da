// Commands as a scenario file names them: "DELE", "MAIL"; "." is the end of a mail's content.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "journal/vocabulary.hpp"
#include "world/suggest.hpp"

namespace mailwalk::world {

// All that a server can read as a command.
Words verb_names(journal::Protocol protocol);

// nullopt if the protocol has no such command.
std::optional<journal::Verb> find_verb(std::string_view word, journal::Protocol protocol);

// Of both protocols; empty if neither has it.
std::vector<journal::Verb> find_verbs(std::string_view word);

}  // namespace mailwalk::world
