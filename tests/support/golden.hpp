// Golden files: text that a person has looked at once and that must not change unnoticed.
//
// They stand in a folder golden/ beside the tests. MAILWALK_UPDATE_GOLDEN=1 in the environment
// rewrites them instead of comparing; `git diff` then shows what the change did.
#pragma once

#include <string>
#include <string_view>

namespace mailwalk::test {

// Where two texts part: number and both versions of the first line that differs, and the two lines
// before it, with bytes that cannot be seen escaped. Empty if the texts are equal.
std::string first_difference(std::string_view expected, std::string_view actual);

enum class GoldenMode { Compare, Update };
GoldenMode golden_mode();  // as the environment says

// Compares `actual` with tests/PATH ("export/golden/two_modes.txt"). Empty if they are equal; else
// what differs and what to do: CHECK(golden_difference("export/golden/x.txt", text) == "").
std::string golden_difference(std::string_view path, std::string_view actual,
                              GoldenMode mode = golden_mode());

}  // namespace mailwalk::test
