#include "gui/stage/machine_card.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "gui/safe_text.hpp"
#include "gui/stage/meter.hpp"
#include "gui/stage/shelf.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kPad = 0.6F;        // em
constexpr float kNameLine = 1.25F;  //
constexpr float kLineGap = 0.05F;   // between words and what is below

void draw_edge(const StageFrame& frame, const SceneCard& card, const Rect& rect) {
  const Theme& theme = frame.theme();
  const float rounding = frame.em() * 0.5F;
  const bool selected = is_selected(frame.ui.selection, card.id);
  frame.list.AddRectFilled(rect.min(), rect.max(), paint(theme.card), rounding);
  // Where it happens is edged in ink; what is selected has a second edge around it.
  const Color edge = card.is_acting ? theme.ink : theme.hairline;
  const float width = frame.stroke() * (card.is_acting ? 1.5F : 1.0F);
  frame.list.AddRect(rect.min(), rect.max(), paint(edge), rounding, 0, width);
  if (selected) {
    const Rect around = rect.inset(-frame.stroke() * 2.5F);
    frame.list.AddRect(around.min(), around.max(), paint(theme.ink), rounding * 1.3F, 0,
                       frame.stroke());
  }
}

// The name in one line if it has room in it, and below what it is or what it does with letters; a
// server's name on two lines takes the place of that.
void draw_head(const StageFrame& frame, const SceneCard& card, const CardPlace& place) {
  const float em = frame.em();
  const float width = card_text_width(place, em);
  const float x = place.rect.x + em * kPad;
  const bool is_tight = place.density == Density::Tight;
  float y = place.rect.y + em * (is_tight ? 0.3F : 0.45F);
  ImFont* font = frame.font(is_tight ? Face::Strong : frame.fit.title_face);
  const bool is_receiver = card.kind == CardKind::Receiver;
  ImFont* below = frame.font(frame.words_face());
  const float end = card.kind == CardKind::NameServer ? place.rect.bottom()
                                                      : place.rect.y + place.head_h + em * 0.25F;
  const float mode = is_receiver ? below->FontSize : 0;
  const bool wraps = text_size(card.title, font).x > width && y + 2 * em * kNameLine + mode <= end;
  y +=
      draw_paragraph(frame.list, font, {x, y}, width, frame.theme().ink, card.title, wraps ? 2 : 1);
  const bool has_subtitle = is_receiver || frame.ui.mode == Mode::Work;
  if (!has_subtitle || y + below->FontSize > end) return;
  draw_text(frame.list, below, {x, y}, frame.theme().muted, fitted(card.subtitle, below, width));
}

std::string trouble_text(const SceneCard& card) {
  return std::string(icon::kWarning) + " " + card.trouble;
}

void draw_part(const StageFrame& frame, const SceneCard& card, const CardPart& part,
               const Rect& place) {
  const auto words = [&](const std::string& text, Color color) {
    draw_paragraph(frame.list, frame.font(frame.words_face()), place.min(), place.w, color, text,
                   part.lines);
  };
  switch (part.kind) {
    case CardPartKind::ShelfTitle: return draw_shelf_title(frame, card.shelves[part.shelf], place);
    case CardPartKind::Letters:
      return draw_shelf_letters(
          frame, card.shelves[part.shelf],
          {place, part.lines, frame.letter_scale(card.kind), part.has_title_beside});
    case CardPartKind::Meter: return draw_meter(frame, place, *card.shelves[part.shelf].meter);
    case CardPartKind::Note:
      return draw_shelf_note(frame, card.shelves[part.shelf], place, part.lines);
    case CardPartKind::Uids: return words(card.known_uids, frame.theme().muted);
    case CardPartKind::Trouble: return words(trouble_text(card), frame.theme().fault.text);
    case CardPartKind::Storage: return draw_meter(frame, place, *card.storage);
  }
}

// Below the head and the strip.
Rect room_below_head(const CardPlace& place, float em) {
  const Rect& rect = place.rect;
  const float pad = em * kPad;
  return {rect.x + pad, place.body_y, rect.w - 2 * pad,
          std::max(rect.bottom() - pad * 0.4F - place.body_y, 0.0F)};
}

}  // namespace

CardToFill card_to_fill(const SceneCard& card, const CardPlace& place, ImFont* words, float em) {
  const Rect body = room_below_head(place, em);
  // Some notes begin with a sign.
  const float line = body.w - words->FontSize * 1.1F;
  const CardRoom room{body.w / em, body.h / em, paragraph_height(words, 1) / em + kLineGap};
  return {&card, room, [=](const std::string& text) { return paragraph_lines(words, line, text); }};
}

float card_text_width(const CardPlace& place, float em) {
  return place.rect.w - 2 * em * kPad;
}

void draw_machine_card(const StageFrame& frame, const SceneCard& card, const CardPlace& place) {
  const Rect& rect = place.rect;
  draw_edge(frame, card, rect);
  frame.spots.push_back({rect, card.id});
  frame.list.PushClipRect(rect.min(), rect.max(), true);
  draw_head(frame, card, place);
  const CardToFill filling = card_to_fill(card, place, frame.font(frame.words_face()), frame.em());
  const Rect body = room_below_head(place, frame.em());
  CardRoom room = filling.room;
  room.letter_scale = frame.letter_scale(card.kind);
  for (const CardPart& part : fill_card(card, room, filling.lines)) {
    draw_part(frame, card, part,
              {body.x, body.y + part.y * frame.em(), body.w, part.h * frame.em()});
  }
  frame.list.PopClipRect();
}

}  // namespace mailwalk::gui
