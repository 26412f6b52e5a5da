// Words that are cut to the room that there is.
#include "gui/safe_text.hpp"

#include <algorithm>
#include <string>

#include "gui/widgets/paint.hpp"
#include "tests/gui/panel_desk.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

TEST_CASE("a reply on the stage is cut between its words, so that every code is whole",
          "[gui][safe_text]") {
  const test::PanelDesk desk(test::lesson("delete-mode"));  // for its fonts
  ImFont* font = ImGui::GetIO().Fonts->Fonts[0];
  for (const std::string reply : {"250 2.0.0 Ok: delivered as 00001", "-ERR [AUTH] wrong password",
                                  "+OK 3 messages", "452 4.2.2 The mailbox is full"}) {
    const float whole = text_size(reply, font).x;
    const float first_word = text_size(reply.substr(0, reply.find(' ')) + "…", font).x;
    for (float room = first_word + 1; room < whole + 3; ++room) {
      const std::string cut = fitted_words(reply, font, room);
      INFO("“" << cut << "” in " << room << " pixels");
      CHECK(text_size(cut, font).x <= room);
      if (cut == reply) continue;
      const std::string words = cut.substr(0, cut.size() - std::string("…").size());
      CHECK(cut == words + "…");
      CHECK(reply.substr(0, words.size() + 1) == words + " ");
    }
    CHECK(fitted_words(reply, font, whole + 1) == reply);
  }
  // There is only one word: better a part of it than nothing.
  const std::string name = "250-smtp.kampus.example";
  const std::string cut = fitted_words(name, font, text_size(name, font).x / 2);
  CHECK(cut.size() > 8);
  CHECK(name.starts_with(cut.substr(0, cut.size() - 3)));
}

TEST_CASE("each line of a paragraph that can be clicked is underlined as far as its words go",
          "[gui][paint]") {
  const test::PanelDesk desk(test::lesson("delete-mode"));
  ImFont* font = ImGui::GetIO().Fonts->Fonts[0];
  const std::string words = "Office mailbox server replies to Campus MTA: 250 2.0.0 Ok";
  const float narrow = text_size(words, font).x / 2.5F;
  ImGui::NewFrame();
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  const int lines = paragraph_lines(font, narrow, words);
  REQUIRE(lines >= 3);
  constexpr int kCornersOfStroke = 4;
  for (const int most : {1, 2, 1'000}) {
    const int before = list.VtxBuffer.Size;
    underline_paragraph(list, font, {0, 0}, narrow, {0xFF000000, 1}, words, most);
    CHECK(list.VtxBuffer.Size - before == kCornersOfStroke * std::min(lines, most));
  }
  for (const ImDrawVert& corner : list.VtxBuffer) CHECK(corner.pos.x <= narrow);
  ImGui::Render();
}
