#include <algorithm>
#include <string>

#include "gui/report.hpp"
#include "tests/gui/headless_app.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

const SceneShelf& maildrop(const App& app) {
  for (const SceneCard& card : app.scene().cards) {
    for (const SceneShelf& shelf : card.shelves) {
      if (shelf.kind == ShelfKind::Maildrop) return shelf;
    }
  }
  FAIL("there is no maildrop on the stage");
  return app.scene().cards.front().shelves.front();
}

std::size_t ghosts(const App& app) {
  const auto& letters = maildrop(app).letters;
  return static_cast<std::size_t>(
      std::count_if(letters.begin(), letters.end(),
                    [](const SceneLetter& letter) { return letter.shape == LetterShape::Ghost; }));
}

template <class Payload>
EventPosition position_of(const App& app, int nth) {
  for (const journal::Event& event : app.document()->journal()) {
    if (journal::payload_if<Payload>(event) != nullptr && --nth == 0) return event.position;
  }
  FAIL("there is no such event");
  return kNoEvent;
}

}  // namespace

TEST_CASE("every position of every lesson is drawn, in both modes", "[gui][app]") {
  test::HeadlessApp headless;
  for (const char* id :
       {"whole-journey", "delete-mode", "keep-mode", "reading-along", "logging-in"}) {
    headless.open(id);
    const std::uint64_t events = headless.app().document()->index().size();
    for (std::uint64_t at = 0; at < events; ++at) {
      headless.app().show_position(EventPosition{at});
      headless.app().set_mode(at % 2 == 0 ? Mode::Work : Mode::Present);
      // Fonts change with the mode; that is tested elsewhere and takes its time.
      if (at % 2 == 0) headless.frame();
    }
    headless.app().set_mode(Mode::Present);
    for (std::uint64_t at = 1; at < events; at += 2) {
      headless.app().show_position(EventPosition{at});
      headless.frame();
    }
    headless.app().set_mode(Mode::Work);
  }
}

TEST_CASE("motions are drawn from their begin to their end", "[gui][app]") {
  test::HeadlessApp headless;
  headless.open("whole-journey");
  for (int step = 0; step < 60; ++step) {
    headless.app().press({Key::Space, 0, 0});
    headless.frame(0);
    for (int i = 0; i < 12 && headless.app().is_moving(); ++i) headless.frame(0.07);
    CHECK_FALSE(headless.app().is_moving());
  }
}

TEST_CASE("DELE makes a ghost, a cut line brings the letter back, QUIT takes it away",
          "[gui][app][stage]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  app.show_position(position_of<journal::LetterMarked>(app, 1));
  CHECK(ghosts(app) == 1);
  CHECK(maildrop(app).total == 3);
  CHECK(maildrop(app).is_locked);
  headless.press("ctrl+left");
  CHECK(ghosts(app) == 0);

  app.show_position(position_of<journal::LetterUnmarked>(app, 3));
  CHECK(ghosts(app) == 0);
  CHECK(maildrop(app).total == 3);

  app.show_position(position_of<journal::LetterExpunged>(app, 1));
  CHECK(ghosts(app) == 2);
  CHECK(maildrop(app).total == 2);
  headless.press("end");
  CHECK(maildrop(app).total == 0);
  headless.press("home");
  CHECK(maildrop(app).total == 0);
  CHECK(app.scene().packets.empty());
}

TEST_CASE("a command rests on its link until it has arrived", "[gui][app][stage]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  const EventPosition marked = position_of<journal::LetterMarked>(app, 1);
  app.show_position(marked);
  CHECK(app.scene().packets.empty());
  app.show_position(*app.document()->timeline().previous(marked, journal::Kind::Command));
  REQUIRE(app.scene().packets.size() == 1);
  CHECK(app.scene().packets[0].label == "DELE 1");
  CHECK(app.scene().packets[0].kind == PacketKind::Command);
  headless.press("shift+right");
  REQUIRE(app.scene().packets.size() == 1);
  CHECK(app.scene().packets[0].kind == PacketKind::Reply);
  CHECK_THAT(app.scene().packets[0].label, ContainsSubstring("+OK"));
}

TEST_CASE("of a name server's answer the address is seen first", "[gui][app][stage][dns]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("whole-journey");
  app.show_position(position_of<journal::DatagramSent>(app, 1));
  REQUIRE(app.scene().packets.size() == 1);
  CHECK(app.scene().packets[0].label == "A smtp.kampus.example?");
  app.show_position(position_of<journal::DatagramSent>(app, 2));
  REQUIRE(app.scene().packets.size() == 1);
  CHECK(app.scene().packets[0].label == "192.0.2.1 · A smtp.kampus.example");
}

