#include "gui/panels/transcript_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/ascii.hpp"
#include "export/time_words.hpp"
#include "gui/ladder_index.hpp"
#include "gui/row_words.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/belongs_mark.hpp"

namespace mailwalk::gui {
namespace {

// Where the parts of a line stand, from the left end of the rows; 0: not shown.
struct TranscriptColumns {
  float tag = 0, time = 0;  // their widths
  float who = 0;            // where "C:" begins
  float text = 0;           // where what was said begins
};

TranscriptColumns columns_of(const UiFrame& frame, const TranscriptLook& look) {
  const float em = frame.em();
  ImFont* small = frame.font(Face::Small);
  TranscriptColumns columns;
  const std::string widest_tag = fmt::format("#{}", frame.document.index().connection_count());
  if (look.tags == SessionTags::Shown && look.rows.w > em * 18) {
    columns.tag = text_size(widest_tag, small).x + em * 0.6F;
  }
  if (look.rows.w > em * 25) columns.time = text_size("00:00:00.000", small).x + em * 0.7F;
  columns.who = em * 0.4F + columns.tag + columns.time;
  columns.text = columns.who + text_size("C: ", frame.font(Face::Mono)).x + em * 0.3F;
  return columns;
}

class Painter {
 public:
  Painter(const UiFrame& frame, const TranscriptLook& look, TranscriptRows& texts)
      : frame_(frame),
        look_(look),
        texts_(texts),
        columns_(columns_of(frame, look)),
        list_(*ImGui::GetWindowDrawList()) {}

  void draw(const RowStack& stack, std::size_t index) {
    const RowId id = stack.row(index);
    const Row& row = frame_.telling().rows()[id];
    const std::uint64_t units = stack.bottom(index) - stack.top(index);
    const std::size_t lines = is_said(row.kind) ? texts_.lines(frame_, id).size() : 1;
    float y = y_of(stack.top(index));
    if (units > lines && index > 0) {
      draw_pause(id, stack.row(index - 1), y);
      y += look_.line_px;
    }
    const Rect band{look_.rows.x, y, look_.rows.w, look_.line_px * static_cast<float>(lines)};
    const RowState state = state_at(row, frame_.position());
    draw_ground(id, row, band);
    if (row.kind == RowKind::Call) {
      draw_header(row, state, band);
    } else if (is_said(row.kind)) {
      draw_said(id, row, state, band);
    } else {
      draw_sentence(row, state, band);
    }
  }

 private:
  float y_of(std::uint64_t line) const {
    return static_cast<float>(look_.top_px +
                              static_cast<double>(line) * static_cast<double>(look_.line_px));
  }
  // The top of text that stands in the middle of a line.
  float text_y(float line_top, ImFont* font) const {
    return line_top + (look_.line_px - font->FontSize) / 2;
  }
  bool is_in_sight(float y) const {
    return y + look_.line_px > look_.rows.y && y < look_.rows.bottom();
  }

  void draw_ground(RowId id, const Row& row, const Rect& band) {
    const RunRows& rows = frame_.telling().rows();
    const bool current = frame_.position() != kNoEvent && rows.row_of(frame_.position()) == id;
    const float rounding = frame_.em() * 0.3F;
    if (current) {
      list_.AddRectFilled(band.min(), band.max(), paint(row_hue(frame_, row).soft), rounding);
      list_.AddRectFilled(band.min(), {band.x + frame_.em() * 0.2F, band.bottom()},
                          paint(row_hue(frame_, row).line));
    }
    if (look_.marked.contains(id)) {
      list_.AddRect(band.min(), band.max(), paint(frame_.theme.ink), rounding, 0,
                    std::max(1.0F, frame_.em() / 12));
    } else if (belongs_to_selected(id)) {
      draw_belongs_mark(list_, frame_.theme, band, frame_.em());
    }
  }
  // A session that is selected is what the transcript is about: all of it would be marked.
  bool belongs_to_selected(RowId id) {
    return !std::holds_alternative<ConnectionId>(frame_.selection) &&
           touches_row(frame_.selection, frame_.document, frame_.telling().rows(), texts_.letters(),
                       id);
  }

  void draw_pause(RowId row, RowId before, float y) {
    const auto pause =
        long_pause_before(frame_.document.journal(), frame_.telling().rows(), row, before);
    if (!pause || !is_in_sight(y)) return;
    ImFont* font = frame_.font(Face::Small);
    const std::string text =
        fmt::format("{}  {}", icon::kClock,
                    frame_.language.format(
                        "stage.later", exporting::duration_words(*pause, frame_.language.which())));
    const float middle = y + look_.line_px / 2;
    const float width = text_size(text, font).x + frame_.em();
    const float center = look_.rows.center().x;
    const ImU32 color = paint(frame_.theme.hairline);
    list_.AddLine({look_.rows.x, middle}, {center - width / 2, middle}, color);
    list_.AddLine({center + width / 2, middle}, {look_.rows.right(), middle}, color);
    draw_text(list_, font, {center, text_y(y, font)}, frame_.theme.muted, text, Align::Center);
  }

