#include "gui/panels/transcript.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <regex>
#include <string>
#include <variant>

#include "gui/panels/transcript_copy.hpp"
#include "tests/gui/headless_app.hpp"
#include "tests/gui/panel_desk.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

// The last text that the panel asked to copy; empty if it asked for none.
std::string copied(const Intents& intents) {
  std::string text;
  for (const Intent& intent : intents.asked()) {
    if (const auto* copy = std::get_if<intent::CopyText>(&intent)) text = copy->text;
  }
  return text;
}

// A run that says everything that must not reach a screen as it is.
std::unique_ptr<Document> hostile_run() {
  using namespace journal;  // NOLINT
  auto journal = std::make_shared<Journal>();
  const auto add = [&](NodeId node, ConnectionId connection, Payload payload) {
    journal->append({}, node, connection, kNoEvent, std::move(payload));
  };
  constexpr char kBegin[] = "%s%n\x1b[2J\xE2\x80\xAE \xFF\xC3\x28 \0 x";
  const std::string hostile = std::string(kBegin, sizeof kBegin - 1) + std::string(3'000, '%');
  MachineAdded machine;
  machine.name = machine.label_english = machine.label_indonesian = Bytes(hostile);
  add(NodeId{1}, kNoConnection, machine);
  add(NodeId{2}, kNoConnection, machine);
  const ConnectionId line{1};
  add(NodeId{1}, line, ConnectionOpening{NodeId{2}, {}, kSmtpPort});
  add(NodeId{2}, line, ConnectionAccepted{});
  ReplySent greeting;
  greeting.code = 220;
  greeting.text = Bytes(hostile + "\r\n\r\n" + hostile);
  add(NodeId{2}, line, greeting);
  add(NodeId{1}, line, CommandSent{smtp::Verb::Ehlo, Secrecy::Open, Bytes(hostile)});
  add(NodeId{1}, line, ContentSent{Bytes(std::string(2'000'000, '\r'))});
  add(NodeId{1}, line, ContentSent{Bytes("")});
  DatagramSent datagram;
  datagram.to = NodeId{2};
  datagram.bytes = Bytes(hostile);
  add(NodeId{1}, kNoConnection, datagram);
  NameLookedUp name;
  name.question = name.answer = Bytes(hostile);
  add(NodeId{1}, kNoConnection, name);
  add(NodeId{1}, kNoConnection, FaultInjected{.fault = Fault::Answer, .reply = Bytes(hostile)});
  add(NodeId{1}, ConnectionId{9'999}, ReplyReceived{});
  add(NodeId{9}, line, ConnectionReset{});
  auto document = std::make_unique<Document>(journal, DocumentText{});
  document->catch_up();
  return document;
}

}  // namespace

TEST_CASE("the transcript draws at every position, in both languages and any size",
          "[gui][transcript][panels]") {
  for (const char* lesson : {"whole-journey", "delete-mode", "keep-mode"}) {
    test::PanelDesk desk(test::lesson(lesson));
    Transcript transcript;
    std::size_t frame = 0;
    const float widths[] = {40, 300, 470, 1'500};
    for (std::uint64_t position = 0; position < desk.events(); ++position) {
      desk.stand_at(EventPosition{position});
      desk.speak(frame % 2 == 0 ? exporting::Language::English : exporting::Language::Indonesian);
      desk.draw(transcript, widths[frame++ % 4], 250);
    }
    CHECK(desk.intents().asked().empty());
  }
}

TEST_CASE("nothing that a peer says can harm the panels", "[gui][transcript][ladder][panels]") {
  test::PanelDesk desk(hostile_run());
  for (const auto& panel : make_panels()) {
    INFO(panel->key());
    for (std::uint64_t position = 0; position < desk.events(); ++position) {
      desk.stand_at(EventPosition{position});
      desk.draw(*panel, 480, 2'000);
    }
  }
  Transcript transcript;
  transcript.handle(intent::CopyLines{});
  desk.selection() = ConnectionId{1};
  desk.draw(transcript, 480, 300);
  const std::string text = copied(desk.intents());
  CHECK_THAT(text, ContainsSubstring("%s%n␛[2J‹U+202E›"));
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("the session in which a person stands is copied, with its passwords",
          "[gui][transcript][panels]") {
  test::PanelDesk desk(test::lesson("delete-mode"));
  Transcript transcript;
  const RunRows& rows = desk.document().index().rows();
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    const auto* command =
        journal::payload_if<journal::CommandSent>(desk.document().journal()[rows[RowId{i}].at]);
    if (command == nullptr || command->verb != journal::Verb{pop3::Verb::Quit}) continue;
    desk.stand_at(rows[RowId{i}].at);
    break;
  }
  transcript.handle(intent::CopyLines{});
  desk.draw(transcript, 500, 200);
  const std::string text = copied(desk.intents());
  CHECK_THAT(text, ContainsSubstring("C: PASS "));
  CHECK_THAT(text, ContainsSubstring("S: +OK"));
  CHECK_THAT(text, ContainsSubstring("C: QUIT\n"));
  CHECK(text.find("MAIL FROM") == std::string::npos);
  CHECK(text.find("S: +OK POP3 server signing off") == std::string::npos);
}

TEST_CASE("after the end, the start shows the transcript from its start", "[gui][transcript]") {
  test::PanelDesk desk(test::lesson("keep-mode"));
  Transcript transcript;
  desk.stand_at(EventPosition{desk.events() - 1});
  desk.draw(transcript, 500, 200);
  REQUIRE(transcript.scrolled_px() > 200);
  desk.stand_at(desk.document().index().start());
  desk.draw(transcript, 500, 200);
  CHECK(transcript.scrolled_px() == 0);
}

TEST_CASE("a session or machine that is selected anywhere is what the transcript is about",
          "[gui][transcript][panels]") {
  test::PanelDesk desk(test::lesson("delete-mode"));
  Transcript transcript;
  const auto select = [&](Selection what) {
    desk.selection() = what;
    desk.draw(transcript, 500, 200);
  };
  desk.stand_at(EventPosition{desk.events() - 1});
  select(ConnectionId{2});
  CHECK(transcript.scope() == TranscriptScope{ConnectionId{2}});
  const RunRows& rows = desk.document().index().rows();
  const EventPosition inside = rows[rows.session(ConnectionId{2})->close].at;
  select(inside);
  CHECK(transcript.scope() == TranscriptScope{ConnectionId{2}});
  const EventPosition outside = rows[rows.session(ConnectionId{1})->call].at;
  select(outside);
  CHECK(transcript.scope() == TranscriptScope{});
  select(NodeId{1});
  CHECK(transcript.scope() == TranscriptScope{NodeId{1}});
  select({});
  CHECK(transcript.scope() == TranscriptScope{});
}

TEST_CASE("a click on a line selects its event everywhere", "[gui][transcript][panels]") {
  test::PanelDesk desk(test::lesson("delete-mode"));
  Transcript transcript;
  desk.stand_at(desk.document().index().told().all()[20]);
  desk.draw(transcript, 600, 300);
  desk.click(transcript, {300, 200});
  REQUIRE(desk.intents().asked().size() == 1);
  const auto* select = std::get_if<intent::Select>(&desk.intents().asked().front());
  REQUIRE(select != nullptr);
  CHECK(std::holds_alternative<EventPosition>(select->what));
  desk.intents().take();
  desk.click(transcript, {300, 200}, ImGuiMouseButton_Right);
  REQUIRE(desk.intents().asked().size() == 1);
  CHECK(std::holds_alternative<intent::OfferMenu>(desk.intents().asked().front()));
}

TEST_CASE("what is sought is gone to when Enter is pressed, wherever in the run it is",
          "[gui][transcript][find][panels]") {
  test::PanelDesk desk(test::lesson("delete-mode"));
  Transcript transcript;
  transcript.handle(intent::FindText{});
  const auto frame = [&] { desk.draw(transcript, 600, 300); };
  frame();
  frame();
  for (const char c : {'R', 'E', 'T', 'R'}) {
    ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(c));
    frame();
  }
  for (int i = 0; transcript.is_working() && i < 100; ++i) frame();
  CHECK_FALSE(transcript.is_working());
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddKeyEvent(ImGuiKey_Enter, true);
  frame();
  io.AddKeyEvent(ImGuiKey_Enter, false);
#else
  io.KeyMap[ImGuiKey_Enter] = 1;
  io.KeysDown[1] = true;
  frame();
  io.KeysDown[1] = false;
#endif
  frame();
  frame();
  std::optional<EventPosition> went;
  for (const Intent& intent : desk.intents().asked()) {
    if (const auto* jump = std::get_if<intent::JumpTo>(&intent)) went = jump->position;
  }
  REQUIRE(went.has_value());
  CHECK(went == desk.document().timeline().find("RETR", desk.document().index().start()));
}

TEST_CASE("what is copied ends where nobody would paste it any more, and that is told",
          "[gui][transcript]") {
  using namespace journal;  // NOLINT
  auto journal = std::make_shared<Journal>();
  const auto add = [&](NodeId node, ConnectionId connection, Payload payload) {
    journal->append({}, node, connection, kNoEvent, std::move(payload));
  };
  add(NodeId{1}, kNoConnection, MachineAdded{});
  add(NodeId{2}, kNoConnection, MachineAdded{});
  const ConnectionId line{1};
  add(NodeId{1}, line, ConnectionOpening{NodeId{2}, {}, kSmtpPort});
  std::string large;
  while (large.size() < 1'500'000) large += std::string(70, 'x') + "\r\n";
  ContentSent content;
  content.content = Bytes(large);
  for (int i = 0; i < 3; ++i) add(NodeId{1}, line, content);
  test::PanelDesk desk(std::make_unique<Document>(journal, DocumentText{}));
  desk.stand_at(EventPosition{journal->size() - 1});
  Transcript transcript;
  desk.draw(transcript, 480, 300);
  transcript.handle(intent::CopyLines{});
  desk.draw(transcript, 480, 300);
  const std::string text = copied(desk.intents());
  CHECK(text.size() > 1'500'000);
  CHECK(text.size() <= kMostCopiedOctets);
  const auto& copy = std::get<intent::CopyText>(desk.intents().asked().back());
  CHECK(copy.extent == intent::Extent::Beginning);
  CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) == copy.lines);
}

// The screen has no picture of it, but what is pasted elsewhere has.
TEST_CASE("an emoji in a machine's name is copied as it is, and drawn as a box",
          "[gui][transcript][app]") {
  const std::string folder = std::string(MAILWALK_SOURCE_DIR) + "/lessons/keep-mode/";
  std::ifstream lesson(folder + "lesson.toml");
  const std::string plain{std::istreambuf_iterator<char>(lesson), {}};
  const test::TemporaryFolder own;
  std::ofstream(own / "lesson.toml")
      << std::regex_replace(plain, std::regex("Ani's laptop"), "Ani's 💻 laptop");
  test::HeadlessApp headless;
  REQUIRE(headless.app().open(own / "lesson.toml").ok());
  headless.press("end");
  headless.app().ask(intent::Select{headless.app().scene().cards.front().id});
  headless.frame();
  headless.press("ctrl+c");
  headless.frame();
  const std::string copied = ImGui::GetClipboardText();
  CHECK_THAT(copied, ContainsSubstring("* Letter A lies in the outbox of Ani's 💻 laptop"));
  CHECK_THAT(copied, ContainsSubstring("Ani's 💻 laptop → "));
  headless.press("home space");
  CHECK_THAT(headless.app().caption(), ContainsSubstring("Ani's □ laptop"));
  CHECK(headless.app().scene().cards.front().title == "Ani's □ laptop");
}
