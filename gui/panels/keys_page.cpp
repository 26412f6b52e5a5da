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

constexpr float kKeyRow = 1.9F;  // in em
constexpr float kAroundKeys = 4.5F;

// In two columns, or in one where the window is narrow.
struct KeyGrid {
  std::size_t columns, lines;
};
KeyGrid key_grid(std::size_t rows, float width_em) {
  const std::size_t columns = width_em > 46 ? 2 : 1;
  return {columns, (rows + columns - 1) / columns};
}

// The rows of one column, from the first to before the last.
struct KeyColumn {
  std::size_t first, last;
};

float widest_keys(const BareFrame& frame, const std::vector<KeyRow>& rows, KeyColumn column) {
  float widest = 0;
  for (std::size_t i = column.first; i < column.last; ++i) {
    widest = std::max(widest, text_size(rows[i].strokes, frame.font(Face::Mono)).x);
  }
  return widest;
}

void draw_key_column(const BareFrame& frame, const std::vector<KeyRow>& rows, KeyColumn column,
                     ImVec2 at, float width) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float em = frame.em();
  const float keys_width = std::min(widest_keys(frame, rows, column), width * 0.45F);
  float y = at.y;
  for (std::size_t i = column.first; i < column.last; ++i, y += em * kKeyRow) {
    draw_text(list, frame.font(Face::Mono), {at.x, y}, frame.theme.smtp.text,
              fitted(rows[i].strokes, frame.font(Face::Mono), keys_width));
    const std::string meaning(frame.language.text(rows[i].meaning));
    draw_text(list, frame.font(Face::Body), {at.x + keys_width + em * 0.8F, y}, frame.theme.ink,
              fitted(meaning, frame.font(Face::Body), width - keys_width - em * 1.3F));
  }
}

// True: they were clicked.
bool draw_key_rows(const BareFrame& frame, const std::vector<KeyRow>& rows, float width) {
  const float em = frame.em();
  const auto [columns, lines] = key_grid(rows.size(), width / em);
  const float column = width / static_cast<float>(columns);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  for (std::size_t i = 0; i < columns; ++i) {
    draw_key_column(frame, rows, {i * lines, std::min((i + 1) * lines, rows.size())},
                    {at.x + column * static_cast<float>(i), at.y}, column);
  }
  return ImGui::InvisibleButton("rows", {width, em * kKeyRow * static_cast<float>(lines)});
}

}  // namespace

bool KeysPage::press(const KeyStroke& stroke) {
  using intent::ScrollBy;
  if (!open_) return false;
  switch (stroke.key) {
    case Key::Up: scroll_.ask(ScrollBy::Lines, Direction::Back); return true;
    case Key::Down: scroll_.ask(ScrollBy::Lines, Direction::Forward); return true;
    case Key::PageUp: scroll_.ask(ScrollBy::Page, Direction::Back); return true;
    case Key::PageDown: scroll_.ask(ScrollBy::Page, Direction::Forward); return true;
    default: return false;
  }
}

bool KeysPage::draw_rows(const BareFrame& frame, const Rect& place) {
  ImGui::SetCursorScreenPos(place.min());
  ImGui::BeginChild("keys", {place.w, place.h}, false, ImGuiWindowFlags_NoBackground);
  const auto wanted = static_cast<float>(scroll_.take_px(frame.em() * kKeyRow, place.h));
  scrolled_px_ = std::clamp(ImGui::GetScrollY() + wanted, 0.0F, ImGui::GetScrollMaxY());
  if (wanted != 0) ImGui::SetScrollY(scrolled_px_);
  const bool is_clicked = draw_key_rows(frame, make_key_rows(), ImGui::GetContentRegionAvail().x);
  ImGui::EndChild();
  return is_clicked;
}

void KeysPage::draw(const BareFrame& frame, Intents& intents) {
  if (!open_) return;
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
  const float width = std::min(size.x - em, em * 74);
  const auto lines = static_cast<float>(key_grid(make_key_rows().size(), width / em - 3).lines);
  const float height = std::min(size.y - em, em * (lines * kKeyRow + kAroundKeys));
  const Rect card{(size.x - width) / 2, (size.y - height) / 2, width, height};
  list.AddRectFilled(card.min(), card.max(), paint(frame.theme.card), em * 0.6F);
  ImFont* title = frame.font(Face::Title);
  draw_text(list, title, {card.x + em * 1.5F, card.y + em}, frame.theme.ink,
            frame.language.text("keys.title"));
  // Where there is no room for all of them they scroll; a click anywhere else closes the page.
  bool is_done = draw_rows(
      frame, {card.x + em * 1.5F, card.y + em * 3.5F, card.w - em * 3, card.h - em * kAroundKeys});
  ImGui::SetCursorScreenPos({0, 0});
  is_done = ImGui::InvisibleButton("close", size) || is_done;
  if (is_done) intents.ask(intent::ToggleKeysPage{});
  ImGui::End();
}

}  // namespace mailwalk::gui
