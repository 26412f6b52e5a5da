// Runs made again, and changed on the way: every kind of change, and those that are impossible.
#include "world/fork.hpp"

#include <optional>
#include <string>
#include <vector>

#include "base/prng.hpp"
#include "journal/comparison.hpp"
#include "journal/event_codec.hpp"
#include "journal/reducer.hpp"
#include "journal/session_lines.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/shipped_lesson.hpp"
#include "world/scenario_overrides.hpp"
#include "world/world.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;
using world::Change;
using world::World;

namespace {

// The nth event of that kind, from 1, for which `fits` holds.
template <class Payload, class Fits>
EventPosition find(const Journal& journal, int nth, Fits fits) {
  for (const Event& event : journal) {
    const auto* payload = payload_if<Payload>(event);
    if (payload != nullptr && fits(*payload) && --nth == 0) return event.position;
  }
  FAIL("there is no such event");
  return kNoEvent;
}

constexpr auto any = [](const auto&) { return true; };

auto is(Verb verb) {
  return [verb](const auto& command) { return command.verb == verb; };
}

NodeId machine(const Journal& journal, const std::string& name) {
  return view_at_end(journal).find_machine(name)->id;
}

// The fork, run to its end.
std::unique_ptr<World> fork_and_run(const Journal& parent, EventPosition position, Change change) {
  auto forked = world::fork(parent, position, std::move(change));
  if (!forked) UNSCOPED_INFO(forked.error().text());
  REQUIRE(forked.ok());
  REQUIRE((*forked)->run().ok());
  return std::move(*forked);
}

std::string impossible(const Journal& parent, EventPosition position, Change change) {
  auto forked = world::fork(parent, position, std::move(change));
  REQUIRE_FALSE(forked.ok());
  return forked.error().text();
}

// The lines that were said on a connection, "C: STAT", "S: +OK 2 100".
std::vector<std::string> said_on(const Journal& journal, ConnectionId connection) {
  std::vector<std::string> lines;
  for (const Session& session : sessions(journal)) {
    if (session.connection != connection) continue;
    for (const SessionLine& line : session.lines) {
      const std::string_view text = line.text.view();
      lines.push_back((line.from() == Side::Client ? "C: " : "S: ") +
                      std::string(text.substr(0, text.find('\r'))));
    }
  }
  return lines;
}

bool contains(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

// Exactly so many events are the same.
void check_shares(const Journal& parent, const Journal& branch, std::uint64_t events) {
  const Divergence parting = find_divergence(parent, branch);
  CHECK(parting.how == Parting::Differ);
  CHECK(parting.at == EventPosition{events});
}

// Made again from its own journal, a run is the same run.
void check_can_be_made_again(const Journal& journal) {
  auto again = world::remake(journal);
  REQUIRE(again.ok());
  REQUIRE((*again)->run().ok());
  CHECK((*again)->journal().fingerprint() == journal.fingerprint());
}

struct Delete {
  Delete() : world(test::shipped_lesson("delete-mode")) { world.run(); }
  World world;
  const Journal& journal = world.journal();
};

}  // namespace

TEST_CASE("A run that is made again has the same fingerprint", "[world][fork]") {
  for (const char* name : {"whole-journey", "delete-mode", "keep-mode"}) {
    World parent(test::shipped_lesson(name));
    parent.run();
    check_can_be_made_again(parent.journal());
  }
}

TEST_CASE("What was set before a run is made again with it", "[world][fork]") {
  world::Scenario scenario = test::shipped_lesson("delete-mode");
  scenario.seed = 99;
  world::override_mode(scenario, FetchMode::Keep);
  REQUIRE(world::replace_mail(scenario, Bytes("Subject: Lain\r\n\r\nLain\r\n")).ok());
  World parent(std::move(scenario));
  parent.run();
  check_can_be_made_again(parent.journal());
}

TEST_CASE("A run is made again without the mail files that its scenario names", "[world][fork]") {
  const std::string text = ScenarioLottery(1).text() +
                           "[[event]]\nat = \"1 s\"\ncompose = {device = \"laptop\", to = "
                           "\"budi@b.example\", eml = \"surat.eml\"}\n";
  int reads = 0;
  auto scenario = world::parse_scenario(text, "x.toml", [&](const std::string&) {
    ++reads;
    return Result<Bytes>(Bytes("Subject: Dari berkas\n\nHai\n"));
  });
  REQUIRE(scenario.ok());
  World parent(std::move(*scenario));
  parent.run();
  REQUIRE(reads == 1);
  check_can_be_made_again(parent.journal());
  CHECK(reads == 1);
}

TEST_CASE("A line that is cut after an event loses what was under way", "[world][fork]") {
  const Delete parent;
  const auto dele = find<CommandSent>(parent.journal, 4, is(pop3::Verb::Dele));
  const ConnectionId line = parent.journal[dele].connection;
  const auto branch = fork_and_run(parent.journal, dele, {{}, {}, LineCut{}});
  // The command's bytes leave in the same step, and never arrive.
  const Divergence parting = find_divergence(parent.journal, branch->journal());
  CHECK(parting.at.value() == dele.value() + 2);
  REQUIRE(payload_if<LineCut>(branch->journal()[parting.at]) != nullptr);
  CHECK(branch->journal()[parting.at].connection == line);
  CHECK(payload_if<BytesLost>(branch->journal()[EventPosition{parting.at.value() + 2}]) != nullptr);
  CHECK_FALSE(contains(said_on(branch->journal(), line), "C: QUIT"));
  check_can_be_made_again(branch->journal());
}

TEST_CASE("Pointing at the reply, the command that it answers is answered otherwise",
          "[world][fork]") {
  const Delete parent;
  const auto read = find<CommandReceived>(parent.journal, 4, is(pop3::Verb::Dele));
  const ConnectionId line = parent.journal[read].connection;
  const Change change{{}, {}, AnswerReplaced{0, 0, Bytes("-ERR [SYS/TEMP] the disk is asleep")}};
  std::string fingerprint;
  SECTION("at the command where the server reads it") {
    fingerprint = fork_and_run(parent.journal, read, change)->journal().fingerprint();
  }
  SECTION("at the command where the client sends it") {
    const auto sent = find<CommandSent>(parent.journal, 4, is(pop3::Verb::Dele));
    fingerprint = fork_and_run(parent.journal, sent, change)->journal().fingerprint();
  }
  SECTION("at the reply where the server sends it") {
    const auto reply = find<ReplySent>(
        parent.journal, 4, [](const ReplySent& sent) { return sent.to == Verb(pop3::Verb::Dele); });
    fingerprint = fork_and_run(parent.journal, reply, change)->journal().fingerprint();
  }
  SECTION("at the reply where the client reads it") {
    // The line is cut after the third: its reply never arrives.
    const auto reply = find<ReplyReceived>(parent.journal, 3, [](const ReplyReceived& received) {
      return received.to == Verb(pop3::Verb::Dele);
    });
    fingerprint = fork_and_run(parent.journal, reply, change)->journal().fingerprint();
  }
  const auto branch = fork_and_run(parent.journal, read, change);
  CHECK(branch->journal().fingerprint() == fingerprint);
  check_shares(parent.journal, branch->journal(), read.value() + 1);
  CHECK(contains(said_on(branch->journal(), line), "S: -ERR [SYS/TEMP] the disk is asleep"));
  // It was not marked, so QUIT left it there.
  const NodeId server = branch->journal()[read].node;
  CHECK(view_at_end(parent.journal).maildrop(server, Bytes("budi"))->letters.empty());
  CHECK(view_at_end(branch->journal()).maildrop(server, Bytes("budi"))->letters.size() == 1);
  check_can_be_made_again(branch->journal());
}

TEST_CASE("Every command of SMTP can be answered otherwise", "[world][fork]") {
  World parent(test::shipped_lesson("whole-journey"));
  parent.run();
  int answered = 0;
  for (const Event& event : parent.journal()) {
    const bool content = payload_if<ContentReceived>(event) != nullptr;
    const auto* command = payload_if<CommandReceived>(event);
    if (!content && (command == nullptr || protocol_of(command->verb) != Protocol::Smtp)) continue;
    INFO("event " << event.position.value());
    const auto branch = fork_and_run(parent.journal(), event.position,
                                     {{}, {}, AnswerReplaced{0, 0, Bytes("451 4.3.0 Not now")}});
    check_shares(parent.journal(), branch->journal(), event.position.value() + 1);
    REQUIRE(contains(said_on(branch->journal(), event.connection),
                     command != nullptr && command->verb == Verb(smtp::Verb::Ehlo)
                         ? "S: 451 Not now"
                         : "S: 451 4.3.0 Not now"));
    check_can_be_made_again(branch->journal());
    ++answered;
  }
  CHECK(answered >= 12);
}

TEST_CASE("A command that a person types takes the place of the client's", "[world][fork][typed]") {
  const Delete parent;
  const auto dele = find<CommandSent>(parent.journal, 4, is(pop3::Verb::Dele));
  const ConnectionId line = parent.journal[dele].connection;
  const auto type = [&](const char* typed) {
    return fork_and_run(parent.journal, dele, {{}, {}, CommandTyped{0, 0, Bytes(typed)}});
  };
  SECTION("another command: the letter stays, and the poll goes on") {
    const auto branch = type("NOOP");
    check_shares(parent.journal, branch->journal(), dele.value());
    const auto lines = said_on(branch->journal(), line);
    CHECK(contains(lines, "C: NOOP"));
    CHECK(contains(lines, "C: QUIT"));
    CHECK_FALSE(contains(lines, "C: DELE 1"));
    CHECK(contains(lines, "C: DELE 2"));
    check_can_be_made_again(branch->journal());
  }
  SECTION("QUIT: the session ends there, and what was marked is deleted") {
    const auto branch = type("QUIT");
    const auto lines = said_on(branch->journal(), line);
    CHECK(lines.back().starts_with("S: +OK"));
    check_can_be_made_again(branch->journal());
  }
  SECTION("what is no command") {
    const auto branch = type("hapus saja");
    const auto lines = said_on(branch->journal(), line);
    CHECK(contains(lines, "C: hapus saja"));
    CHECK(contains(lines, "S: -ERR unknown command"));
    CHECK(contains(lines, "C: QUIT"));
    check_can_be_made_again(branch->journal());
  }
}

TEST_CASE("What a person typed can be typed otherwise", "[world][fork][typed]") {
  const Delete parent;
  const auto dele = find<CommandSent>(parent.journal, 4, is(pop3::Verb::Dele));
  const Change rset{{}, parent.journal[dele].connection, CommandTyped{0, 0, Bytes("RSET")}};
  const auto direct = fork_and_run(parent.journal, dele, rset);
  const auto noop = fork_and_run(parent.journal, dele, {{}, {}, CommandTyped{0, 0, Bytes("NOOP")}});
  const EventPosition typed = dele;
  const EventPosition sent{dele.value() + 1};
  REQUIRE(payload_if<CommandTyped>(noop->journal()[typed]) != nullptr);
  REQUIRE(payload_if<CommandSent>(noop->journal()[sent]) != nullptr);
  for (const EventPosition at : {EventPosition{dele.value() - 3}, typed, sent}) {
    INFO(at.value());
    const auto otherwise = fork_and_run(noop->journal(), at, rset);
    CHECK(otherwise->journal().fingerprint() == direct->journal().fingerprint());
  }
}

TEST_CASE("Whatever is typed in the place of any command, the client copes",
          "[world][fork][typed]") {
  for (const char* name : {"whole-journey", "keep-mode"}) {
    World parent(test::shipped_lesson(name));
    parent.run();
    int typed = 0;
    for (const Event& event : parent.journal()) {
      const auto* command = payload_if<CommandSent>(event);
      if (command == nullptr || (std::string(name) == "keep-mode" && typed > 40)) continue;
      static const std::vector<std::string> kSmtp{
          "NOOP", "RSET", "QUIT", "EHLO tangan", "RCPT TO:<dewi@kantor.example>", "??"};
      static const std::vector<std::string> kPop3{"NOOP", "RSET", "QUIT",   "LIST 1",
                                                  "STAT", "UIDL", "RETR 1", "PASS salah"};
      const auto& lines = protocol_of(command->verb) == Protocol::Smtp ? kSmtp : kPop3;
      const std::string& line = lines[static_cast<std::size_t>(typed++) % lines.size()];
      INFO(name << ", event " << event.position.value() << ": " << line);
      const auto branch =
          fork_and_run(parent.journal(), event.position, {{}, {}, CommandTyped{0, 0, Bytes(line)}});
      const Journal& journal = branch->journal();
      REQUIRE(payload_if<CommandTyped>(journal[event.position]) != nullptr);
      const Divergence parting = find_divergence(parent.journal(), journal);
      REQUIRE(parting.at == event.position);
      REQUIRE(view_at_end(journal).connections.empty());
    }
    CHECK(typed > 15);
  }
}

TEST_CASE("DATA is only typed where the client would send it", "[world][fork][typed]") {
  World parent(test::shipped_lesson("whole-journey"));
  parent.run();
  const auto rcpt = find<CommandSent>(parent.journal(), 1, is(smtp::Verb::Rcpt));
  const auto data = find<CommandSent>(parent.journal(), 1, is(smtp::Verb::Data));
  const Change change{{}, {}, CommandTyped{0, 0, Bytes("data")}};
  CHECK_THAT(impossible(parent.journal(), rcpt, change), ContainsSubstring("begins the content"));
  const auto branch = fork_and_run(parent.journal(), data, change);
  CHECK(view_at_end(branch->journal()).letters.size() == 1);
  check_shares(parent.journal(), branch->journal(), data.value());
}

TEST_CASE("What persons do at a device can be done at any event", "[world][fork]") {
  World parent(test::shipped_lesson("keep-mode"));
  parent.run();
  const Journal& journal = parent.journal();
  const EventPosition middle{journal.size() / 2};
  const NodeId phone = machine(journal, "hp-budi");
  std::unique_ptr<World> branch;
  SECTION("another mode") {
    branch = fork_and_run(journal, EventPosition{60},
                          {phone, {}, ModeChosen{0, {}, FetchMode::Delete, 0}});
    CHECK(view_at_end(branch->journal()).machine(phone)->accounts.begin()->value->mode ==
          FetchMode::Delete);
  }
  SECTION("a poll") {
    branch = fork_and_run(journal, EventPosition{journal.size() - 1}, {phone, {}, PollWanted{}});
    CHECK(find_divergence(journal, branch->journal()).how == Parting::LeftEnded);
  }
  SECTION("a letter read and thrown away") {
    const EventPosition last{journal.size() - 1};
    branch = fork_and_run(journal, last, {phone, {}, LetterThrownAway{0, DeviceLetterId{1}}});
    CHECK(view_at_end(branch->journal()).machine(phone)->letters.size() + 1 ==
          view_at_end(journal).machine(phone)->letters.size());
  }
  SECTION("a mail more") {
    const NodeId laptop = journal[find<MailComposed>(journal, 1, any)].node;
    branch = fork_and_run(
        journal, middle,
        {laptop,
         {},
         MailWritten{0, {Bytes("budi@kantor.example")}, Bytes("Satu lagi"), Bytes("Hai"), {}}});
    // It fills the maildrop, so there may be a bounce besides.
    CHECK(view_at_end(branch->journal()).letters.size() > view_at_end(journal).letters.size());
  }
  SECTION("another content for the lesson's next mail") {
    branch = fork_and_run(journal, EventPosition{8},
                          {{}, {}, NextMailReplaced{0, Bytes("Subject: Lain\r\n\r\nLain\r\n")}});
    CHECK_THAT(std::string(view_at_end(branch->journal()).letters.begin()->value->content.view()),
               ContainsSubstring("Subject: Lain"));
  }
  SECTION("another seed") {
    branch = fork_and_run(journal, EventPosition{8}, {{}, {}, SeedChanged{0, 4'711}});
  }
  SECTION("a fault") {
    branch = fork_and_run(journal, middle,
                          {machine(journal, "mx.kantor.example"),
                           {},
                           NetworkDisturbed{0, Fault::Unreachable, {}, {}, 0, 0, minutes(5)}});
  }
  REQUIRE(branch);
  CHECK(branch->journal().fingerprint() != journal.fingerprint());
  check_can_be_made_again(branch->journal());
}

TEST_CASE("What is impossible is an error, and says why", "[world][fork]") {
  const Delete parent;
  const Journal& journal = parent.journal;
  const EventPosition last{journal.size() - 1};
  const EventPosition first{0};
  const NodeId phone = journal[find<PollStarted>(journal, 1, any)].node;
  CHECK_THAT(impossible(journal, EventPosition{journal.size()}, {{}, {}, LineCut{}}),
             ContainsSubstring("there is no event"));
  CHECK_THAT(impossible(journal, last, {{}, ConnectionId{1}, LineCut{}}),
             ContainsSubstring("is over"));
  CHECK_THAT(impossible(journal, first, {{}, {}, AnswerReplaced{0, 0, Bytes("-ERR x")}}),
             ContainsSubstring("no command"));
  CHECK_THAT(impossible(journal, last, {{}, ConnectionId{1}, CommandTyped{0, 0, Bytes("NOOP")}}),
             ContainsSubstring("no client sends"));
  const auto dele = find<CommandSent>(journal, 4, is(pop3::Verb::Dele));
  CHECK_THAT(impossible(journal, dele, {{}, {}, AnswerReplaced{0, 0, Bytes("+OK")}}),
             ContainsSubstring("no refusal"));
  CHECK_THAT(impossible(journal, dele, {{}, {}, AnswerReplaced{0, 0, Bytes("451 x")}}),
             ContainsSubstring("no refusal"));
  CHECK_THAT(impossible(journal, dele, {{}, {}, CommandTyped{0, 0, Bytes("NOOP\r\nNOOP")}}),
             ContainsSubstring("not one line"));
  CHECK_THAT(impossible(journal, first, {phone, {}, LetterOpened{0, DeviceLetterId{1}}}),
             ContainsSubstring("no such letter"));
  CHECK_THAT(impossible(journal, last, {{}, {}, NextMailReplaced{0, Bytes("x\r\n")}}),
             ContainsSubstring("composes no mail"));
  CHECK_THAT(impossible(journal, last, {phone, {}, PollWanted{0, Bytes("siapa@x")}}),
             ContainsSubstring("no such account"));
  CHECK_THAT(impossible(journal, last,
                        {phone, {}, NetworkDisturbed{0, Fault::Refuse, phone, {}, 0, 0, {}}}),
             ContainsSubstring("two different"));
  CHECK_THAT(impossible(Journal{}, first, {{}, {}, LineCut{}}), ContainsSubstring("no event"));
}

TEST_CASE("A fork of a fork keeps what was done before it", "[world][fork]") {
  const Delete parent;
  const auto dele = find<CommandSent>(parent.journal, 4, is(pop3::Verb::Dele));
  const auto one = fork_and_run(parent.journal, dele, {{}, {}, CommandTyped{0, 0, Bytes("NOOP")}});
  const auto next = find<CommandReceived>(one->journal(), 4, is(pop3::Verb::Dele));
  REQUIRE(next > dele);
  const auto two =
      fork_and_run(one->journal(), next, {{}, {}, AnswerReplaced{0, 0, Bytes("-ERR no")}});
  check_shares(one->journal(), two->journal(), next.value() + 1);
  const auto three =
      fork_and_run(two->journal(), EventPosition{next.value() + 4}, {{}, {}, LineCut{}});
  CHECK(find_divergence(two->journal(), three->journal()).at.value() > next.value() + 4);
  check_can_be_made_again(two->journal());
  check_can_be_made_again(three->journal());
}

TEST_CASE("In runs drawn by lot a fork shares every event before its place, and can be made again",
          "[world][fork][random]") {
  int forks = 0;
  for (std::uint64_t seed = 300; seed < 300U + cases(30); ++seed) {
    World parent(random_scenario(seed));
    parent.run();
    const Journal& journal = parent.journal();
    check_can_be_made_again(journal);
    Prng prng(seed);
    for (int i = 0; i < 4; ++i) {
      const EventPosition at{prng.below(journal.size())};
      const NodeId node{static_cast<std::uint32_t>(1 + prng.below(5))};
      const std::vector<world::Input> inputs{
          LineCut{},
          NetworkDisturbed{0, Fault::Stall, {}, {}, 0, 0, minutes(1)},
          AnswerReplaced{0, 0, Bytes("-ERR no")},
          AnswerReplaced{0, 0, Bytes("451 no")},
          CommandTyped{0, 0, Bytes("RSET")},
          SeedChanged{0, seed},
          PollWanted{}};
      const world::Input input = inputs[prng.below(inputs.size())];
      const bool here = std::holds_alternative<NetworkDisturbed>(input) ||
                        std::holds_alternative<PollWanted>(input);
      INFO("seed " << seed << " event " << at.value() << " input " << input.index());
      auto branch = world::fork(journal, at, {here ? node : kNoNode, {}, input});
      if (!branch) continue;  // not everything is possible everywhere
      REQUIRE((*branch)->run().ok());
      const Divergence parting = find_divergence(journal, (*branch)->journal());
      REQUIRE(parting.how != Parting::Never);
      const bool may_be_before = std::holds_alternative<AnswerReplaced>(input);
      if (!may_be_before) REQUIRE(parting.at >= at);
      check_can_be_made_again((*branch)->journal());
      ++forks;
    }
  }
  CHECK(forks > cases(30));
}

TEST_CASE("A run with too many events is stopped, and says so", "[world]") {
  World world(test::shipped_lesson("keep-mode"), 200);
  const Done whole = world.run();
  REQUIRE_FALSE(whole.ok());
  CHECK_THAT(whole.error().text(), ContainsSubstring("more than 200 events"));
  CHECK(world.journal().size() < 300);
  CHECK_FALSE(world.step());
}
