#include "gui/theme.hpp"

#include <vector>

#include "tests/support/catch.hpp"

using namespace mailwalk::gui;  // NOLINT

namespace {

constexpr double kTaught = 7.0;
constexpr double kRest = 4.5;
constexpr double kGraphics = 3.0;  // WCAG 2.1, 1.4.11: what is no text

std::vector<Hue> meanings(const Theme& theme) {
  std::vector<Hue> hues{theme.smtp, theme.pop3, theme.names, theme.tls, theme.fault};
  hues.insert(hues.end(), theme.letters.begin(), theme.letters.end());
  return hues;
}

}  // namespace

TEST_CASE("contrast is computed as WCAG defines it", "[gui][theme]") {
  CHECK(contrast({0x000000}, {0xFFFFFF}) == Approx(21.0));
  CHECK(contrast({0x777777}, {0xFFFFFF}) == Approx(4.48).margin(0.01));
  CHECK(contrast({0x123456}, {0x123456}) == Approx(1.0));
}

TEST_CASE("what is taught stands out 7 to 1 in both themes, the rest 4.5 to 1", "[gui][theme]") {
  for (const ThemeName name : {ThemeName::Light, ThemeName::Dark}) {
    const Theme& theme = theme_named(name);
    INFO((name == ThemeName::Light ? "light" : "dark"));
    for (const Color ground : {theme.paper, theme.card, theme.well}) {
      CHECK(contrast(theme.ink, ground) >= kTaught);
      CHECK(contrast(theme.muted, ground) >= kRest);
      CHECK(contrast(theme.ghost.text, ground) >= kRest);
    }
    for (const Hue& hue : meanings(theme)) {
      INFO("hue " << std::hex << hue.text.rgb << " on " << hue.soft.rgb);
      CHECK(contrast(hue.text, theme.card) >= kTaught);
      CHECK(contrast(hue.text, theme.paper) >= kTaught);
      CHECK(contrast(theme.on_fill, hue.text) >= kTaught);
      CHECK(contrast(hue.text, hue.soft) >= kRest);
      CHECK(contrast(hue.line, theme.card) >= kGraphics);
    }
  }
}
