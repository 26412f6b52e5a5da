// "What is that?": whatever is selected, or else the event at the position, taken apart.
#pragma once

#include <cstdint>
#include <string>

#include "gui/inspector/inspection.hpp"
#include "gui/inspector/letter_content.hpp"
#include "gui/panels/inspection_view.hpp"
#include "gui/panels/panel.hpp"

namespace mailwalk::gui {

class Inspector : public Panel {
 public:
  [[nodiscard]] std::string_view key() const override { return "inspector"; }
  [[nodiscard]] Dock dock() const override { return Dock::Bottom; }
  void draw(const UiFrame& frame, Intents& intents) override;

 private:
  // What the inspection was made of: it is made anew only when one of these changes.
  struct MadeOf {
    std::string named;  // the run: another one may take the place of this in memory
    const Document* document = nullptr;
    std::uint64_t events = 0;  // of the run, which may grow
    std::uint64_t view_version = 0;
    Selection selection;
    exporting::Language language = exporting::Language::English;
    friend bool operator==(const MadeOf&, const MadeOf&) = default;
  };

  void look(const UiFrame& frame);

  MadeOf made_of_;
  Inspection inspection_;
  LetterReader letters_;
  OctetView octets_ = OctetView::Text;
  bool is_new_ = false;  // so it is shown from its top
};

}  // namespace mailwalk::gui