  // "#7  Budi's phone → Mailbox server   POP3 pulls, port 110", with a rule behind it.
  void draw_header(const Row& row, RowState state, const Rect& band) {
    ImFont* font = frame_.font(Face::Strong);
    const float x = band.x + frame_.em() * 0.4F;
    const std::string title =
        safe_fitted(session_title(frame_, row.connection), font, band.right() - x - frame_.em());
    const Hue& hue = state == RowState::Lost ? frame_.theme.fault : row_hue(frame_, row);
    const bool ahead = state == RowState::Ahead;
    draw_text(list_, font, {x, text_y(band.y, font)}, ahead ? frame_.theme.ghost.text : hue.text,
              title);
    const float end = x + text_size(title, font).x + frame_.em() * 0.7F;
    if (end < band.right()) {
      list_.AddLine({end, band.center().y}, {band.right(), band.center().y},
                    paint(ahead ? frame_.theme.hairline : hue.line));
    }
  }

  void draw_tag_and_time(const Row& row, float y) {
    ImFont* font = frame_.font(Face::Small);
    const float x = look_.rows.x + frame_.em() * 0.4F;
    const Color color = frame_.theme.muted;
    if (columns_.tag > 0 && row.connection != kNoConnection) {
      draw_text(list_, font, {x, text_y(y, font)}, color,
                fmt::format("#{}", row.connection.value()));
    }
    if (columns_.time > 0) {
      const VirtualTime time = frame_.document.journal()[row.at].time;
      draw_text(list_, font, {x + columns_.tag, text_y(y, font)}, color,
                clock_text(frame_.view.calendar, time));
    }
  }

  // C: lines in the protocol's colour, S: lines in ink, so that turns are seen at a glance.
  Color color_of(const Row& row, RowState state) const {
    if (state == RowState::Ahead) return frame_.theme.ghost.text;
    const Hue& hue = row_hue(frame_, row);
    const bool is_reply = row.side == journal::Side::Server && row.kind != RowKind::Records;
    return is_reply && &hue != &frame_.theme.fault ? frame_.theme.ink : hue.text;
  }

  void draw_said(RowId id, const Row& row, RowState state, const Rect& band) {
    const std::vector<TranscriptLine>& lines = texts_.lines(frame_, id);
    const Color color = color_of(row, state);
    if (is_in_sight(band.y)) draw_tag_and_time(row, band.y);
    ImFont* mono = frame_.font(Face::Mono);
    const bool encrypted = row.cover == journal::Cover::Encrypted;
    const std::string who = std::string(row.side == journal::Side::Server ? "S" : "C") +
                            (encrypted ? icon::kLock : ":");
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const float y = band.y + look_.line_px * static_cast<float>(i);
      if (!is_in_sight(y)) continue;
      draw_text(list_, mono, {look_.rows.x + columns_.who, text_y(y, mono)}, frame_.theme.muted,
                who);
      draw_line(lines[i], color, {look_.rows.x + columns_.text, y},
                i == 0 ? end_note(state) : std::string(), note_color(state));
    }
  }

  // What has to be said about a line that is not where it should be.
  std::string end_note(RowState state) const {
    if (state == RowState::Lost) return std::string(frame_.language.text("transcript.lost"));
    if (state == RowState::UnderWay) {
      return std::string(frame_.language.text("transcript.under_way"));
    }
    return {};
  }

  Color note_color(RowState state) const {
    return state == RowState::Lost ? frame_.theme.fault.text : frame_.theme.muted;
  }

