#include "gui/panels/ladder_rows.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "export/time_words.hpp"
#include "gui/ladder_index.hpp"
#include "gui/row_words.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/belongs_mark.hpp"

namespace mailwalk::gui {
namespace {

// On its arrow, of what is under way and of what was lost there.
constexpr float kHalfWay = 0.55F;
constexpr float kLostAt = 0.65F;

struct Ink {
  Color line, text;
  bool is_faint = false;  // it lies after the position
};

Ink ink_of(const UiFrame& frame, const Row& row, RowState state) {
  const Theme& theme = frame.theme;
  if (state == RowState::Ahead) return {theme.ghost.line, theme.ghost.text, true};
  if (state == RowState::Lost) return {theme.fault.line, theme.fault.text};
  const Hue& hue = row_hue(frame, row);
  return {hue.line, hue.text};
}

void draw_cross(ImDrawList& list, ImVec2 at, float half, ImU32 color, float width) {
  list.AddLine({at.x - half, at.y - half}, {at.x + half, at.y + half}, color, width);
  list.AddLine({at.x - half, at.y + half}, {at.x + half, at.y - half}, color, width);
}

void draw_arrow_head(ImDrawList& list, ImVec2 tip, ImVec2 from, float size, ImU32 color,
                     float width) {
  const float dx = tip.x - from.x;
  const float dy = tip.y - from.y;
  const float length = std::sqrt(dx * dx + dy * dy);
  if (length < 1) return;
  const ImVec2 along(dx / length * size, dy / length * size);
  const ImVec2 aside(-along.y * 0.55F, along.x * 0.55F);
  list.AddLine(tip, {tip.x - along.x + aside.x, tip.y - along.y + aside.y}, color, width);
  list.AddLine(tip, {tip.x - along.x - aside.x, tip.y - along.y - aside.y}, color, width);
}

// Text over lifelines, which must not run through it.
void draw_over_lines(const UiFrame& frame, ImFont* font, ImVec2 at, Color color, Color ground,
                     const std::string& text) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 size = text_size(text, font);
  const float pad = frame.em() * 0.15F;
  list.AddRectFilled({at.x - pad, at.y}, {at.x + size.x + pad, at.y + size.y},
                     paint(ground, 0.85F));
  draw_text(list, font, at, color, text);
}

class RowPainter {
 public:
  RowPainter(const UiFrame& frame, const LadderPlace& place, LadderTexts& texts)
      : frame_(frame),
        place_(place),
        texts_(texts),
        list_(*ImGui::GetWindowDrawList()),
        em_(frame.em()),
        thin_(std::max(1.0F, frame.em() / 11)) {}

  void draw(RowId id) {
    const Telling& telling = frame_.telling();
    const Row& row = telling.rows()[id];
    const RowStack& stack = telling.ladder().stack();
    const std::uint32_t units = row.kind == RowKind::Note ? kNoteUnits : kArrowUnits;
    const std::uint64_t bottom = stack.bottom(id.value());
    const Rect band{place_.rows.x, place_.y_of(bottom - units), place_.rows.w,
                    static_cast<float>(units) * place_.unit_px};
    const RowState state = state_at(row, frame_.position());
    if (bottom - units > stack.top(id.value())) draw_pause(id, band);
    draw_ground(id, row, band);
    if (row.kind == RowKind::Note) {
      draw_note(row, state, band);
    } else {
      draw_arrow(row, state, band);
    }
  }

 private:
  void draw_pause(RowId id, const Rect& band) {
    const auto pause = long_pause_before(frame_.document.journal(), frame_.telling().rows(), id,
                                         RowId{id.value() - 1});
    if (!pause) return;
    const std::string text = frame_.language.format(
        "stage.later", exporting::duration_words(*pause, frame_.language.which()));
    ImFont* font = frame_.font(Face::Small);
    const float height = static_cast<float>(kPauseUnits) * place_.unit_px;
    const float y = band.y - height / 2;
    const float left = place_.gutter.x;
    draw_dashed_line(list_, {left, y}, {place_.rows.right(), y}, paint(frame_.theme.hairline),
                     thin_, {em_ * 0.4F, em_ * 0.3F});
    const std::string label = std::string(icon::kClock) + "  " + text;
    const float width = text_size(label, font).x;
    draw_over_lines(frame_, font, {place_.rows.center().x - width / 2, y - font->FontSize / 2},
                    frame_.theme.muted, frame_.theme.card, label);
  }

