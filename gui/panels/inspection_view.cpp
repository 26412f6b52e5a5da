#include "gui/panels/inspection_view.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gui/panels/octet_view.hpp"
#include "gui/panels/state_diagram.hpp"
#include "gui/panels/tint.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/copy_mark.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::gui {
namespace {

// ---- A line taken apart ----------------------------------------------------------------------

// One piece over its name, with a stroke between them.
void draw_part(const Flow& flow, ImVec2 at, float width, const Parts::Part& part) {
  const UiFrame& frame = flow.frame();
  ImFont* mono = frame.font(Face::Mono);
  ImFont* small = frame.font(Face::Small);
  const float em = flow.em();
  draw_text(flow.list(), mono, at, text_color(frame.theme, part.tint),
            fitted(part.text, mono, width));
  if (part.name.empty()) return;
  const float y = at.y + mono->FontSize + em * 0.22F;
  const Color line =
      part.tint == Tint::None ? frame.theme.hairline : hue_of_tint(frame.theme, part.tint).line;
  flow.list().AddLine({at.x, y}, {at.x + width, y}, paint(line), std::max(1.0F, em / 10));
  draw_text(flow.list(), small, {at.x, y + em * 0.12F}, frame.theme.muted,
            fitted(part.name, small, width));
}

// Of a line of parts with their names.
float parts_row(const Flow& flow) {
  const UiFrame& frame = flow.frame();
  return frame.font(Face::Mono)->FontSize + frame.font(Face::Small)->FontSize + flow.em() * 0.75F;
}

float line_end_width(const Flow& flow) {
  return text_size("CR", flow.frame().font(Face::Small)).x * 2 + flow.em() * 1.2F;
}

// CR and LF, each in a small frame: they are sent, though nobody sees them.
void draw_line_end(const Flow& flow, ImVec2 at) {
  const UiFrame& frame = flow.frame();
  ImFont* font = frame.font(Face::Small);
  const float em = flow.em();
  for (const char* name : {"CR", "LF"}) {
    const Rect box{at.x, at.y, text_size(name, font).x + em * 0.4F, font->FontSize + em * 0.15F};
    flow.list().AddRect(box.min(), box.max(), paint(frame.theme.ghost.line), em * 0.2F, 0,
                        std::max(1.0F, em / 16));
    draw_text(flow.list(), font, {box.center().x, box.y + em * 0.05F}, frame.theme.muted, name,
              Align::Center);
    at.x += box.w + em * 0.2F;
  }
}

// Pieces that fit in a line; the last one of a part has its name.
std::vector<Parts::Part> in_pieces(const Flow& flow, const Parts::Part& part) {
  ImFont* mono = flow.frame().font(Face::Mono);
  const float letter = std::max(text_size("0", mono).x, 1.0F);
  const auto room = static_cast<std::size_t>(std::max(flow.width() / letter, 1.0F));
  std::vector<Parts::Part> pieces{{"", "", part.tint}};
  std::size_t letters = 0;
  for (std::size_t at = 0; at < part.text.size();) {
    if (letters++ == room) {
      pieces.push_back({"", "", part.tint});
      letters = 1;
    }
    const std::string_view rest = std::string_view(part.text).substr(at);
    const std::size_t length = std::max<std::size_t>(wire::utf8_length(rest), 1);
    pieces.back().text += rest.substr(0, length);
    at += length;
  }
  pieces.back().name = part.name;
  return pieces;
}

// Returns where the next one would stand.
ImVec2 draw_whole_part(const Flow& flow, ImVec2 at, const Parts::Part& part) {
  const UiFrame& frame = flow.frame();
  ImFont* mono = frame.font(Face::Mono);
  const float em = flow.em();
  const float left = flow.cursor().x;
  const float right = left + flow.width();
  for (const Parts::Part& piece : in_pieces(flow, part)) {
    const float wanted =
        std::max(text_size(piece.text, mono).x, text_size(piece.name, frame.font(Face::Small)).x);
    const float width = std::min(wanted, flow.width());
    if (at.x + width > right && at.x > left) at = {left, at.y + parts_row(flow)};
    draw_part(flow, at, width, piece);
    const bool goes_on = piece.name.empty() && !part.name.empty();
    at = goes_on ? ImVec2{left, at.y + mono->FontSize + em * 0.2F}
                 : ImVec2{at.x + width + em * 0.7F, at.y};
  }
  return at;
}

void draw(Flow& flow, const Parts& parts, Intents& /*intents*/) {
  const float row = parts_row(flow);
  const ImVec2 start = flow.cursor();
  const float right = start.x + flow.width();
  ImVec2 at = start;
  for (const Parts::Part& part : parts.parts) at = draw_whole_part(flow, at, part);
  if (parts.shows_line_end) {
    if (at.x + line_end_width(flow) > right) at = {start.x, at.y + row};
    draw_line_end(flow, at);
  }
  flow.take(at.y + row - start.y);
}

void draw(Flow& flow, const Paragraph& paragraph, Intents& /*intents*/) {
  flow.paragraph(Face::Body, text_color(flow.frame().theme, paragraph.tint), paragraph.text);
  flow.gap(0.3F);
}

// ---- Rows ------------------------------------------------------------------------------------

constexpr int kMostValueLines = 4;

void follow(const Lead& lead, Intents& intents) {
  if (const auto* jump = std::get_if<Jump>(&lead)) {
    intents.ask(intent::JumpTo{jump->to});
    intents.ask(intent::Select{});  // so that the inspector shows where one has come to
  } else if (const auto* selection = std::get_if<Selection>(&lead)) {
    intents.ask(intent::Select{*selection});
  }
}

float label_width(const Flow& flow, const Facts& facts) {
  ImFont* font = flow.frame().font(Face::Small);
  float width = 0;
  for (const Facts::Fact& fact : facts.facts) {
    width = std::max(width, text_size(fact.label, font).x);
  }
  width = std::min(width, flow.width() * 0.34F);
  return width > 0 ? width + flow.em() * 0.8F : 0;
}

// What can be clicked is underlined, as it is on the pages that everybody knows.
void draw_fact(Flow& flow, const Facts::Fact& fact, float label, Intents& intents) {
  const UiFrame& frame = flow.frame();
  const float em = flow.em();
  const bool leads = !std::holds_alternative<std::monostate>(fact.lead);
  const Face face = fact.from_wire ? Face::Mono : Face::Body;
  const ImVec2 at = flow.cursor();
  float x = at.x + label;
  if (fact.letter) {
    const Rect mark{x, at.y + em * 0.22F, em * 1.1F, em * 0.78F};
    draw_copy_mark(flow.list(), frame.theme, mark, *fact.letter, CopyLook::Closed);
    x += em * 1.5F;
  }
  ImFont* small = frame.font(Face::Small);
  draw_text(flow.list(), small, {at.x, at.y + em * 0.1F}, frame.theme.muted,
            fitted(fact.label, small, label));
  const float width = std::max(at.x + flow.width() - x, em);
  const bool is_plain = fact.tint == Tint::None;
  const Color color =
      leads && is_plain ? frame.theme.smtp.text : text_color(frame.theme, fact.tint);
  const float height = draw_paragraph(flow.list(), frame.font(face), {x, at.y}, width, color,
                                      fact.value, kMostValueLines);
  const Rect row = flow.take(std::max(height, line_height(frame, Face::Body)));
  if (!leads) return;
  const Clicked state = click_area("fact", row);
  const float thin = std::max(1.0F, em / 16);
  underline_paragraph(flow.list(), frame.font(face), {x, at.y}, width,
                      {paint(color, state.hovered ? 1.0F : 0.45F), state.hovered ? 2 * thin : thin},
                      fact.value, kMostValueLines);
  if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (state.clicked) follow(fact.lead, intents);
}

void draw(Flow& flow, const Facts& facts, Intents& intents) {
  flow.heading(facts.heading);
  const float label = label_width(flow, facts);
  int id = 0;
  for (const Facts::Fact& fact : facts.facts) {
    ImGui::PushID(id++);
    draw_fact(flow, fact, label, intents);
    ImGui::PopID();
  }
  flow.gap(0.4F);
}

void draw(Flow& flow, const StateMap& map, Intents& /*intents*/) {
  draw_state_map(flow, map);
  flow.gap(0.4F);
}

// ---- Envelope beside header beside body ------------------------------------------------------

float draw_column(const Flow& flow, const Columns::Column& column, const Rect& box) {
  const UiFrame& frame = flow.frame();
  const float em = flow.em();
  const float width = box.w - em;
  float y = box.y + em * 0.35F;
  draw_text(flow.list(), frame.font(Face::Strong), {box.x + em * 0.5F, y}, frame.theme.muted,
            fitted(column.heading, frame.font(Face::Strong), width));
  y += line_height(frame, Face::Strong);
  ImFont* mono = frame.font(Face::Mono);
  for (const std::string& line : column.lines) {
    y += std::max(
        draw_paragraph(flow.list(), mono, {box.x + em * 0.5F, y}, width, frame.theme.ink, line, 2),
        mono->FontSize * 0.7F);
  }
  return y + em * 0.35F - box.y;
}

// Side by side where there is room, else one below the other.
void draw(Flow& flow, const Columns& columns, Intents& /*intents*/) {
  const UiFrame& frame = flow.frame();
  const float em = flow.em();
  const auto count = static_cast<float>(columns.columns.size());
  const bool beside = flow.width() > em * 14 * count;
  const float gap = em * 0.4F;
  const float width = beside ? (flow.width() - gap * (count - 1)) / count : flow.width();
  ImVec2 at = flow.cursor();
  const float top = at.y;
  float tallest = 0;
  std::vector<Rect> boxes;
  for (const Columns::Column& column : columns.columns) {
    const float height = draw_column(flow, column, {at.x, at.y, width, 0});
    boxes.push_back({at.x, at.y, width, height});
    tallest = std::max(tallest, at.y + height - top);
    if (beside) {
      at.x += width + gap;
    } else {
      at.y += height + gap;
    }
  }
  for (Rect& box : boxes) {
    if (beside) box.h = tallest;
    flow.list().AddRect(box.min(), box.max(), paint(frame.theme.hairline), em * 0.4F, 0,
                        std::max(1.0F, em / 14));
  }
  flow.take(tallest);
  flow.gap(0.4F);
}

}  // namespace

void draw_inspection(Flow& flow, const Inspection& inspection, OctetView& octets,
                     Intents& intents) {
  int id = 0;
  for (const Block& block : inspection.blocks) {
    ImGui::PushID(id++);
    if (const auto* shown = std::get_if<Octets>(&block)) {
      draw_octets(flow, *shown, octets);
    } else {
      std::visit(
          [&](const auto& it) {
            if constexpr (requires { draw(flow, it, intents); }) draw(flow, it, intents);
          },
          block);
    }
    ImGui::PopID();
  }
  if (!inspection.source.empty()) {
    flow.paragraph(Face::Small, flow.frame().theme.muted, inspection.source);
  }
}

}  // namespace mailwalk::gui
