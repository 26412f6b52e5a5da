#include "gui/live.hpp"

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <thread>

#include "gui/report.hpp"
#include "tests/gui/headless_app.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/temporary_folder.hpp"

namespace mailwalk::test {
namespace {

using gui::Following;
using gui::Live;

const std::string kLesson = std::string(MAILWALK_SOURCE_DIR) + "/lessons/whole-journey/lesson.toml";

// Ports that are free: several tests may run at once.
net::TcpOptions free_ports() {
  net::TcpOptions options;
  for (auto& [lesson, here] : options.ports) here = Port{0};
  return options;
}

// As a person would find it: in the line to copy that stands below the service.
RawClient call(const std::string& how_to_call, const std::string& service) {
  std::smatch found;
  const bool is_told =
      std::regex_search(how_to_call, found, std::regex(service + ": ([0-9.]+):([0-9]+)\n"));
  INFO(how_to_call);
  REQUIRE(is_told);
  const auto address = IpAddress::parse(found[1].str());
  REQUIRE(address);
  return RawClient(*address, static_cast<std::uint16_t>(std::stoi(found[2].str())));
}

constexpr int kMostTurns = 5'000;
void rest() {
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

// Lets time pass until it is so; in vain after some seconds.
template <class Turn, class Condition>
bool wait_until(const Turn& turn, const Condition& condition) {
  for (int i = 0; i < kMostTurns && !condition(); ++i) {
    turn();
    rest();
  }
  return condition();
}

std::unique_ptr<Live> served() {
  auto live = Live::begin(kLesson, free_ports());
  INFO((live ? std::string() : live.error().text()));
  REQUIRE(live.ok());
  return std::move(*live);
}

}  // namespace

TEST_CASE("a live lesson hears a program from outside, and its run grows", "[gui][live]") {
  const auto live = served();
  RawClient client = call(live->how_to_call(exporting::Language::English), "POP3");
  const auto turn = [&] {
    live->advance(gui::TimeSlice());
    client.read();
  };
  REQUIRE(wait_until(turn, [&] { return client.heard().substr(0, 3) == "+OK"; }));
  CHECK(live->document()->index().size() == live->document()->journal().size());

  SECTION("and at the end says good-bye, hangs up and can be called no more") {
    const std::string how = live->how_to_call(exporting::Language::Indonesian);
    live->end();
    CHECK(live->phase() == Live::Phase::SayingGoodBye);
    REQUIRE(wait_until(turn, [&] { return live->phase() == Live::Phase::Over; }));
    REQUIRE(
        wait_until([&] { client.read(); }, [&] { return client.end() != RawClient::End::Open; }));
    CHECK(live->trouble() == nullptr);
    RawClient late = call(how, "POP3");
    REQUIRE(wait_until([&] { late.read(); }, [&] { return late.end() == RawClient::End::Broken; }));
    const std::uint64_t events = live->document()->journal().size();
    CHECK_FALSE(live->advance(gui::TimeSlice()));
    CHECK(live->document()->journal().size() == events);
  }
  SECTION("and ends in some seconds although a client never hangs up") {
    live->end_now();
    CHECK(live->phase() == Live::Phase::Over);
    REQUIRE(
        wait_until([&] { client.read(); }, [&] { return client.end() != RawClient::End::Open; }));
  }
}

TEST_CASE("a lesson that is no lesson is not served", "[gui][live]") {
  CHECK_FALSE(Live::begin("no-such-lesson", free_ports()).ok());
}

TEST_CASE("a port that is taken is told, and nothing is served", "[gui][live]") {
  const auto first = served();
  std::smatch found;
  const std::string& how = first->how_to_call(exporting::Language::English);
  REQUIRE(std::regex_search(how, found, std::regex("POP3: [0-9.]+:([0-9]+)\n")));
  net::TcpOptions options = free_ports();
  options.ports[kPop3Port] = Port{static_cast<std::uint16_t>(std::stoi(found[1].str()))};
  CHECK_FALSE(Live::begin(kLesson, options).ok());
}

TEST_CASE("a run that memory cannot hold ends, and the window says why", "[gui][live][app]") {
  HeadlessApp headless;
  gui::App& app = headless.app();
  REQUIRE(app.go_live(kLesson, free_ports(), 2'000).ok());
  RawClient client = call(app.live()->how_to_call(exporting::Language::English), "SMTP");
  int commands = 0;
  const auto turn = [&] {
    headless.frame(1);
    if (app.live() != nullptr && app.live()->phase() == Live::Phase::Serving) {
      client.send_some(commands++ == 0 ? "HELO pc.example\r\nMAIL FROM:<ani@kampus.example>\r\n"
                                       : "RCPT TO:<budi@kantor.example>\r\n");
    }
    client.read();
  };
  REQUIRE(wait_until(turn, [&] { return app.live() == nullptr; }));
  CHECK(app.note() == app.language().text("note.live_full"));
  CHECK_THAT(client.heard(), ContainsSubstring("\r\n421 "));
  CHECK(app.document()->index().size() <= 2'000);
}

TEST_CASE("a signal to end is noticed while a lesson is live", "[gui][live]") {
  const auto live = served();
  CHECK_FALSE(live->signal_was_caught());
  std::raise(SIGTERM);
  CHECK(live->signal_was_caught());
  live->end_now();
  CHECK(live->phase() == Live::Phase::Over);
  CHECK_FALSE(live->signal_was_caught());
}

TEST_CASE("the window follows what is live, and counts what is new while a person looks back",
          "[gui][live][app]") {
  HeadlessApp headless;
  gui::App& app = headless.app();
  const Done live = app.go_live(kLesson, free_ports());
  INFO((live ? std::string() : live.error().text()));
  REQUIRE(live.ok());
  CHECK(app.shows_call_page());
  const auto turn = [&] { headless.frame(1); };
  const auto is_at_newest = [&] {
    return app.playback()->position().value() + 1 == app.document()->index().size();
  };
  const auto letters = [&] {
    std::size_t lying = 0;
    for (const gui::SceneCard& card : app.scene().cards) {
      for (const gui::SceneShelf& shelf : card.shelves) {
        if (shelf.kind == gui::ShelfKind::Maildrop) lying += shelf.total;
      }
    }
    return lying;
  };
  // Ani's letter goes its way by itself.
  REQUIRE(wait_until(turn, [&] { return letters() == 1 && is_at_newest(); }));
  REQUIRE(app.live_status().has_value());
  CHECK(app.live_status()->news == 0);

  headless.press("left e 1 g");
  CHECK(app.live_status()->following == Following::Newest);  // behind the page keys do nothing
  CHECK(app.sight() == exporting::Sight::Insider);
  CHECK(app.live()->phase() == Live::Phase::Serving);
  headless.press("a");
  CHECK_FALSE(app.shows_call_page());
  headless.press("left left");
  CHECK(app.live_status()->following == Following::Person);
  const EventPosition here = app.playback()->position();
  const std::uint64_t before = app.document()->index().size();
  RawClient client = call(app.live()->how_to_call(exporting::Language::English), "POP3");
  REQUIRE(wait_until(turn, [&] {
    client.read();
    return !client.heard().empty();
  }));
  CHECK(app.playback()->position() == here);
  CHECK(app.document()->index().size() > before);
  CHECK(app.live_status()->news > 0);
  CHECK(app.live_status()->news <= app.document()->index().size() - before);

  headless.press("end");
  CHECK(app.live_status()->following == Following::Newest);
  REQUIRE(wait_until(turn, is_at_newest));
  CHECK(app.live_status()->news == 0);

  SECTION("it has no branches, and says why") {
    app.ask(gui::intent::MakeFork{0, here, world::Change{}});
    headless.frame();
    CHECK(app.runs().size() == 1);
    CHECK(app.note() == app.language().text("note.live_no_change"));
    headless.press("d");
    CHECK(app.side_by_side() == nullptr);
  }
  SECTION("whoever ends it is asked once more while somebody is connected") {
    CHECK(app.live()->visitors() == 1);
    headless.press("g");
    CHECK(app.note() == app.language().format("note.sure_end", 1));
    headless.press("left g");  // something else came between
    CHECK(app.live()->phase() == Live::Phase::Serving);
    headless.press("g");
    REQUIRE(wait_until(turn, [&] { return !app.is_listening(); }));
  }
  SECTION("opening another lesson is asked once more, and its run is gone then") {
    const std::string other = std::string(MAILWALK_SOURCE_DIR) + "/lessons/delete-mode/lesson.toml";
    const gui::Document* shown = app.document();
    app.ask(gui::intent::OpenFile{other});
    headless.frame();
    headless.finish_work();
    CHECK(app.document() == shown);
    CHECK(app.note() == app.language().text("note.sure_open"));
    app.ask(gui::intent::AskForFile{});  // by hand that is the way to ask once more
    headless.frame();
    app.ask(gui::intent::OpenFile{other});
    REQUIRE(wait_until(turn, [&] { return app.document() != shown; }));
    client.close();
    REQUIRE(wait_until(turn, [&] { return !app.is_listening(); }));
    CHECK(app.note() == app.language().text("note.live_ended"));
  }
  SECTION("once it is over, it is a run like any other") {
    client.close();
    REQUIRE(wait_until(turn, [&] { return app.live()->visitors() == 0; }));
    headless.press("g");
    REQUIRE(wait_until(turn, [&] { return !app.is_listening(); }));
    CHECK_FALSE(app.live_status().has_value());
    CHECK(app.note() == app.language().text("note.live_over"));
    CHECK(letters() == 1);
    headless.press("home");
    CHECK(app.playback()->position() == app.document()->index().start());
    headless.press("g");  // it is in no file yet
    CHECK(app.note() == app.language().text("note.sure_unsaved"));
    CHECK_FALSE(app.is_listening());
  }
  SECTION("another lesson that is opened ends it") {
    client.close();
    headless.open("delete-mode");
    CHECK_FALSE(app.live_status().has_value());
    REQUIRE(wait_until(turn, [&] { return !app.is_listening(); }));
  }
}

TEST_CASE("on a live lesson somebody who reads along sees records of TLS, and no words",
          "[gui][live][telling]") {
  using exporting::Sight;
  // The same lesson, in which nobody waits for minutes to pass.
  std::ifstream lesson(std::string(MAILWALK_SOURCE_DIR) + "/lessons/reading-along/lesson.toml");
  const std::string slow{std::istreambuf_iterator<char>(lesson), {}};
  const TemporaryFolder folder;
  std::ofstream(folder / "soon.toml")
      << std::regex_replace(slow, std::regex("at = \"[0-9]+ min\""), "at = \"0 s\"");
  HeadlessApp headless;
  gui::App& app = headless.app();
  const Done live = app.go_live(folder / "soon.toml", free_ports());
  INFO((live ? std::string() : live.error().text()));
  REQUIRE(live.ok());
  headless.press("a e");
  REQUIRE(app.sight() == Sight::Eavesdropper);
  std::size_t with_records = 0;
  const auto turn = [&] {
    headless.frame(1);
    const gui::Telling& telling = app.document()->index().telling(Sight::Eavesdropper);
    for (const gui::ScenePacket& packet : app.scene().packets) {
      CHECK_FALSE(telling.hides(packet.says));
      if (packet.kind == gui::PacketKind::Records) ++with_records;
    }
    if (telling.hides(app.playback()->position())) {
      CHECK(app.caption() == app.language().text("line.hidden"));
    }
  };
  // Of the login under TLS, which the line does not show.
  const auto login_is_hidden = [&] {
    const gui::Telling& telling = app.document()->index().telling(Sight::Eavesdropper);
    for (const journal::Event& event : app.document()->journal()) {
      const auto* sent = journal::payload_if<journal::CommandSent>(event);
      const bool is_login = sent != nullptr && sent->verb == journal::Verb(smtp::Verb::Auth);
      if (is_login && telling.hides(event.position)) return true;
    }
    return false;
  };
  REQUIRE(wait_until(turn, login_is_hidden));
  // Looking back, every record stands on the stage as it went over the line.
  for (int i = 0; i < 200; ++i) {
    headless.press("left");
    turn();
  }
  CHECK(with_records > 10);
}

TEST_CASE("going back, and going anywhere, stops following; End takes it up again", "[gui][live]") {
  using gui::following_after;
  namespace intent = gui::intent;
  const gui::Stride told = gui::Stride::Told;
  const gui::Intent back = intent::Step{told, gui::Direction::Back};
  const gui::Intent forward = intent::Step{told, gui::Direction::Forward};
  CHECK(following_after(back, Following::Newest) == Following::Person);
  CHECK(following_after(intent::JumpTo{EventPosition{3}}, Following::Newest) == Following::Person);
  CHECK(following_after(intent::JumpToStart{}, Following::Newest) == Following::Person);
  CHECK(following_after(forward, Following::Person) == Following::Person);
  CHECK(following_after(forward, Following::Newest) == Following::Newest);
  CHECK(following_after(intent::ToggleLanguage{}, Following::Newest) == Following::Newest);
  CHECK(following_after(intent::JumpToEnd{}, Following::Person) == Following::Newest);
}

}  // namespace mailwalk::test
