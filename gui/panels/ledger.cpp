#include "gui/panels/ledger.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "gui/panels/ledger_words.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/copy_mark.hpp"

namespace mailwalk::gui {
namespace {

// More rows are read anew when they are scrolled to again.
constexpr std::size_t kMostRowsKept = 512;

constexpr float kRowHeight = 1.75F;  // all in em
constexpr float kMarkWidth = 1.25F;
constexpr float kMarkHeight = 0.85F;
constexpr float kColumn = 3.0F;
constexpr float kTightRow = 1.4F;         // where all rows fit then
constexpr float kNarrowestColumn = 2.2F;  // so that titles can be told from each other
constexpr float kNameWidth = 2.4F;
constexpr float kSubjectWidth = 6.0F;
constexpr float kTitleGap = 0.6F;
constexpr float kTitles = 2.5F;
constexpr float kWords = 3.2F;
constexpr std::size_t kFewestRows = 3;

// Where the columns of places begin, and how wide each of them is.
struct Grid {
  float left = 0;    // of the name
  float places = 0;  // x of the first column
  float column = 0;
  float width = 0;  // of all
};

// In so wide a table. Many columns are narrower rather than out of sight, and subjects yield to
// them.
Grid grid_of(const Flow& flow, float width, std::size_t columns) {
  const float em = flow.em();
  const auto count = static_cast<float>(std::max<std::size_t>(columns, 1));
  const float room = width - em * (kNameWidth + kSubjectWidth);
  const float narrowest = std::min(em * kNarrowestColumn, (width - em * kNameWidth) / count);
  const float column = std::clamp(room / count, std::max(narrowest, 1.0F), em * kColumn);
  Grid grid;
  grid.left = flow.cursor().x;
  grid.column = column;
  grid.width = width;
  grid.places = std::max(grid.left + width - column * count, grid.left + em * kNameWidth);
  return grid;
}

// The titles; where one is wider than its column, they stand by turns in two lines. Each keeps its
// distance from the next one in its line, and nothing sticks out at the right end.
void draw_titles(Flow& flow, const Grid& grid, const std::vector<LedgerColumn>& columns) {
  const UiFrame& frame = flow.frame();
  ImFont* font = frame.font(Face::Small);
  const float gap = flow.em() * kTitleGap;
  const bool crowded = std::any_of(columns.begin(), columns.end(), [&](const LedgerColumn& it) {
    return text_size(it.title, font).x > grid.column - gap;
  });
  const std::size_t lines = crowded ? 2 : 1;
  const float line = line_height(frame, Face::Small);
  const Rect row = flow.take(line * static_cast<float>(lines) + flow.em() * 0.2F);
  const float room = grid.column * static_cast<float>(lines) - gap;
  std::array<float, 2> ends{grid.left + grid.width, grid.left + grid.width};
  for (std::size_t i = columns.size(); i-- > 0;) {
    const std::size_t at = i % lines;
    const std::string title = fitted(columns[i].title, font, room);
    const float width = text_size(title, font).x;
    const float center = grid.places + grid.column * (static_cast<float>(i) + 0.5F);
    const float x = std::min(center - width / 2, ends[at] - width);
    draw_text(flow.list(), font, {x, row.y + line * static_cast<float>(at)}, frame.theme.muted,
              title);
    ends[at] = x - gap;
  }
}

void draw_cell(const Flow& flow, const Rect& cell, std::uint32_t letter, const LedgerCell& what) {
  const UiFrame& frame = flow.frame();
  const float em = flow.em();
  const float width = std::min(em * kMarkWidth, cell.w * 0.8F);
  const float height = width * kMarkHeight / kMarkWidth;
  const Rect mark{cell.center().x - width / 2, cell.center().y - height / 2, width, height};
  draw_copy_mark(flow.list(), frame.theme, mark, letter, what.look);
  if (what.count > 1) {
    draw_text(flow.list(), frame.font(Face::Small), {mark.right(), mark.y - em * 0.35F},
              frame.theme.ink, std::to_string(what.count));
  }
}

void draw_row(Flow& flow, const Grid& grid, const Rect& rect, const LedgerRow& row,
              bool is_selected) {
  const UiFrame& frame = flow.frame();
  const float em = flow.em();
  const Hue& hue = hue_of_letter(frame.theme, row.number);
  if (is_selected) {
    flow.list().AddRectFilled(rect.min(), rect.max(), paint(hue.soft), em * 0.3F);
    flow.list().AddRectFilled(rect.min(), {rect.x + em * 0.22F, rect.bottom()}, paint(hue.line));
  }
  ImFont* strong = frame.font(Face::Strong);
  ImFont* body = frame.font(Face::Body);
  const float y = rect.center().y - strong->FontSize / 2;
  draw_text(flow.list(), strong, {rect.x + em * 0.5F, y}, hue.text,
            fitted(journal::letter_name(row.number), strong, em * (kNameWidth - 0.7F)));
  const float subject = rect.x + em * kNameWidth;
  const float room = grid.places - subject - em * 0.4F;
  if (room > em * 1.5F) {
    draw_text(flow.list(), body, {subject, y}, frame.theme.ink, fitted(row.subject, body, room));
  }
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const float x = grid.places + grid.column * static_cast<float>(i);
    draw_cell(flow, {x, rect.y, grid.column, rect.h}, row.number, row.cells[i]);
  }
}

std::optional<journal::LetterId> selected_letter(const Selection& selection) {
  if (const auto* letter = std::get_if<journal::LetterId>(&selection)) return *letter;
  if (const auto* copy = std::get_if<journal::CopyId>(&selection)) return copy->letter;
  return std::nullopt;
}

}  // namespace

