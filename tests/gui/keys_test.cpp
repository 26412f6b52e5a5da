#include "gui/keys.hpp"

#include <set>
#include <string>

#include "tests/support/catch.hpp"

using namespace mailwalk::gui;  // NOLINT

TEST_CASE("typed strokes are those that the keys table knows", "[gui][keys]") {
  const auto strokes = parse_strokes("space  Ctrl+Right . l shift+left ctrl+alt+x ?");
  REQUIRE(strokes.ok());
  REQUIRE(strokes->size() == 7);
  CHECK((*strokes)[0] == KeyStroke{Key::Space, 0, 0});
  CHECK((*strokes)[1] == KeyStroke{Key::Right, 0, +Modifier::Ctrl});
  CHECK((*strokes)[2] == KeyStroke{Key::Character, U'.', 0});
  CHECK((*strokes)[4] == KeyStroke{Key::Left, 0, +Modifier::Shift});
  CHECK(find_intent((*strokes)[0]) != nullptr);
  CHECK(std::holds_alternative<intent::TogglePresentation>(*find_intent((*strokes)[2])));
  CHECK(find_intent((*strokes)[5]) == nullptr);
}

TEST_CASE("a stroke that no key has is refused, with the nearest name", "[gui][keys]") {
  const auto strokes = parse_strokes("space spcae");
  REQUIRE_FALSE(strokes.ok());
  CHECK_THAT(strokes.error().text(), ContainsSubstring("spcae"));
  CHECK_THAT(strokes.error().text(), ContainsSubstring("space"));
}

TEST_CASE("no stroke means two things", "[gui][keys]") {
  std::set<std::string> seen;
  for (const KeyBinding& binding : key_bindings()) {
    INFO(stroke_text(binding.stroke));
    CHECK(seen.insert(stroke_text(binding.stroke)).second);
  }
}

TEST_CASE("strokes are written as people write them", "[gui][keys]") {
  CHECK(stroke_text({Key::Right, 0, +Modifier::Ctrl}) == "Ctrl+→");
  CHECK(stroke_text({Key::Character, U'l', 0}) == "L");
  CHECK(stroke_text({Key::Character, U'+', +Modifier::Ctrl}) == "Ctrl++");
}

TEST_CASE("who types into a field takes no step by it", "[gui][keys]") {
  const auto typed = parse_strokes("a 7 space left ctrl+left ctrl+right ctrl+c enter tab home");
  REQUIRE(typed.ok());
  for (const KeyStroke& stroke : *typed) {
    INFO(stroke_text(stroke));
    CHECK(is_for_text_field(stroke));
  }
  const auto shortcuts =
      parse_strokes("escape f11 ctrl+o ctrl+s ctrl+f ctrl+e ctrl++ ctrl+- ctrl+0");
  REQUIRE(shortcuts.ok());
  for (const KeyStroke& stroke : *shortcuts) {
    INFO(stroke_text(stroke));
    CHECK_FALSE(is_for_text_field(stroke));
    CHECK(find_intent(stroke) != nullptr);
  }
}
