// What the values of options must look like, and what is said of one that does not.
#pragma once

#include <CLI/CLI.hpp>

#include <optional>
#include <string_view>
#include <utility>

#include "base/ids.hpp"

namespace mailwalk::cli {

// "25=2525"; nullopt if it is nothing of the kind.
std::optional<std::pair<Port, Port>> read_port_pair(std::string_view text);
CLI::Validator port_pair();

// One at which others can reach this computer.
CLI::Validator outer_address();

// Decimal, and nothing else: 010 is ten.
CLI::Validator whole_number();

// As a number alone: "12s" is none.
CLI::Validator number_of_seconds();

}  // namespace mailwalk::cli
