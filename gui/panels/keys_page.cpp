#include "gui/panels/keys_page.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gui/keys.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {
namespace {

struct KeyRow {
  std::string strokes;  // "Space, →"
  const char* meaning;
};

// One row for each meaning, with all its strokes; "1 … 9" for a long run of them.
std::vector<KeyRow> make_key_rows() {
  std::vector<std::vector<std::string>> strokes;
  std::vector<KeyRow> rows;
  for (const KeyBinding& binding : key_bindings()) {
    const auto same = std::find_if(rows.begin(), rows.end(), [&](const KeyRow& row) {
      return std::string_view(row.meaning) == binding.meaning;
    });
    const auto at = static_cast<std::size_t>(same - rows.begin());
    if (same == rows.end()) {
      rows.push_back({{}, binding.meaning});
      strokes.emplace_back();
    }
    strokes[at].push_back(stroke_text(binding.stroke));
  }
  constexpr std::size_t kMostShown = 4;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::vector<std::string>& all = strokes[i];
    rows[i].strokes = all.front();
    if (all.size() > kMostShown) {
      rows[i].strokes += " … " + all.back();
      continue;
    }
    for (std::size_t k = 1; k < all.size(); ++k) rows[i].strokes += "  " + all[k];
  }
  return rows;
}

void draw_key_rows(const BareFrame& frame, const Rect& inside) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const std::vector<KeyRow> rows = make_key_rows();
  const std::size_t half = (rows.size() + 1) / 2;
  const float step = std::min(frame.em() * 1.9F, inside.h / static_cast<float>(half));
  const float column = inside.w / 2;
  const float keys_width = column * 0.45F;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const float x = inside.x + (i < half ? 0 : column);
    const float y = inside.y + step * static_cast<float>(i < half ? i : i - half);
    draw_text(list, frame.font(Face::Mono), {x, y}, frame.theme.smtp.text,
              fitted(rows[i].strokes, frame.font(Face::Mono), keys_width));
    const std::string meaning(frame.language.text(rows[i].meaning));
    draw_text(list, frame.font(Face::Body), {x + keys_width + frame.em() * 0.5F, y},
              frame.theme.ink,
              fitted(meaning, frame.font(Face::Body), column - keys_width - frame.em()));
  }
}

}  // namespace

void draw_keys_page(const BareFrame& frame, Intents& intents) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::SetNextWindowFocus();
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
  ImGui::Begin("###keys", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove);
  ImGui::PopStyleVar(2);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({0, 0}, size, paint({0x000000}, 0.45F));
  const float em = frame.em();
  const float width = std::min(size.x - em, em * 62);
  const float height = std::min(size.y - em, em * 30);
  const Rect card{(size.x - width) / 2, (size.y - height) / 2, width, height};
  list.AddRectFilled(card.min(), card.max(), paint(frame.theme.card), em * 0.6F);
  ImFont* title = frame.font(Face::Title);
  draw_text(list, title, {card.x + em * 1.5F, card.y + em}, frame.theme.ink,
            frame.language.text("keys.title"));
  draw_key_rows(frame,
                {card.x + em * 1.5F, card.y + em * 3.5F, card.w - em * 3, card.h - em * 4.5F});
  if (ImGui::InvisibleButton("close", size)) intents.ask(intent::ToggleKeysPage{});
  ImGui::End();
}

}  // namespace mailwalk::gui
