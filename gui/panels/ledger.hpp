// "Where is each copy?": rows are letters, columns are places.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gui/ledger/ledger_table.hpp"
#include "gui/panels/panel.hpp"
#include "gui/widgets/flow.hpp"
#include "gui/widgets/kept_drawing.hpp"

namespace mailwalk::gui {

// How rows stand in so much height, in pixels: a little closer, if all of them fit then; else as
// many whole ones as have room.
struct RowHeights {
  float row = 0, all = 0;
};
RowHeights row_heights(std::size_t letters, float room_px, float em);

class Ledger : public Panel {
 public:
  [[nodiscard]] std::string_view key() const override { return "ledger"; }
  [[nodiscard]] Dock dock() const override { return Dock::Right; }
  void draw(const UiFrame& frame, Intents& intents) override;
  [[nodiscard]] float most_em(std::size_t letters) const override;
  bool scroll_by(double px) override {
    to_scroll_px_ += px;
    return true;
  }

 private:
  struct MadeOf {
    std::string named;  // the run: another one may take the place of this in memory
    const Document* document = nullptr;
    std::uint64_t view_version = 0;
    exporting::Language language = exporting::Language::English;
    friend bool operator==(const MadeOf&, const MadeOf&) = default;
  };

  struct ShownRow {
    std::size_t rank = 0;  // of its letter
    Rect rect;
    friend bool operator==(const ShownRow&, const ShownRow&) = default;
  };
  // What the rows are drawn from beside the view.
  struct Drawn {
    ShownRow first, last;
    float places = 0;  // x of the first column
    friend bool operator==(const Drawn&, const Drawn&) = default;
  };

  void look(const UiFrame& frame);
  const LedgerRow& row(const UiFrame& frame, std::size_t rank);
  void draw_rows(Flow& flow, float height, Intents& intents);
  void take_mouse(Flow& flow, const ShownRow& it, Intents& intents);
  void reveal_selected(const UiFrame& frame, float row_height);

  MadeOf made_of_;
  std::vector<LedgerColumn> columns_;
  std::map<std::size_t, LedgerRow> rows_;  // those that were seen at this position
  KeptDrawing<Drawn> rows_drawn_;
  std::optional<journal::LetterId> revealed_;
  double to_scroll_px_ = 0;  // by keys, in the next frame
};

}  // namespace mailwalk::gui
