#include "gui/safe_text.hpp"

#include <algorithm>

#include "export/printable.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::gui {
namespace {

constexpr std::string_view kEllipsis = "…";

// Cut before a character that does not fit whole.
std::string_view first_octets(std::string_view text, std::size_t octets) {
  if (text.size() <= octets) return text;
  while (octets > 0 && (static_cast<unsigned char>(text[octets]) & 0xC0) == 0x80) --octets;
  return text.substr(0, octets);
}

// Dear ImGui takes a character beyond the first 65,536, an emoji for instance, for broken UTF-8.
constexpr std::string_view kNotDrawn = "□";
constexpr unsigned char kFirstOfFour = 0xF0;

}  // namespace

std::string safe(std::string_view text, std::size_t most_octets) {
  const std::string printable = exporting::printable(first_octets(text, most_octets));
  std::string shown;
  shown.reserve(printable.size());
  for (std::size_t i = 0; i < printable.size(); ++i) {
    if (static_cast<unsigned char>(printable[i]) >= kFirstOfFour) {
      shown += kNotDrawn;
      i += 3;
    } else {
      shown += printable[i] == '\t' ? ' ' : printable[i];
    }
  }
  return shown;
}

ImVec2 text_size(std::string_view text, ImFont* font) {
  return font->CalcTextSizeA(font->FontSize, 1e9F, 0, text.data(), text.data() + text.size());
}

std::string fitted(std::string_view text, ImFont* font, float width_px) {
  if (text_size(text, font).x <= width_px) return std::string(text);
  const float room = width_px - text_size(kEllipsis, font).x;
  if (room <= 0) return {};
  const char* end = nullptr;
  font->CalcTextSizeA(font->FontSize, room, 0, text.data(), text.data() + text.size(), &end);
  std::string cut(text.data(), end);
  while (!cut.empty() && cut.back() == ' ') cut.pop_back();
  return cut + std::string(kEllipsis);
}

std::string fitted_words(std::string_view text, ImFont* font, float width_px) {
  std::string cut = fitted(text, font, width_px);
  if (cut.empty() || cut == text) return cut;
  const std::size_t end = cut.size() - kEllipsis.size();
  const std::size_t blank = cut.rfind(' ');
  const bool ends_with_word = text[end] == ' ';
  if (!ends_with_word && blank != std::string::npos) cut.erase(blank, end - blank);
  return cut;
}

std::string safe_fitted(std::string_view text, ImFont* font, float width_px) {
  return fitted(safe(text), font, width_px);
}

}  // namespace mailwalk::gui
