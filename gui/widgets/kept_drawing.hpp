// Shapes that are drawn once and then shown again, frame after frame, until something changes that
// they are made of. While a person only moves the mouse, a full stage costs a copy of its corners.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <imgui.h>

#include "gui/ui_frame.hpp"

namespace mailwalk::gui {

// All that a part of the window may be drawn from, but for its own place and state.
struct Look {
  const Document* document = nullptr;
  std::uint64_t events = 0;
  std::uint64_t view_version = 0;
  EventPosition furthest;
  float motion = -1;  // 0 to 1; -1: nothing moves
  Selection selection;
  const Theme* theme = nullptr;
  std::uint64_t fonts = 0;  // of which atlas they are
  exporting::Language language = exporting::Language::English;
  Mode mode = Mode::Work;
  exporting::Sight sight = exporting::Sight::Insider;
  friend bool operator==(const Look&, const Look&) = default;
};
Look look_of(const UiFrame& frame);

// A stretch of a draw list, taken out of it and put into it again.
class KeptShapes {
 public:
  // Everything that a draw list holds from here on is a stretch.
  struct Mark {
    int vertices = 0, indices = 0;
  };
  static Mark mark(const ImDrawList& list) { return {list.VtxBuffer.Size, list.IdxBuffer.Size}; }

  void take(const ImDrawList& list, Mark from);
  void put(ImDrawList& list);

 private:
  // What is drawn in one clip rectangle.
  struct Piece {
    ImVec4 clip;
    std::size_t first_vertex = 0, vertices = 0;
    std::size_t first_index = 0, indices = 0;
    unsigned base = 0;  // what its indices call its first vertex
  };
  std::vector<Piece> pieces_;
  std::vector<ImDrawVert> vertices_;
  std::vector<ImDrawIdx> indices_;
};

// Key: what it is drawn from beside the look, as a value: its place, how far it is scrolled.
template <class Key>
class KeptDrawing {
 public:
  // Into the current window's draw list, by draw() or as it was.
  template <class Draw>
  void show(const UiFrame& frame, Key key, const Draw& draw) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Look look = look_of(frame);
    const bool is_same = key == key_ && look == look_;
    if (is_same && is_kept_) return shapes_.put(list);
    const KeptShapes::Mark from = KeptShapes::mark(list);
    draw();
    // What changes with every frame is not worth keeping.
    is_kept_ = is_same;
    if (is_kept_) return shapes_.take(list, from);
    key_ = std::move(key);
    look_ = look;
  }

 private:
  Look look_;
  Key key_;
  KeptShapes shapes_;
  bool is_kept_ = false;
};

}  // namespace mailwalk::gui