  void draw_line(const TranscriptLine& line, Color color, ImVec2 at, const std::string& note,
                 Color note_color) {
    ImFont* mono = frame_.font(Face::Mono);
    ImFont* small = frame_.font(Face::Small);
    if (line.left_out > 0) {
      const std::string text = frame_.language.format("transcript.left_out", line.left_out);
      draw_text(list_, small, {at.x, text_y(at.y, small)}, frame_.theme.muted, text);
      return;
    }
    ImFont* font = line.end == LineEnd::None ? frame_.font(Face::Body) : mono;
    draw_sought(line.text, font, at);
    draw_text(list_, font, {at.x, text_y(at.y, font)}, color, line.text);
    float x = at.x + text_size(line.text, font).x + frame_.em() * 0.2F;
    if (look_.line_ends == LineEndGlyphs::Shown && line.end == LineEnd::CrLf) {
      draw_text(list_, small, {x, text_y(at.y, small)}, frame_.theme.muted, "␍␊");
      x += text_size("␍␊", small).x;
    }
    if (note.empty()) return;
    // Behind the end of a long line it would not be seen: there it lies over it.
    x += frame_.em() * 0.6F;
    const float last = look_.rows.right() - text_size(note, small).x;
    if (x > last) {
      x = last;
      list_.AddRectFilled({x - frame_.em() * 0.3F, at.y + 1},
                          {look_.rows.right(), at.y + look_.line_px - 1}, paint(frame_.theme.card));
    }
    draw_text(list_, small, {x, text_y(at.y, small)}, note_color, note);
  }

  // The ground behind what is sought, the first time that it stands in the line.
  void draw_sought(const std::string& text, ImFont* font, ImVec2 at) {
    if (look_.sought.empty()) return;
    const auto found =
        std::search(text.begin(), text.end(), look_.sought.begin(), look_.sought.end(),
                    [](char a, char b) { return ascii::lower(a) == ascii::lower(b); });
    if (found == text.end()) return;
    const std::string_view all(text);
    const auto before = static_cast<std::size_t>(found - text.begin());
    const float x = at.x + text_size(all.substr(0, before), font).x;
    const float width = text_size(all.substr(before, look_.sought.size()), font).x;
    list_.AddRectFilled({x, at.y + 1}, {x + width, at.y + look_.line_px - 1},
                        paint(frame_.theme.letters[4].line, 0.35F), frame_.em() * 0.15F);
  }

  // What happened between the lines, in one sentence.
  void draw_sentence(const Row& row, RowState state, const Rect& band) {
    draw_tag_and_time(row, band.y);
    const Hue& hue = row_hue(frame_, row);
    Color color = frame_.theme.muted;
    if (&hue == &frame_.theme.fault || state == RowState::Lost) color = frame_.theme.fault.text;
    if (row.kind == RowKind::Datagram && state != RowState::Lost) color = hue.text;
    if (state == RowState::Ahead) color = frame_.theme.ghost.text;
    ImFont* body = frame_.font(Face::Body);
    const float x = band.x + columns_.text;
    const float mark = frame_.em() * 0.2F;
    const ImVec2 bullet(band.x + columns_.who + frame_.em() * 0.5F, band.center().y);
    if (state == RowState::Ahead) {
      list_.AddCircle(bullet, mark, paint(color), 0, std::max(1.0F, frame_.em() / 14));
    } else {
      list_.AddCircleFilled(bullet, mark, paint(color));
    }
    const std::string note = end_note(state);
    const float room =
        band.right() - x - (note.empty() ? 0 : text_size(note, body).x + frame_.em());
    const std::string text = safe_fitted(texts_.sentences().of(frame_, row.at), body, room);
    draw_text(list_, body, {x, text_y(band.y, body)}, color, text);
    if (note.empty()) return;
    draw_text(list_, body, {x + text_size(text, body).x + frame_.em() * 0.6F, text_y(band.y, body)},
              note_color(state), note);
  }

  const UiFrame& frame_;
  const TranscriptLook& look_;
  TranscriptRows& texts_;
  TranscriptColumns columns_;
  ImDrawList& list_;
};

}  // namespace

float transcript_text_x(const UiFrame& frame, const TranscriptLook& look) {
  return columns_of(frame, look).text;
}

const std::vector<TranscriptLine>& TranscriptRows::lines(const UiFrame& frame, RowId row) {
  const exporting::Language language = frame.language.which();
  if (document_ != &frame.document || language_ != language || kept_.size() >= kMostKept) {
    document_ = &frame.document;
    language_ = language;
    kept_.clear();
  }
  const auto found = kept_.find(row);
  if (found != kept_.end()) return found->second;
  exporting::TextOptions options;
  options.language = language_;
  std::vector<TranscriptLine> lines =
      lines_of(frame.document.journal(), frame.telling().rows(), row, options);
  for (TranscriptLine& line : lines) line.text = safe(line.text);
  return kept_[row] = std::move(lines);
}

void TranscriptRows::draw(const UiFrame& frame, const TranscriptLook& look, const RowStack& stack,
                          std::size_t begin, std::size_t end) {
  Painter painter(frame, look, *this);
  for (std::size_t index = begin; index < end; ++index) painter.draw(stack, index);
}

}  // namespace mailwalk::gui
