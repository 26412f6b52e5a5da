#include "gui/widgets/kept_drawing.hpp"

#include <algorithm>

namespace mailwalk::gui {

Look look_of(const UiFrame& frame) {
  const auto& motion = frame.playback.motion();
  return {&frame.document,
          frame.document.index().size(),
          frame.view_version,
          frame.playback.furthest(),
          motion ? static_cast<float>(motion->fraction()) : -1.0F,
          frame.selection,
          &frame.theme,
          frame.fonts.version(),
          frame.language.which(),
          frame.mode,
          frame.sight};
}

void KeptShapes::take(const ImDrawList& list, Mark from) {
  pieces_.clear();
  indices_.clear();
  const auto first_vertex = static_cast<unsigned>(from.vertices);
  vertices_.assign(list.VtxBuffer.begin() + from.vertices, list.VtxBuffer.end());
  for (const ImDrawCmd& command : list.CmdBuffer) {
    const auto begin = std::max(command.IdxOffset, static_cast<unsigned>(from.indices));
    const auto end = command.IdxOffset + command.ElemCount;
    if (begin >= end) continue;
    // A shape's corners lie together, so those of a piece do.
    const ImDrawIdx* indices = list.IdxBuffer.Data;
    const auto [low, high] = std::minmax_element(indices + begin, indices + end);
    pieces_.push_back({command.ClipRect, command.VtxOffset + *low - first_vertex,
                       static_cast<std::size_t>(*high - *low + 1), indices_.size(), end - begin,
                       *low});
    indices_.insert(indices_.end(), indices + begin, indices + end);
  }
}

void KeptShapes::put(ImDrawList& list) {
  for (Piece& piece : pieces_) {
    list.PushClipRect({piece.clip.x, piece.clip.y}, {piece.clip.z, piece.clip.w});
    list.PrimReserve(static_cast<int>(piece.indices), static_cast<int>(piece.vertices));
    ImDrawIdx* const indices = indices_.data() + piece.first_index;
    // Mostly it stands where it stood in the last frame.
    if (piece.base != list._VtxCurrentIdx) {
      const unsigned further = list._VtxCurrentIdx - piece.base;
      for (std::size_t i = 0; i < piece.indices; ++i) {
        indices[i] = static_cast<ImDrawIdx>(indices[i] + further);
      }
      piece.base = list._VtxCurrentIdx;
    }
    std::copy_n(vertices_.data() + piece.first_vertex, piece.vertices, list._VtxWritePtr);
    std::copy_n(indices, piece.indices, list._IdxWritePtr);
    list._VtxWritePtr += piece.vertices;
    list._IdxWritePtr += piece.indices;
    list._VtxCurrentIdx += static_cast<unsigned>(piece.vertices);
    list.PopClipRect();
  }
}

}  // namespace mailwalk::gui