RowHeights row_heights(std::size_t letters, float room_px, float em) {
  const auto count = static_cast<float>(std::max<std::size_t>(letters, 1));
  const float easy = em * kRowHeight;
  if (count * easy <= room_px) return {easy, count * easy};
  const float tight = std::floor(room_px / count);
  if (tight >= em * kTightRow) return {tight, count * tight};
  return {easy, room_px < easy ? std::max(room_px, 1.0F) : std::floor(room_px / easy) * easy};
}

// So many letters have room from the start: what stands above does not move with each new one.
float Ledger::most_em(std::size_t letters) const {
  const auto rows = static_cast<float>(std::max(letters, kFewestRows));
  return kTitles + rows * kRowHeight + kWords;
}

void Ledger::look(const UiFrame& frame) {
  const MadeOf now{frame.document.text().named, &frame.document, frame.view_version,
                   frame.language.which()};
  if (now == made_of_) return;
  made_of_ = now;
  columns_ = ledger_columns(frame.view, frame.language);
  rows_.clear();
}

const LedgerRow& Ledger::row(const UiFrame& frame, std::size_t rank) {
  const auto found = rows_.find(rank);
  if (found != rows_.end()) return found->second;
  if (rows_.size() >= kMostRowsKept) rows_.clear();
  return rows_[rank] = ledger_row(frame.view, frame.document.journal(), columns_, rank);
}

// A letter that was selected elsewhere comes into sight here.
void Ledger::reveal_selected(const UiFrame& frame, float row_height) {
  const auto selected = selected_letter(frame.selection);
  if (selected == revealed_) return;
  revealed_ = selected;
  if (!selected || frame.view.letters.find(*selected) == nullptr) return;
  const float top = static_cast<float>(frame.view.letters.rank(*selected)) * row_height;
  const float height = ImGui::GetWindowHeight();
  const bool in_sight =
      top >= ImGui::GetScrollY() && top + row_height <= ImGui::GetScrollY() + height;
  if (!in_sight) ImGui::SetScrollY(std::max(top - height / 2, 0.0F));
}

