// The one way in which text from mails and peers gets onto the screen.
//
// Control characters, marks that turn the direction of text, and octets that are no UTF-8 are shown
// as visible signs; a % means nothing; a line stays a line.
#pragma once

#include <string>
#include <string_view>

#include <imgui.h>

namespace mailwalk::gui {

// Fit to be drawn. At most so many octets of the text are looked at: nobody reads more of a line.
std::string safe(std::string_view text, std::size_t most_octets = 4'096);

// Safe text that is not wider than this in this font, with … at its end if it had to be cut.
std::string safe_fitted(std::string_view text, ImFont* font, float width_px);

// The same for text that is safe already.
std::string fitted(std::string_view text, ImFont* font, float width_px);

// The same, cut between two words if it has several: "250 2.0.0…", and never "250 2.0…".
std::string fitted_words(std::string_view text, ImFont* font, float width_px);

// Width and height in pixels of one line.
ImVec2 text_size(std::string_view text, ImFont* font);

}  // namespace mailwalk::gui
