// The inspector and the ledger as they are drawn, within the whole window but without a screen.
#include <string>

#include "tests/gui/headless_app.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

TEST_CASE("the panels draw at every position, whatever is selected", "[gui][panels]") {
  for (const char* id :
       {"whole-journey", "delete-mode", "keep-mode", "reading-along", "logging-in"}) {
    test::HeadlessApp window(1'280, 720);
    window.open(id);
    const std::uint64_t events = window.app().document()->journal().size();
    for (std::uint64_t at = 0; at < events; at += 3) {
      window.app().show_position(EventPosition{at});
      window.app().ask(intent::Select{});
      window.frame();
      if (at % 9 != 0) continue;
      const journal::WorldView& view = window.app().view().after();
      if (!view.letters.empty()) {
        window.app().ask(intent::Select{view.letters.back().key});
        window.frame();
      }
      window.app().ask(intent::Select{NodeId{static_cast<std::uint32_t>(1 + at % 5)}});
      window.frame();
      window.app().ask(intent::Select{ConnectionId{static_cast<std::uint32_t>(1 + at % 4)}});
      window.frame();
    }
  }
}

TEST_CASE("the panels fit into windows of any size", "[gui][panels]") {
  const struct {
    float width, height, scale;
  } sizes[] = {{1'024, 640, 1}, {640, 400, 2}, {3'840, 2'160, 2}, {400, 300, 3}};
  for (const auto& size : sizes) {
    test::HeadlessApp window(size.width, size.height, size.scale);
    window.open("keep-mode");
    window.app().ask(intent::JumpToEnd{});
    window.frame();
    for (const bool indonesian : {false, true}) {
      if (indonesian) window.app().ask(intent::ToggleLanguage{});
      window.app().ask(intent::Select{window.app().view().after().letters.begin()->key});
      window.frame();
      window.app().ask(intent::Select{NodeId{3}});
      window.frame();
    }
  }
}
