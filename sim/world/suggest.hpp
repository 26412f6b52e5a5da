// The nearest known word to a mistyped one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailwalk::world {

using Words = std::vector<std::string_view>;

// How many letters must be added, dropped, replaced or swapped with their neighbour to make one
// word of the other; case does not count.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The known word that was most likely meant, the first of equals; empty if none is near enough (two
// letters in five may be wrong, and at least one).
std::string_view nearest_word(std::string_view word, const Words& known);

// A remedy: `did you mean "mailbox"?`, or if nothing is near `known are: mta, mailbox, maa`, or
// empty if nothing is known at all.
std::string suggest(std::string_view word, const Words& known);

}  // namespace mailwalk::world
