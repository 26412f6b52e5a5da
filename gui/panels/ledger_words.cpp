#include "gui/panels/ledger_words.hpp"

#include <algorithm>
#include <string>

#include "export/ledger.hpp"
#include "gui/ledger/ledger_table.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/copy_mark.hpp"

namespace mailwalk::gui {
namespace {

constexpr std::size_t kMostCopies = 4;

const char* read_key(CopyLook look, journal::Place place) {
  if (place != journal::Place::Device) return nullptr;
  if (look == CopyLook::Open) return "ledger.read";
  return look == CopyLook::Closed ? "ledger.unread" : nullptr;
}

void draw_copy(Flow& flow, std::uint32_t number, const journal::NamedCopy& named,
               Intents& intents) {
  const UiFrame& frame = flow.frame();
  const float em = flow.em();
  const CopyLook look = look_of(named, frame.view, frame.document.journal());
  const exporting::Narrator narrator(frame.language.which());
  std::string text = safe(exporting::copy_text(named.copy, frame.view, narrator));
  if (const char* key = read_key(look, named.copy.place)) text += frame.language.text(key);
  const Rect row = flow.take(line_height(frame, Face::Small) + em * 0.1F);
  draw_copy_mark(flow.list(), frame.theme, {row.x + em * 0.3F, row.y + em * 0.1F, em, em * 0.68F},
                 number, look);
  ImFont* font = frame.font(Face::Small);
  const Color color = look == CopyLook::Hollow ? frame.theme.muted : frame.theme.ink;
  draw_text(flow.list(), font, {row.x + em * 1.7F, row.y}, color,
            fitted(text, font, row.w - em * 1.8F));
  ImGui::PushID(static_cast<int>(named.id.made.value() % 0x7FFF'FFFF));
  const Clicked state = click_area("copy", row);
  ImGui::PopID();
  if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (state.clicked) intents.ask(intent::Select{named.id});
}

}  // namespace

float words_height(const UiFrame& frame, std::optional<journal::LetterId> letter) {
  const float line = line_height(frame, Face::Small) + frame.em() * 0.1F;
  if (!letter) return line + frame.em() * 0.5F;
  const std::size_t copies = std::min(copies_of(frame.view, *letter).size(), kMostCopies);
  return line * static_cast<float>(copies + 1) + frame.em() * 0.8F;
}

void draw_words(Flow& flow, std::optional<journal::LetterId> letter, Intents& intents) {
  const UiFrame& frame = flow.frame();
  flow.gap(0.3F);
  const journal::Letter* found = letter ? frame.view.letter(*letter) : nullptr;
  if (found == nullptr) {
    flow.paragraph(Face::Small, frame.theme.muted, frame.language.text("ledger.hint"), 1);
    return;
  }
  const auto copies = copies_of(frame.view, *letter);
  // The latest ones are what is asked for.
  std::size_t shown = 0;
  for (auto copy = copies.rbegin(); copy != copies.rend() && shown < kMostCopies; ++copy, ++shown) {
    draw_copy(flow, found->number, *copy, intents);
  }
  if (copies.size() > shown) {
    flow.paragraph(Face::Small, frame.theme.muted,
                   frame.language.format("inspect.more", copies.size() - shown), 1);
  }
}

}  // namespace mailwalk::gui
