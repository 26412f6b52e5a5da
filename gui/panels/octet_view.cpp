#include "gui/panels/octet_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "gui/safe_text.hpp"
#include "gui/widgets/button.hpp"

namespace mailwalk::gui {
namespace {

// What stands here is laid out in each frame: the rest of a large mail is counted, not drawn.
constexpr std::size_t kMostLines = 40;
constexpr std::size_t kMostLineOctets = 1'000;
constexpr std::size_t kMostHexRows = 64;

void draw_octets(Flow& flow, std::string_view text) {
  ImFont* font = flow.frame().font(Face::Mono);
  const Rect row = flow.take(line_height(flow.frame(), Face::Mono));
  draw_text(flow.list(), font, row.min(), flow.frame().theme.ink, fitted(text, font, row.w));
}

// Returns how many octets it showed.
std::size_t draw_lines(Flow& flow, std::string_view text) {
  std::size_t at = 0;
  for (std::size_t line = 0; line < kMostLines && at < text.size(); ++line) {
    const std::size_t found = text.find('\n', at);
    const std::size_t end = found == std::string_view::npos ? text.size() : found + 1;
    draw_octets(flow, safe(text.substr(at, end - at), kMostLineOctets));
    at = end;
  }
  return at;
}

// "0010  48 61 69 0D 0A            Hai␍␊"
std::string hex_row(std::string_view text, std::size_t at, std::size_t columns) {
  const std::string_view octets = text.substr(at, columns);
  std::string numbers;
  for (const char c : octets) {
    numbers += fmt::format("{:02X} ", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  numbers.resize(columns * 3, ' ');
  std::string characters;
  for (const char c : octets) {
    const bool is_plain = c >= 0x20 && c < 0x7F;
    const bool is_line_end = c == '\r' || c == '\n';
    characters += is_plain ? std::string(1, c) : is_line_end ? safe({&c, 1}) : "·";
  }
  return fmt::format("{:04X}  {} {}", at, numbers, characters);
}

std::size_t draw_hex(Flow& flow, std::string_view text) {
  ImFont* font = flow.frame().font(Face::Mono);
  const float needed = text_size(hex_row(text, 0, 16), font).x;
  const std::size_t columns = needed <= flow.width() ? 16 : 8;
  std::size_t at = 0;
  for (std::size_t row = 0; row < kMostHexRows && at < text.size(); ++row) {
    draw_octets(flow, hex_row(text, at, columns));
    at = std::min(at + columns, text.size());
  }
  return at;
}

}  // namespace

void draw_octets(Flow& flow, const Octets& octets, OctetView& view) {
  const UiFrame& frame = flow.frame();
  flow.heading(octets.heading);
  const bool is_hex = view == OctetView::Hex;
  ButtonLook text_look{Emphasis::Quiet, is_hex ? Chosen::No : Chosen::Yes};
  ButtonLook hex_look{Emphasis::Quiet, is_hex ? Chosen::Yes : Chosen::No};
  if (button(frame, "text", frame.language.text("inspect.as_text"), text_look)) {
    view = OctetView::Text;
  }
  ImGui::SameLine(0, flow.em() * 0.4F);
  if (button(frame, "hex", frame.language.text("inspect.as_hex"), hex_look)) view = OctetView::Hex;
  flow.gap(0.2F);
  const std::string_view text = octets.bytes.view();
  const std::size_t shown = is_hex ? draw_hex(flow, text) : draw_lines(flow, text);
  if (shown < text.size()) {
    flow.paragraph(Face::Small, frame.theme.muted,
                   frame.language.format("inspect.octets_more", text.size() - shown));
  }
  flow.gap(0.4F);
}

}  // namespace mailwalk::gui
