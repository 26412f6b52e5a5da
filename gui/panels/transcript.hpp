// The transcript: what was said and done, line by line, of the whole run, a session or a machine.
#pragma once

#include <cstdint>
#include <string>

#include "gui/panels/find_bar.hpp"
#include "gui/panels/panel.hpp"
#include "gui/panels/transcript_rows.hpp"
#include "gui/transcript_index.hpp"
#include "gui/widgets/kept_drawing.hpp"
#include "gui/widgets/scroll_view.hpp"

namespace mailwalk::gui {

// What has not been seen yet is not there; what has been, and lies after the position, is faint and
// below a line across.
// Passwords are shown: seeing them is the lesson.
class Transcript : public Panel {
 public:
  [[nodiscard]] std::string_view key() const override { return "transcript"; }
  [[nodiscard]] Dock dock() const override { return Dock::Bottom; }
  void draw(const UiFrame& frame, Intents& intents) override;
  bool scroll_by(double px) override {
    scroll_.move(px);
    return true;
  }
  void handle(const Intent& intent) override;
  bool leave() override { return find_.close(); }
  [[nodiscard]] bool is_working() const override { return find_.is_working(); }

  // For tests and reports.
  [[nodiscard]] const TranscriptScope& scope() const { return scope_; }
  [[nodiscard]] double scrolled_px() const { return scroll_.offset(); }

 private:
  void take_selection(const UiFrame& frame);
  void draw_bar(const UiFrame& frame, const Rect& place, Intents& intents);
  void draw_buttons(const UiFrame& frame, const Rect& place, Intents& intents);
  void follow(const UiFrame& frame, const RowStack& stack, std::size_t known, float place_px);
  void show_row(const UiFrame& frame, const RowStack& stack, std::size_t known, RowId row,
                float place_px);
  void take_mouse(const UiFrame& frame, const TranscriptLook& look, const RowStack& stack,
                  std::size_t known, Intents& intents);
  void show_whole_line(const UiFrame& frame, const TranscriptLook& look, const RowStack& stack,
                       std::size_t index, std::uint64_t line);
  void copy(const UiFrame& frame, Intents& intents);
  [[nodiscard]] MarkedRows marked() const;
  [[nodiscard]] float line_px(const UiFrame& frame) const;

  // What the lines are drawn from beside the view.
  struct Drawn {
    TranscriptLook look;
    TranscriptScope scope;
    friend bool operator==(const Drawn&, const Drawn&) = default;
  };

  TranscriptScope scope_;
  Selection seen_selection_;     // the scope follows what is selected anywhere
  RowId mark_ = kNoRow;          // the row that is selected
  RowId marked_until_ = kNoRow;  // the other end of what is marked
  RowId to_show_ = kNoRow;       // to be brought into sight
  LineEndGlyphs line_ends_ = LineEndGlyphs::Hidden;
  bool wants_copy_ = false;
  FindBar find_;
  TranscriptRows rows_;
  KeptDrawing<Drawn> kept_;
  ScrollView scroll_;
  std::uint64_t followed_version_ = 0;  // of the view
  float followed_line_px_ = 0;
};

}  // namespace mailwalk::gui
