#include "gui/stage/machine_card.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "gui/safe_text.hpp"
#include "gui/stage/meter.hpp"
#include "gui/stage/shelf.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kPad = 0.6F;       // em
constexpr float kTextLine = 1.3F;  //

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

// The title in large type if it fits so, in usual type if not, and cut as the last resort; in
// presentation mode on two lines before it is cut. What a device does when it fetches, delete or
// keep, is told there too: lessons are about it.
void draw_head(const StageFrame& frame, const SceneCard& card, const CardPlace& place) {
  const float pad = frame.em() * kPad;
  const float width = card_text_width(place, frame.em());
  const float x = place.rect.x + pad;
  float y = place.rect.y + frame.em() * 0.5F;
  ImFont* large = frame.font(Face::Title);
  ImFont* usual = frame.font(Face::Strong);
  ImFont* font = frame.font(frame.title_face);
  const bool presenting = frame.ui.mode == Mode::Present;
  if (presenting) {
    const int lines = place.head_h > frame.em() * 3 ? 2 : 1;
    const float used =
        draw_paragraph(frame.list, usual, {x, y}, width, frame.theme().ink, card.title, lines);
    const float line = frame.em() * kTextLine;
    const bool has_room = y + used + line <= place.rect.y + place.head_h + frame.em() * 0.2F;
    if (card.kind == CardKind::Receiver && has_room) {
      ImFont* body = frame.font(Face::Body);
      draw_text(frame.list, body, {x, y + used}, frame.theme().muted,
                fitted(card.subtitle, body, width));
    }
    return;
  }
  draw_text(frame.list, font, {x, y + (large->FontSize - font->FontSize) / 2}, frame.theme().ink,
            fitted(card.title, font, width));
  y += frame.em() * 1.45F;
  ImFont* small = frame.font(Face::Small);
  if (y + small->FontSize > place.rect.bottom()) return;
  draw_text(frame.list, small, {x, y}, frame.theme().muted, fitted(card.subtitle, small, width));
}

// All shelves, or where there is no room for all, those on which something lies; if nothing does,
// the first.
std::vector<const SceneShelf*> shown_shelves(const SceneCard& card, float room_em) {
  std::vector<const SceneShelf*> all;
  std::vector<const SceneShelf*> filled;
  float least = 0;
  for (const SceneShelf& shelf : card.shelves) {
    all.push_back(&shelf);
    least += least_shelf_height(shelf);
    if (shelf.total > 0 || shelf.kind == ShelfKind::Maildrop) filled.push_back(&shelf);
  }
  if (least <= room_em) return all;
  if (filled.empty()) filled.push_back(&card.shelves.front());
  return filled;
}

// Divides what is below the strip among the shelves: each the least it needs, the rest to the
// maildrops and the letters of devices, which is where letters gather.
std::vector<float> shelf_heights(const std::vector<const SceneShelf*>& shelves, float room_em) {
  std::vector<float> heights;
  float least = 0;
  float growing = 0;
  for (const SceneShelf* shelf : shelves) {
    heights.push_back(least_shelf_height(*shelf));
    least += heights.back();
    growing += shelf->kind == ShelfKind::Outbox ? 0.4F : 1.0F;
  }
  if (least >= room_em || growing <= 0) {
    for (float& height : heights) height *= std::min(1.0F, room_em / std::max(least, 0.1F));
    return heights;
  }
  for (std::size_t i = 0; i < heights.size(); ++i) {
    const float weight = shelves[i]->kind == ShelfKind::Outbox ? 0.4F : 1.0F;
    heights[i] += (room_em - least) * weight / growing;
  }
  return heights;
}

// Device: its storage and the UIDs that it knows, from the bottom up, as far as the letters leave
// room. Returns the height that is left for the shelves.
float draw_device_foot(const StageFrame& frame, const SceneCard& card, const Rect& inside) {
  const float em = frame.em();
  float bottom = inside.bottom();
  const bool presenting = frame.ui.mode == Mode::Present;
  float room = inside.h - em * (presenting ? 1.9F : 3.2F);  // what the letters need first
  if (card.storage && room >= em * kMeterHeight) {
    bottom -= em * kMeterHeight;
    room -= em * kMeterHeight;
    draw_meter(frame, {inside.x, bottom, inside.w, em * kMeterHeight}, *card.storage);
  }
  ImFont* small = frame.font(Face::Small);
  const auto line = [&](const std::string& text, Color color) {
    if (text.empty() || room < em * kTextLine) return;
    const bool wraps = text_size(text, small).x > inside.w && room >= 2 * em * kTextLine;
    const int lines = wraps ? 2 : 1;
    bottom -= em * kTextLine * static_cast<float>(lines);
    room -= em * kTextLine * static_cast<float>(lines);
    draw_paragraph(frame.list, small, {inside.x, bottom}, inside.w, color, text, lines);
  };
  if (!card.trouble.empty()) {
    line(std::string(icon::kWarning) + " " + card.trouble, frame.theme().fault.text);
  }
  if (!card.known_uids.empty()) {
    line(frame.language().format("stage.uids", card.known_uids), frame.theme().muted);
  }
  return bottom - inside.y;
}

}  // namespace

float card_text_width(const CardPlace& place, float em) {
  return place.rect.w - 2 * em * kPad;
}

void draw_machine_card(const StageFrame& frame, const SceneCard& card, const CardPlace& place) {
  const Rect& rect = place.rect;
  draw_edge(frame, card, rect);
  frame.spots.push_back({rect, card.id});
  frame.list.PushClipRect(rect.min(), rect.max(), true);
  draw_head(frame, card, place);
  const float em = frame.em();
  const float pad = em * kPad;
  const float top = place.strip_y + em * 0.95F;
  Rect inside{rect.x + pad, top, rect.w - 2 * pad, rect.bottom() - top - pad * 0.6F};
  if (inside.h > em * 1.2F && !card.shelves.empty()) {
    if (card.storage) inside.h = draw_device_foot(frame, card, inside);
    const std::vector<const SceneShelf*> shelves = shown_shelves(card, inside.h / em);
    const std::vector<float> heights = shelf_heights(shelves, inside.h / em);
    float y = inside.y;
    for (std::size_t i = 0; i < shelves.size(); ++i) {
      draw_shelf(frame, *shelves[i], {inside.x, y, inside.w, heights[i] * em});
      y += heights[i] * em;
    }
  }
  frame.list.PopClipRect();
}

}  // namespace mailwalk::gui