  // What is selected, and where the position is.
  void draw_ground(RowId id, const Row& row, const Rect& band) {
    if (is_current(row)) {
      list_.AddRectFilled(band.min(), band.max(), paint(row_hue(frame_, row).soft), em_ * 0.3F);
    }
    if (!touches_row(frame_.selection, frame_.document, frame_.telling().rows(), texts_.letters,
                     id))
      return;
    if (std::holds_alternative<EventPosition>(frame_.selection)) {
      list_.AddRect(band.min(), band.max(), paint(frame_.theme.ink), em_ * 0.3F, 0, thin_);
    } else {
      draw_belongs_mark(list_, frame_.theme, band, frame_.em());
    }
  }

  bool is_current(const Row& row) const {
    const RunRows& rows = frame_.telling().rows();
    const RowId here = rows.row_of(frame_.position());
    return here != kNoRow && rows[here].at == row.at;
  }
  Color ground_of(const Row& row) const {
    return is_current(row) ? row_hue(frame_, row).soft : frame_.theme.card;
  }

  void draw_arrow(const Row& row, RowState state, const Rect& band) {
    const Ink ink = ink_of(frame_, row, state);
    const ImU32 color = paint(ink.line);
    const auto [from, to] = ends_of(row, band);
    const float width = ink.is_faint || row.kind == RowKind::Close ? thin_ : thin_ * 1.5F;
    const float part = state == RowState::Ahead ? 1.0F : progress_of(frame_.playback, row);
    const ImVec2 tip(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
    const bool is_dashed = row.kind == RowKind::Call || row.kind == RowKind::Close;
    const Dashes dashes{em_ * 0.35F, em_ * 0.22F};
    if (is_dashed) {
      draw_dashed_line(list_, from, tip, color, width, dashes);
    } else {
      list_.AddLine(from, tip, color, width);
    }
    if (part < 1 && state != RowState::Lost) {
      draw_dashed_line(list_, tip, to, paint(frame_.theme.hairline), thin_, dashes);
    }
    if (state == RowState::Lost) {
      draw_cross(list_, tip, em_ * 0.3F, color, thin_ * 2);
    } else {
      draw_arrow_head(list_, tip, from, em_ * 0.5F, color, width);
    }
    draw_label(row, ink, band, from, to);
  }

  struct Ends {
    ImVec2 from, to;
  };
  Ends ends_of(const Row& row, const Rect& band) const {
    const float from = place_.lifelines.x_of(row.from);
    float to = place_.lifelines.x_of(row.to);
    if (std::abs(to - from) < 1) to = std::min(from + em_ * 2, place_.rows.right());
    const journal::Journal& journal = frame_.document.journal();
    Duration took;
    if (row.arrived != kNoEvent) took = journal[row.arrived].time - journal[row.at].time;
    const float y = band.y + band.h * 0.62F;
    return {{from, y}, {to, y + band.h * 0.32F * slant_of(took)}};
  }

  void draw_label(const Row& row, const Ink& ink, const Rect& band, ImVec2 from, ImVec2 to) {
    ImFont* font = frame_.font(Face::Mono);
    const std::string text = fitted(row_label(frame_, row), font, place_.rows.w);
    const float width = text_size(text, font).x;
    const float least = place_.rows.x;
    const float most = std::max(place_.rows.right() - width, least);
    const float x = std::clamp((from.x + to.x - width) / 2, least, most);
    draw_over_lines(frame_, font, {x, band.y + band.h * 0.56F - font->FontSize}, ink.text,
                    ground_of(row), text);
  }

  // A mark on the lifeline, and its sentence where there is more room.
  void draw_note(const Row& row, RowState state, const Rect& band) {
    const Ink ink = ink_of(frame_, row, state);
    const bool is_trouble = &row_hue(frame_, row) == &frame_.theme.fault;
    const float x = row.from == kNoNode ? place_.rows.x : place_.lifelines.x_of(row.from);
    const ImVec2 at(x, band.center().y);
    if (is_trouble) {
      draw_cross(list_, at, em_ * 0.3F, paint(ink.line), thin_ * 2);
    } else {
      list_.AddCircleFilled(at, em_ * 0.26F, paint(ink.line));
      list_.AddCircle(at, em_ * 0.26F, paint(frame_.theme.card), 0, thin_);
    }
    ImFont* font = frame_.font(Face::Small);
    const float gap = em_ * 0.6F;
    const bool right = place_.rows.right() - x >= x - place_.rows.x;
    const float room = (right ? place_.rows.right() - x : x - place_.rows.x) - gap;
    const std::string text = safe_fitted(texts_.sentences.of(frame_, row.at), font, room);
    const float left = right ? x + gap : x - gap - text_size(text, font).x;
    draw_over_lines(frame_, font, {left, at.y - font->FontSize / 2},
                    ink.is_faint || is_trouble ? ink.text : frame_.theme.muted, ground_of(row),
                    text);
  }

  const UiFrame& frame_;
  const LadderPlace& place_;
  LadderTexts& texts_;
  ImDrawList& list_;
  float em_;
  float thin_;
};

// One bracket in the gutter: open at its ends, or crossed where the line was cut.
void draw_bracket(const UiFrame& frame, const LadderPlace& place, const Bracket& bracket,
                  std::size_t lane, std::uint32_t begun) {
  const Telling& telling = frame.telling();
  const RowStack& stack = telling.ladder().stack();
  const float em = frame.em();
  const float thin = std::max(1.0F, em / 11);
  const bool is_ahead = bracket.first.value() >= begun;
  const std::uint32_t last = std::min(bracket.last.value(), std::max(begun, 1U) - 1);
  const bool is_over = bracket.last.value() <= last;
  const float x = place.gutter.right() - em * (0.4F + 0.55F * static_cast<float>(lane));
  // Of a long session only what can be seen is drawn, and a little more.
  const float highest = place.rows.y - em * 2;
  const float lowest = place.rows.bottom() + em * 2;
  const float top =
      std::max(place.y_of(stack.bottom(bracket.first.value()) - kArrowUnits) + em * 0.3F, highest);
  const std::uint32_t end =
      is_ahead ? std::min(bracket.last.value(), telling.rows().size() - 1) : last;
  const float bottom = std::min(place.y_of(stack.bottom(end)) - em * 0.3F, lowest);
  const Hue& hue = row_hue(frame, telling.rows()[bracket.first]);
  const bool chosen = is_selected(frame.selection, bracket.connection);
  const bool broken = is_over && bracket.end != Bracket::End::Closed;
  const ImU32 color = paint(is_ahead ? frame.theme.ghost.line
                            : broken ? frame.theme.fault.line
                                     : hue.line);
  const float width = chosen ? thin * 3 : thin * 1.5F;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float foot = em * 0.3F;
  list.AddLine({x, top}, {x, bottom}, color, width);
  list.AddLine({x, top}, {x + foot, top}, color, width);
  if (broken) {
    draw_cross(list, {x, bottom}, em * 0.25F, color, thin * 2);
  } else if (is_over) {
    list.AddLine({x, bottom}, {x + foot, bottom}, color, width);
  }
  // The name stays in sight as long as the session is.
  ImFont* font = frame.font(Face::Small);
  const float line = font->FontSize * 1.1F;
  const float y = std::clamp(place.rows.y + line * static_cast<float>(lane), top - foot,
                             std::max(bottom - line, top - foot));
  const std::string label =
      fitted(session_label(frame, bracket.connection), font, x - place.gutter.x - em * 0.25F);
  draw_text(list, font, {x - em * 0.25F, y}, is_ahead ? frame.theme.ghost.text : hue.text, label,
            Align::Right);
}

}  // namespace

float slant_of(Duration duration) {
  // From a millisecond to ten seconds, as the eye compares them: each ten times is one step.
  const double ms = static_cast<double>(std::max<std::int64_t>(duration.us, 0)) / 1'000.0;
  return static_cast<float>(std::min(std::log10(1 + ms) / 4, 1.0));
}

float progress_of(const Playback& playback, const Row& row) {
  const auto progress_in = [](RowState state) {
    switch (state) {
      case RowState::Ahead: return 0.0F;
      case RowState::UnderWay: return kHalfWay;
      case RowState::Arrived: return 1.0F;
      case RowState::Lost: return kLostAt;
    }
    return 0.0F;
  };
  const float now = progress_in(state_at(row, playback.position()));
  if (!playback.motion()) return now;
  const float before = progress_in(state_at(row, playback.motion()->from));
  const auto t = static_cast<float>(playback.motion()->fraction());
  return before + (now - before) * t * t * (3 - 2 * t);
}

void draw_ladder_rows(const UiFrame& frame, const LadderPlace& place, RowRange shown,
                      LadderTexts& texts) {
  RowPainter painter(frame, place, texts);
  for (std::uint32_t row = shown.begin; row < shown.end; ++row) painter.draw(RowId{row});
}

void draw_brackets(const UiFrame& frame, const LadderPlace& place, RowRange shown,
                   std::uint32_t begun) {
  const LadderIndex& ladder = frame.telling().ladder();
  for (std::size_t lane = 0; lane < ladder.lanes(); ++lane) {
    for (const Bracket& bracket : ladder.brackets(lane, RowId{shown.begin}, RowId{shown.end})) {
      draw_bracket(frame, place, bracket, lane, begun);
    }
  }
}

}  // namespace mailwalk::gui