TEST_CASE("what a command does is seen when the command has come, and not before",
          "[gui][app][stage][motion]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  const EventPosition marked = position_of<journal::LetterMarked>(app, 1);
  app.show_position(*app.document()->timeline().previous(marked, journal::Kind::Command));
  headless.frame();
  const std::string before = app.caption();
  REQUIRE(app.scene().packets.size() == 1);

  app.press({Key::Space, 0, 0});
  headless.frame(0);
  headless.frame(0.1);
  REQUIRE(app.is_moving());
  CHECK(app.playback()->position() >= marked);
  CHECK(ghosts(app) == 0);
  CHECK(app.caption() == before);
  CHECK(app.scene().packets.size() == 1);
  headless.frame(0.6);
  headless.frame(0);
  CHECK(ghosts(app) == 1);
  CHECK(app.caption() != before);

  SECTION("who goes back, or steps on, does not wait for it") {
    headless.press("left");
    CHECK(ghosts(app) == 0);
    app.press({Key::Space, 0, 0});
    headless.frame(0);
    app.press({Key::Space, 0, 0});
    headless.frame(0);
    CHECK(ghosts(app) == 1);
  }
  SECTION("nor who prefers reduced motion") {
    headless.press("left");
    app.ask(intent::ToggleReducedMotion{});
    headless.frame();
    app.press({Key::Space, 0, 0});
    headless.frame(0);
    CHECK(ghosts(app) == 1);
  }
}

TEST_CASE("who steps through a lesson is told where TLS begins, and sees what it covers",
          "[gui][app][stage][tls]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("reading-along");
  const journal::Journal& journal = app.document()->journal();
  std::size_t handshakes = 0;
  for (const journal::Event& event : journal) {
    const auto* tls = journal::payload_if<journal::TlsEstablished>(event);
    if (tls != nullptr && tls->side == journal::Side::Client) ++handshakes;
  }
  REQUIRE(handshakes > 0);
  std::size_t told = 0;
  std::size_t covered = 0;
  std::size_t open = 0;
  for (EventPosition at = app.playback()->position();;) {
    headless.press("space");
    if (app.playback()->position() == at) break;
    at = app.playback()->position();
    if (app.caption().find("ncrypted from here on") != std::string::npos) ++told;
    for (const ScenePacket& packet : app.scene().packets) {
      if (packet.kind == PacketKind::Datagram) continue;
      const bool is_covered = packet.cover == journal::Cover::Encrypted;
      ++(is_covered ? covered : open);
      for (const SceneLink& link : app.scene().links) {
        const bool is_its = link.ends == link_between(packet.from, packet.to);
        if (is_its && is_covered) CHECK(link.is_encrypted);
      }
    }
  }
  CHECK(told == handshakes);
  CHECK(covered > 0);
  CHECK(open > 0);
}

TEST_CASE("language, theme and text size change while it runs", "[gui][app]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("whole-journey");
  headless.press("space");
  const std::string english = app.caption();
  headless.press("l");
  CHECK(app.caption() != english);
  CHECK(app.settings().language == exporting::Language::Indonesian);
  headless.press("t ctrl++ ctrl++ .");
  CHECK(app.settings().theme == ThemeName::Dark);
  CHECK(app.settings().text_step == 2);
  CHECK(app.mode() == Mode::Present);
  headless.press("escape ctrl+0 ?");
  CHECK(app.mode() == Mode::Work);
  CHECK(app.settings().text_step == 0);
  CHECK(app.keys_page().is_open());
  headless.press("escape l");
  CHECK_FALSE(app.keys_page().is_open());
  CHECK(app.caption() == english);
}