void Ledger::draw_rows(Flow& flow, float height, Intents& intents) {
  const UiFrame& frame = flow.frame();
  const Grid grid = grid_of(flow, flow.width(), columns_.size());
  reveal_selected(frame, height);
  if (to_scroll_px_ != 0) {
    ImGui::SetScrollY(ImGui::GetScrollY() + static_cast<float>(std::exchange(to_scroll_px_, 0)));
  }
  std::vector<ShownRow> shown;
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(frame.view.letters.size()), height);
  while (clipper.Step()) {
    for (int rank = clipper.DisplayStart; rank < clipper.DisplayEnd; ++rank) {
      shown.push_back({static_cast<std::size_t>(rank), flow.take(height)});
    }
  }
  for (const ShownRow& it : shown) take_mouse(flow, it, intents);
  if (shown.empty()) return;
  rows_drawn_.show(frame, {shown.front(), shown.back(), grid.places}, [&] {
    const auto selected = selected_letter(frame.selection);
    for (const ShownRow& it : shown) {
      const LedgerRow& letter = row(frame, it.rank);
      draw_row(flow, grid, it.rect, letter, selected == letter.letter);
    }
  });
}

void Ledger::take_mouse(Flow& flow, const ShownRow& it, Intents& intents) {
  const UiFrame& frame = flow.frame();
  ImGui::PushID(static_cast<int>(it.rank));
  const Clicked state = click_area("row", it.rect);
  ImGui::PopID();
  if (!state.hovered && !state.clicked) return;
  const journal::LetterId letter = row(frame, it.rank).letter;
  if (state.hovered && selected_letter(frame.selection) != letter) {
    flow.list().AddRectFilled(it.rect.min(), it.rect.max(), paint(frame.theme.well, 0.6F),
                              flow.em() * 0.3F);
  }
  if (state.clicked) intents.ask(intent::Select{letter});
  if (state.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Right)) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    intents.ask(intent::OfferMenu{letter, mouse.x, mouse.y});
  }
}

void Ledger::draw(const UiFrame& frame, Intents& intents) {
  look(frame);
  Flow flow(frame);
  if (frame.view.letters.empty()) {
    flow.paragraph(Face::Body, frame.theme.muted, frame.language.text("ledger.none"));
    return;
  }
  const float room = ImGui::GetContentRegionAvail().y;
  // The scroll bar takes its room from the table, so the titles leave it out as well.
  const float bar = ImGui::GetStyle().ScrollbarSize;
  const float rows = static_cast<float>(frame.view.letters.size()) * flow.em() * kRowHeight;
  const float titles = line_height(frame, Face::Small) * 2.2F;
  const auto selected = selected_letter(frame.selection);
  // What is told of the selected letter never hides its row.
  const float least_rows = std::min(rows, 2 * flow.em() * kRowHeight);
  float words = std::min(words_height(frame, selected), std::max(room - titles - least_rows, 0.0F));
  // Letters come before the hint that they can be clicked.
  const bool shows_words = selected.has_value() || titles + rows + words <= room;
  if (!shows_words) words = 0;
  const float most = room - words - titles;
  const float titles_top = ImGui::GetCursorPosY();
  ImGui::BeginChild(
      "titles", {flow.width(), titles}, false,
      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoInputs);
  const RowHeights heights = row_heights(frame.view.letters.size(), most, flow.em());
  const float needed = heights.row * static_cast<float>(frame.view.letters.size());
  const float table = needed > heights.all ? flow.width() - bar : flow.width();
  draw_titles(flow, grid_of(flow, table, columns_.size()), columns_);
  ImGui::EndChild();
  ImGui::SetCursorPosY(titles_top + titles);
  ImGui::BeginChild("rows", {flow.width(), heights.all}, false, ImGuiWindowFlags_NoBackground);
  draw_rows(flow, heights.row, intents);
  ImGui::EndChild();
  if (!shows_words || words < 1) return;
  ImGui::BeginChild("words", {flow.width(), words}, false, ImGuiWindowFlags_NoBackground);
  {
    Flow below(frame);
    draw_words(below, selected, intents);
  }
  ImGui::EndChild();
}

}  // namespace mailwalk::gui
