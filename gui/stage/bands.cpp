#include "gui/stage/bands.hpp"

#include <string>

#include "gui/safe_text.hpp"

namespace mailwalk::gui {
namespace {

// Arrows in the direction in which it is asked: a push goes to the server, a pull comes to it.
std::string words_of(const Language& language, Lane lane) {
  return lane == Lane::Push ? std::string(language.text("stage.pushes")) + "  →"
                            : "←  " + std::string(language.text("stage.pulls"));
}

}  // namespace

void draw_bands(const StageFrame& frame) {
  for (const Band& band : frame.fit.layout.bands) {
    const Hue& hue = hue_of(frame.theme(), band.lane);
    frame.list.AddRectFilled(band.rect.min(), band.rect.max(), paint(hue.soft), band.rect.h / 2);
    ImFont* font = frame.font(Face::Strong);
    if (band.rect.h < font->FontSize) continue;
    const std::string words =
        fitted(words_of(frame.language(), band.lane), font, band.rect.w - frame.em());
    draw_text(frame.list, font, {band.rect.center().x, band.rect.center().y - font->FontSize / 2},
              hue.text, words, Align::Center);
  }
}

std::optional<Rect> room_on_bands(const StageFrame& frame, float width_px) {
  for (const Band& band : frame.fit.layout.bands) {
    const float words =
        text_size(words_of(frame.language(), band.lane), frame.font(Face::Strong)).x;
    const float free = (band.rect.w - words) / 2 - frame.em();
    if (width_px <= free) return Rect{band.rect.x, band.rect.y, width_px, band.rect.h};
  }
  return std::nullopt;
}

}  // namespace mailwalk::gui
