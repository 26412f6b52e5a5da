#include "gui/panels/transcript.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "gui/panels/session_picker.hpp"
#include "gui/panels/transcript_copy.hpp"
#include "gui/row_words.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/button.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kLine = 1.55F;          // of a line's height, in em
constexpr float kScrollBarRoom = 0.9F;  // room for the scroll bar, in em
constexpr double kLinesPerNotch = 3;

// As far as anybody has been.
std::size_t entries_known(const UiFrame& frame, const RowStack& stack) {
  return stack.count_below(frame.telling().rows().begun(frame.playback.furthest()));
}

// The index of a row; nullopt if it is not in the stack.
std::optional<std::size_t> find_row(const RowStack& stack, RowId row) {
  if (row == kNoRow) return std::nullopt;
  const std::size_t index = stack.count_below(row.value());
  if (index == stack.size() || stack.row(index) != row) return std::nullopt;
  return index;
}

// Where a person stands: the row of the event at the position, else the last that has begun.
RowId row_here(const UiFrame& frame) {
  const RunRows& rows = frame.telling().rows();
  const RowId row = rows.row_of(frame.position());
  if (row != kNoRow) return row;
  const std::uint32_t begun = rows.begun(frame.position());
  return begun == 0 ? kNoRow : RowId{begun - 1};
}

// A line across: what is above it has happened. Where nothing is known below, nothing needs it.
void draw_present_line(const UiFrame& frame, const TranscriptLook& look, const RowStack& stack,
                       std::size_t known) {
  const RunRows& rows = frame.telling().rows();
  const std::size_t begun = stack.count_below(rows.begun(frame.position()));
  if (begun >= known) return;
  const double lines = static_cast<double>(stack.height(begun));
  const auto y = static_cast<float>(look.top_px + lines * static_cast<double>(look.line_px));
  if (y < look.rows.y || y > look.rows.bottom()) return;
  const float em = frame.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 color = paint(frame.theme.ink);
  list.AddLine({look.rows.x, y}, {look.rows.right(), y}, color, std::max(1.0F, em / 10));
  list.AddTriangleFilled({look.rows.x, y - em * 0.3F}, {look.rows.x, y + em * 0.3F},
                         {look.rows.x + em * 0.4F, y}, color);
}

}  // namespace

void Transcript::handle(const Intent& intent) {
  if (std::holds_alternative<intent::FindText>(intent)) find_.open();
  // What is copied while a person types is what is marked in the field.
  if (std::holds_alternative<intent::CopyLines>(intent) && !find_.has_focus()) wants_copy_ = true;
}

float Transcript::line_px(const UiFrame& frame) const {
  return std::round(frame.em() * kLine);
}

MarkedRows Transcript::marked() const {
  if (mark_ == kNoRow) return {};
  return {std::min(mark_, marked_until_), std::max(mark_, marked_until_)};
}

// A session or a machine that is selected anywhere is what the transcript is about, until nothing
// is selected, or a line that is not in it.
void Transcript::take_selection(const UiFrame& frame) {
  if (seen_selection_ == frame.selection) return;
  seen_selection_ = frame.selection;
  mark_ = marked_until_ = kNoRow;
  const TranscriptScope before = scope_;
  if (std::holds_alternative<std::monostate>(frame.selection)) scope_ = {};
  if (const auto* machine = std::get_if<NodeId>(&frame.selection)) scope_ = *machine;
  if (const auto* session = std::get_if<ConnectionId>(&frame.selection)) scope_ = *session;
  if (const auto* event = std::get_if<EventPosition>(&frame.selection)) {
    const Telling& telling = frame.telling();
    mark_ = marked_until_ = to_show_ = telling.rows().row_of(*event);
    const bool is_here = find_row(telling.transcript().stack(scope_), mark_).has_value();
    if (mark_ != kNoRow && !is_here) scope_ = {};
  }
  // Other lines stand elsewhere: a person's place is looked for again.
  if (scope_ != before && to_show_ == kNoRow) to_show_ = row_here(frame);
}

// ---- The bar ---------------------------------------------------------------------------------