TEST_CASE("text becomes larger and smaller in presentation mode too, by every step", "[gui][app]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("whole-journey");
  for (const Mode mode : {Mode::Work, Mode::Present}) {
    app.set_mode(mode);
    headless.press("ctrl+0");
    const auto panel_px = [&] { return app.wanted_fonts(1'280, 720, 1).panel_px; };
    if (mode == Mode::Present) CHECK(panel_px() >= 28);  // legible from the last row
    float before = panel_px();
    for (const char* keys : {"ctrl++", "ctrl++", "ctrl++"}) {
      headless.press(keys);
      CHECK(panel_px() > before);
      before = panel_px();
    }
    for (int i = 0; i < 6; ++i) {
      headless.press("ctrl+-");
      CHECK(panel_px() < before);
      before = panel_px();
    }
  }
}

TEST_CASE("every usual size and scale is drawn, from the smallest to the largest", "[gui][app]") {
  struct Screen {
    float width, height, scale;
  };
  for (const Screen screen : {Screen{1'024, 640, 1}, Screen{480, 320, 1}, Screen{1'024, 640, 3},
                              Screen{3'840, 2'160, 2}}) {
    INFO(screen.width << "x" << screen.height << " at " << screen.scale);
    test::HeadlessApp headless(screen.width, screen.height, screen.scale);
    headless.open("keep-mode");
    headless.press("end .");
    headless.press(".");
  }
}

TEST_CASE("in a narrow window the way out stays in sight: present, and all keys", "[gui][app]") {
  struct Screen {
    float width, height, scale;
  };
  for (const Screen screen : {Screen{1'024, 640, 3}, Screen{480, 320, 1}, Screen{1'280, 720, 1}}) {
    INFO(screen.width << "x" << screen.height << " at " << screen.scale);
    test::HeadlessApp headless(screen.width, screen.height, screen.scale);
    headless.open("keep-mode");
    headless.press("home");
    const float em =
        headless.app().wanted_fonts(screen.width, screen.height, screen.scale).panel_px;
    headless.click(screen.width - em * 1.6F, em * 1.5F);  // the last button of the bar
    CHECK(headless.app().keys_page().is_open());
    headless.click(em * 0.1F, em * 0.1F);
    CHECK_FALSE(headless.app().keys_page().is_open());
  }
}

TEST_CASE("the page of keys scrolls by arrows and page keys where not all of it has room",
          "[gui][app][keys]") {
  test::HeadlessApp headless(700, 400);
  const KeysPage& page = headless.app().keys_page();
  headless.open("keep-mode");
  headless.press("?");
  const auto scrolled_after = [&](const char* keys) {
    headless.press(keys);
    headless.frame();
    return page.scrolled_px();
  };
  const EventPosition here = headless.app().playback()->position();
  const float by_lines = scrolled_after("down");
  CHECK(by_lines > 0);
  const float by_page = scrolled_after("pagedown");
  CHECK(by_page > by_lines + 50);
  CHECK(scrolled_after("up") < by_page);
  CHECK(scrolled_after("pageup pageup pageup pageup") == 0);
  CHECK(page.is_open());
  CHECK(headless.app().playback()->position() == here);
}

TEST_CASE("keys do nothing to a run that something lies over", "[gui][app][keys]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("reading-along");
  const EventPosition here = app.playback()->position();
  const auto check_nothing_done = [&] {
    headless.press("e space end d b w");
    CHECK(app.sight() == exporting::Sight::Insider);
    CHECK(app.playback()->position() == here);
    CHECK(app.side_by_side() == nullptr);
    CHECK_FALSE(app.offers().is_open());
  };
  SECTION("the page of keys") {
    headless.press("?");
    check_nothing_done();
    headless.press("escape");
  }
  SECTION("the field for a file") {
    headless.press("ctrl+o");
    check_nothing_done();
    headless.press("escape");
  }
  SECTION("a list that a button has opened") {
    const float em = app.wanted_fonts(1'280, 720, 1).panel_px;
    headless.click(em * 12, em * 1.5F);  // the lesson's name, in the bar
    check_nothing_done();
    headless.press("escape");
  }
  headless.press("e");
  CHECK(app.sight() == exporting::Sight::Eavesdropper);
}

TEST_CASE("a lesson that cannot be opened leaves the one that is open", "[gui][app]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.frame();  // nothing is open: the list of lessons is shown
  headless.open("whole-journey");
  const Document* before = app.document();
  app.ask(intent::OpenFile{"no-such-lesson"});
  headless.frame();
  headless.finish_work();
  CHECK(app.document() == before);
  CHECK_THAT(app.note(), ContainsSubstring("no-such-lesson"));
}

TEST_CASE("the report tells what is shown", "[gui][app][report]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  app.show_position(position_of<journal::LetterMarked>(app, 2));
  const std::string report = report_json(app, 7);
  CHECK_THAT(report, ContainsSubstring("\"ghost\""));
  CHECK_THAT(report, ContainsSubstring("\"LetterMarked\""));
  CHECK_THAT(report, ContainsSubstring("\"frames\": 7"));
}
