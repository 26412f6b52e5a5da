#include "gui/widgets/kept_drawing.hpp"

#include <imgui.h>

#include <cstring>
#include <string>
#include <vector>

#include "tests/gui/headless_app.hpp"
#include "tests/gui/panel_desk.hpp"

namespace mailwalk::test {
namespace {

// One corner of a triangle as the screen would get it: place, texture, colour, and the rectangle
// outside of which it is cut off.
struct Corner {
  ImDrawVert vertex;
  ImVec4 clip;
  friend bool operator==(const Corner& a, const Corner& b) {
    return std::memcmp(&a, &b, sizeof a) == 0;
  }
};

std::vector<Corner> corners_of(const ImDrawList& list) {
  std::vector<Corner> corners;
  for (const ImDrawCmd& command : list.CmdBuffer) {
    for (unsigned i = 0; i < command.ElemCount; ++i) {
      const unsigned index =
          list.IdxBuffer[static_cast<int>(command.IdxOffset + i)] + command.VtxOffset;
      corners.push_back({list.VtxBuffer[static_cast<int>(index)], command.ClipRect});
    }
  }
  return corners;
}

// Of the last frame.
std::vector<Corner> corners_on_screen() {
  std::vector<Corner> corners;
  const ImDrawData& data = *ImGui::GetDrawData();
  for (int i = 0; i < data.CmdListsCount; ++i) {
    const std::vector<Corner> some = corners_of(*data.CmdLists[i]);
    corners.insert(corners.end(), some.begin(), some.end());
  }
  return corners;
}

// In three clip rectangles, with text between shapes.
void draw_something(ImDrawList& list) {
  list.AddRectFilled({10, 10}, {200, 90}, 0xFF2040C0, 8);
  list.PushClipRect({20, 20}, {120, 60}, true);
  list.AddText({30, 30}, 0xFF000000, "250 2.1.5 Ok");
  list.AddCircle({60, 40}, 30, 0xFF00FF00);
  list.PushClipRect({30, 30}, {50, 50}, true);
  list.AddLine({0, 0}, {300, 300}, 0xFFFFFFFF, 3);
  list.PopClipRect();
  list.PopClipRect();
  list.AddRect({12, 12}, {180, 80}, 0xFF808080, 4, 0, 2);
}

template <class Draw>
std::vector<Corner> drawn_into_window(const Draw& draw) {
  ImGui::NewFrame();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({1'000, 1'000});
  ImGui::Begin("window", nullptr, ImGuiWindowFlags_NoDecoration);
  draw(*ImGui::GetWindowDrawList());
  const std::vector<Corner> corners = corners_of(*ImGui::GetWindowDrawList());
  ImGui::End();
  ImGui::Render();
  return corners;
}

}  // namespace

TEST_CASE("shapes that are put back are those that were taken, clipped as they were",
          "[gui][kept_drawing]") {
  const PanelDesk desk(lesson("delete-mode"));  // for its ImGui
  const auto before = [](ImDrawList& list) { list.AddLine({1, 2}, {300, 4}, 0xFF0000FF); };
  const auto after = [](ImDrawList& list) { list.AddText({5, 500}, 0xFF00FF00, "after"); };
  KeptShapes kept;
  const std::vector<Corner> drawn = drawn_into_window([&](ImDrawList& list) {
    before(list);
    const KeptShapes::Mark from = KeptShapes::mark(list);
    draw_something(list);
    kept.take(list, from);
    after(list);
  });
  const std::vector<Corner> put = drawn_into_window([&](ImDrawList& list) {
    before(list);
    kept.put(list);
    after(list);
  });
  CHECK((put == drawn));

  SECTION("also behind other shapes than those that stood before them") {
    const auto more = [&](ImDrawList& list) {
      for (int i = 0; i < 50; ++i) before(list);
    };
    const std::vector<Corner> drawn_later = drawn_into_window([&](ImDrawList& list) {
      more(list);
      draw_something(list);
    });
    const std::vector<Corner> put_later = drawn_into_window([&](ImDrawList& list) {
      more(list);
      kept.put(list);
    });
    CHECK((put_later == drawn_later));
    CHECK(put_later.size() > put.size());
  }
}

TEST_CASE("what stands still looks the same in every frame", "[gui][kept_drawing]") {
  HeadlessApp window;
  window.open("delete-mode");
  for (int i = 0; i < 3; ++i) window.frame();  // in which Dear ImGui finds its scroll bars
  const std::vector<Corner> shown = corners_on_screen();
  for (int i = 0; i < 3; ++i) {
    window.frame();
    CHECK((corners_on_screen() == shown));
  }
}

// Whatever a person does: what was kept is what would be drawn now.
TEST_CASE("what is kept is never out of date", "[gui][kept_drawing]") {
  HeadlessApp window(1'600, 900);
  window.open("delete-mode");
  const std::vector<std::string> keys{
      "ctrl+right", "ctrl+right", "left",     "l", "ctrl+right", "tab", "shift+pagedown",
      "tab",        "down",       "home",     "t", "ctrl+=",     "end", "shift+pageup",
      "d",          "right",      "right",    ".", "escape",     "c",   "escape",
      "ctrl+0",     "shift+left", "ctrl+left"};
  const auto compare = [&](const std::string& what) {
    window.frame();
    window.frame();
    const std::vector<Corner> kept = corners_on_screen();
    window.forget_shapes();
    window.frame();
    INFO("after " << what);
    REQUIRE((kept == corners_on_screen()));
    window.frame();  // in which it is kept for whatever comes next
  };
  for (const std::string& key : keys) {
    window.press(key);
    compare(key);
  }
  window.press("end escape");
  REQUIRE(window.app().side_by_side() == nullptr);
  REQUIRE(window.app().mode() == gui::Mode::Work);
  const NodeId machine = window.app().scene().cards.front().id;
  const EventPosition here = window.app().playback()->position();
  for (const gui::Selection& what : {gui::Selection(machine), gui::Selection(here),
                                     gui::Selection(ConnectionId{1}), gui::Selection()}) {
    window.app().ask(gui::intent::Select{what});
    compare("selecting");
    CHECK((window.app().selection() == what));
  }
  for (const ImVec2 size : {ImVec2(1'024, 640), ImVec2(1'700, 1'000)}) {
    window.resize(size.x, size.y);
    compare("another size");
  }
}

}  // namespace mailwalk::test