void Transcript::draw_buttons(const UiFrame& frame, const Rect& place, Intents& intents) {
  const float square = frame.em() * 2.1F;
  float x = place.x;
  const auto add = [&](const char* id, const char* label, std::string_view help, Chosen chosen) {
    ImGui::SetCursorScreenPos({x, place.y});
    const float width = std::max(square, button_width(frame, label) - frame.em() * 0.5F);
    x += width + frame.em() * 0.15F;
    const bool clicked = button(frame, id, label,
                                {.emphasis = Emphasis::Quiet, .chosen = chosen, .width_px = width});
    tooltip(frame, help);
    return clicked;
  };
  const Language& language = frame.language;
  const bool shown = line_ends_ == LineEndGlyphs::Shown;
  if (add("line_ends", "CRLF", language.text("transcript.line_ends"),
          shown ? Chosen::Yes : Chosen::No)) {
    line_ends_ = shown ? LineEndGlyphs::Hidden : LineEndGlyphs::Shown;
  }
  if (add("find", icon::kFind, language.text("transcript.find"),
          find_.is_open() ? Chosen::Yes : Chosen::No)) {
    find_.open();
  }
  if (add("copy", icon::kCopy, language.text("transcript.copy"), Chosen::No)) wants_copy_ = true;
  if (add("export", icon::kSave, language.text("transcript.export"), Chosen::No)) {
    intents.ask(intent::ExportTranscript{});
  }
}

void Transcript::draw_bar(const UiFrame& frame, const Rect& place, Intents& intents) {
  const float em = frame.em();
  const float buttons = em * (4 * 2.1F + 3 * 0.15F + 1.4F);
  const Rect left{place.x, place.y, std::max(place.w - buttons - em * 0.5F, em * 6), place.h};
  if (find_.is_open()) {
    find_.draw(frame, left);
  } else {
    ImGui::SetCursorScreenPos({left.x - em * 0.6F, left.y});
    draw_session_picker(frame, scope_, left.w + em * 0.6F, intents);
  }
  draw_buttons(frame, {left.right() + em * 0.5F, place.y, buttons, place.h}, intents);
}

// ---- The lines -------------------------------------------------------------------------------

void Transcript::show_row(const UiFrame& frame, const RowStack& stack, std::size_t known, RowId row,
                          float place_px) {
  const auto px = [&](std::uint64_t lines) {
    return static_cast<double>(lines) * static_cast<double>(line_px(frame));
  };
  const std::size_t index = std::min(stack.count_below(row.value()), known);
  const bool is_here = index < known && stack.row(index) == row;
  // Of a long mail the beginning is what is looked for first.
  const double top = px(stack.height(index));
  const double bottom = is_here ? px(stack.bottom(index)) : top;
  const double shown = std::min(bottom, top + static_cast<double>(place_px));
  scroll_.show({top, shown}, static_cast<double>(place_px), px(stack.height(known)));
}

// Where the position goes, the view goes too; a person who scrolls stays until then.
void Transcript::follow(const UiFrame& frame, const RowStack& stack, std::size_t known,
                        float place_px) {
  const bool moved = followed_version_ != frame.view_version;
  if (moved || followed_line_px_ != line_px(frame)) {
    followed_version_ = frame.view_version;
    followed_line_px_ = line_px(frame);
    const RowId here = row_here(frame);
    if (here != kNoRow) {
      show_row(frame, stack, known, here, place_px);
    } else {
      scroll_.move(-scroll_.offset());  // nothing has been said yet: to the top
    }
  }
  if (to_show_ != kNoRow) show_row(frame, stack, known, to_show_, place_px);
  to_show_ = kNoRow;
}

// Under the mouse, a line that is cut off is shown whole.
void Transcript::show_whole_line(const UiFrame& frame, const TranscriptLook& look,
                                 const RowStack& stack, std::size_t index, std::uint64_t line) {
  const RowId id = stack.row(index);
  const Row& row = frame.telling().rows()[id];
  std::string text;
  if (is_said(row.kind)) {
    const std::vector<TranscriptLine>& lines = rows_.lines(frame, id);
    const std::uint64_t from_bottom = stack.bottom(index) - line;
    if (from_bottom <= lines.size()) text = lines[lines.size() - from_bottom].text;
  } else {
    text = safe(row.kind == RowKind::Call ? session_title(frame, row.connection)
                                          : rows_.sentences().of(frame, row.at));
  }
  const float room = look.rows.w - transcript_text_x(frame, look);
  ImFont* font = frame.font(is_said(row.kind) ? Face::Mono : Face::Body);
  if (text_size(text, font).x > room) tooltip(frame, text);
}

// Click selects, with Shift it marks up to there, a second click goes there, a right click asks
// what can be done.
void Transcript::take_mouse(const UiFrame& frame, const TranscriptLook& look, const RowStack& stack,
                            std::size_t known, Intents& intents) {
  ImGui::SetCursorScreenPos(look.rows.min());
  ImGui::InvisibleButton("lines", {std::max(look.rows.w, 1.0F), std::max(look.rows.h, 1.0F)});
  if (!ImGui::IsItemHovered()) return;
  const ImGuiIO& io = ImGui::GetIO();
  const double lines =
      (static_cast<double>(io.MousePos.y) - look.top_px) / static_cast<double>(look.line_px);
  const auto line = static_cast<std::uint64_t>(std::max(lines, 0.0));
  const std::size_t index = stack.index_at(line);
  if (index >= known) return;
  const RowId id = stack.row(index);
  const Row& row = frame.telling().rows()[id];
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    if (io.KeyShift && mark_ != kNoRow) {
      marked_until_ = id;
    } else {
      intents.ask(intent::Select{row.at});
    }
  }
  if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) intents.ask(intent::JumpTo{row.at});
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Right)) {
    intents.ask(intent::OfferMenu{row.at, io.MousePos.x, io.MousePos.y});
  }
  show_whole_line(frame, look, stack, index, line);
}

// What is marked; else all that the transcript is about; of the whole run, the session in which a
// person stands.
void Transcript::copy(const UiFrame& frame, Intents& intents) {
  const Telling& telling = frame.telling();
  TranscriptScope scope = scope_;
  if (mark_ == kNoRow && std::holds_alternative<std::monostate>(scope)) {
    const RowId here = row_here(frame);
    if (here == kNoRow) return intents.ask(intent::CopyText{});
    scope = telling.rows()[here].connection;
  }
  const RowStack& stack = telling.transcript().stack(scope);
  std::size_t begin = 0;
  std::size_t end = entries_known(frame, stack);
  if (mark_ != kNoRow) {
    begin = stack.count_below(marked().first.value());
    end = std::min(stack.count_below(marked().last.value() + 1), end);
  }
  CopiedText copied = copied_text(frame, stack, begin, end, rows_.sentences());
  intents.ask(intent::CopyText{std::move(copied.text), copied.lines, copied.extent});
}

void Transcript::draw(const UiFrame& frame, Intents& intents) {
  const float em = frame.em();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  take_selection(frame);
  if (const auto match = find_.work(frame, row_here(frame))) {
    const EventPosition event = frame.telling().rows()[*match].at;
    intents.ask(intent::JumpTo{event});
    intents.ask(intent::Select{event});
  }
  draw_bar(frame, {at.x, at.y, room.x, button_height(frame)}, intents);

  const float top = at.y + button_height(frame) + em * 0.3F;
  const Rect place{at.x, top, room.x, at.y + room.y - top};
  if (place.h < em) return;
  const RowStack& stack = frame.telling().transcript().stack(scope_);
  const std::size_t known = entries_known(frame, stack);
  follow(frame, stack, known, place.h);
  const double line = static_cast<double>(line_px(frame));
  scroll_.update(frame, place, static_cast<double>(stack.height(known)) * line,
                 line * kLinesPerNotch);

  TranscriptLook look;
  look.rows = {place.x, place.y, place.w - em * kScrollBarRoom, place.h};
  look.top_px = static_cast<double>(place.y) - scroll_.offset();
  look.line_px = line_px(frame);
  look.line_ends = line_ends_;
  look.tags =
      std::holds_alternative<ConnectionId>(scope_) ? SessionTags::Hidden : SessionTags::Shown;
  look.marked = marked();
  if (find_.is_open()) look.sought = find_.finder().text();
  const auto first_line = static_cast<std::uint64_t>(scroll_.offset() / line);
  const auto last_line =
      static_cast<std::uint64_t>((scroll_.offset() + static_cast<double>(place.h)) / line);
  const std::size_t begin = std::min(stack.index_at(first_line), known);
  const std::size_t end = std::min(stack.index_at(last_line) + 1, known);

  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(look.rows.min(), look.rows.max(), true);
  kept_.show(frame, {look, scope_}, [&] {
    rows_.draw(frame, look, stack, begin, end);
    draw_present_line(frame, look, stack, known);
  });
  if (known == 0) {
    draw_text(list, frame.font(Face::Body), place.min(), frame.theme.muted,
              frame.language.text("transcript.nothing"));
  }
  list.PopClipRect();
  take_mouse(frame, look, stack, known, intents);
  if (std::exchange(wants_copy_, false)) copy(frame, intents);
}

}  // namespace mailwalk::gui
