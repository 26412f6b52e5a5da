#include <fmt/format.h>

#include "tests/pop3/host.hpp"
#include "tests/support/catch.hpp"
#include "wire/dot_codec.hpp"

using namespace mailwalk;
using namespace mailwalk::pop3;
using namespace mailwalk::pop3::test;

namespace {

Host logged_in(std::vector<MaildropMessage> messages = three_messages()) {
  Host host(std::move(messages));
  host.log_in();
  REQUIRE(host.session().state() == State::Transaction);
  return host;
}

// What a client keeps of a multi-line reply.
std::string unstuffed(std::string_view reply) {
  wire::DotDecoder decoder({20'000'000, 20'000'000});
  const std::string_view content = after_first_line(reply);
  CHECK(decoder.feed(content) == content.size());
  CHECK(decoder.done());
  return decoder.take();
}

}  // namespace

TEST_CASE("A POP3 dialogue is, octet for octet, what RFC 1939 asks for",
          "[pop3][server][P12][P13][P15][P16][P25][P26][P28]") {
  Host host = logged_in();
  struct Row {
    std::string line;
    std::string first_line;  // its beginning, where the text behind is for people
    std::string rest;
  };
  const std::vector<Row> rows{
      {"STAT", "+OK 3 134\r\n", ""},
      {"LIST", "+OK", "1 57\r\n2 42\r\n3 35\r\n.\r\n"},
      {"LIST 2", "+OK 2 42\r\n", ""},
      {"UIDL", "+OK", "1 aa\r\n2 bb\r\n3 cc\r\n.\r\n"},
      {"UIDL 3", "+OK 3 cc\r\n", ""},
      {"RETR 1", "+OK",
       "From: a@a.test\r\nSubject: one\r\n\r\nfirst\r\nsecond\r\n\r\nfourth\r\n.\r\n"},
      {"RETR 2", "+OK", "Subject: dots\r\n\r\n..\r\n...\r\n..leading\r\nnormal\r\n.\r\n"},
      {"RETR 3", "+OK", "Subject: cut short\r\n\r\nno line end\r\n.\r\n"},
      {"TOP 1 0", "+OK", "From: a@a.test\r\nSubject: one\r\n\r\n.\r\n"},
      {"TOP 1 2", "+OK", "From: a@a.test\r\nSubject: one\r\n\r\nfirst\r\nsecond\r\n.\r\n"},
      {"TOP 2 3", "+OK", "Subject: dots\r\n\r\n..\r\n...\r\n..leading\r\n.\r\n"},
      {"TOP 3 99999999", "+OK", "Subject: cut short\r\n\r\nno line end\r\n.\r\n"},
      {"NOOP", "+OK", ""},
      {"sTaT", "+OK 3 134\r\n", ""},
      {"lIsT 3", "+OK 3 35\r\n", ""},
  };
  for (const Row& row : rows) {
    INFO(row.line);
    const std::string reply = host.command(row.line);
    CHECK(reply.substr(0, row.first_line.size()) == row.first_line);
    CHECK(after_first_line(reply) == row.rest);
  }
}

TEST_CASE("LIST's sizes are the octets that RETR brings, and their sum is STAT's",
          "[pop3][server][P12][P14]") {
  const std::vector<std::string> contents{"",
                                          "x",
                                          ".",
                                          ".\r\n",
                                          "..\r\n.\r\n",
                                          "a\r\n\r\n",
                                          "a: b\r\n\r\nx\ny\r\n",
                                          "a\r",
                                          "\r\n",
                                          std::string("\0\xFF\r\n", 4),
                                          std::string(5'000, '.')};
  std::vector<MaildropMessage> messages;
  for (const std::string& content : contents) {
    messages.push_back(message("u" + std::to_string(messages.size()), content));
  }
  Host host = logged_in(std::move(messages));
  std::uint64_t sum = 0;
  for (std::uint32_t n = 1; n <= contents.size(); ++n) {
    const std::string number = std::to_string(n);
    const std::size_t received = unstuffed(host.command("RETR " + number)).size();
    INFO("message " << n);
    CHECK(host.command("LIST " + number) ==
          "+OK " + number + " " + std::to_string(received) + "\r\n");
    sum += received;
  }
  CHECK(host.command("STAT") ==
        "+OK " + std::to_string(contents.size()) + " " + std::to_string(sum) + "\r\n");
}

TEST_CASE("Wrong numbers and surplus or missing arguments are refused, and the session goes on",
          "[pop3][server][P17][P18][P19][P36]") {
  Host host = logged_in();
  for (const char* verb : {"RETR", "DELE", "LIST", "UIDL"}) {
    for (const char* argument : {"0", "4", "99", "-1", "x", "1x", "4294967297", "1 2"}) {
      const std::string line = std::string(verb) + " " + argument;
      INFO(line);
      CHECK(is_err(host.command(line)));
    }
  }
  for (const char* line :
       {"RETR",    "DELE",    "TOP",       "TOP 1",  "TOP 0 1", "TOP 99 1", "TOP 1 -1",
        "TOP 1 x", "TOP x 1", "TOP 1 2 3", "STAT 1", "NOOP x",  "RSET x",   "QUIT x",
        "CAPA x",  "LAST",    "XTND",      "HELP",   "BOGUS",   "",         "   "}) {
    INFO("\"" << line << "\"");
    CHECK(is_err(host.command(line)));
  }
  CHECK(host.command("STAT") == "+OK 3 134\r\n");
}

TEST_CASE("A deleted message is refused everywhere, skipped in listings, and moves no number",
          "[pop3][server][P20][P21]") {
  Host host = logged_in();
  CHECK(is_ok(host.command("DELE 2")));
  for (const char* line : {"DELE 2", "RETR 2", "LIST 2", "UIDL 2", "TOP 2 0"}) {
    INFO(line);
    CHECK(is_err(host.command(line)));
  }
  CHECK(host.command("STAT") == "+OK 2 92\r\n");
  CHECK(after_first_line(host.command("LIST")) == "1 57\r\n3 35\r\n.\r\n");
  CHECK(after_first_line(host.command("UIDL")) == "1 aa\r\n3 cc\r\n.\r\n");
  CHECK(host.command("UIDL 3") == "+OK 3 cc\r\n");
  CHECK(host.uids() == std::vector<std::string>{"aa", "bb", "cc"});

  const auto marked = host.events<Marked>();
  REQUIRE(marked.size() == 1);
  CHECK(marked[0].number == MessageNumber{2});
  CHECK(marked[0].uid == "bb");
}

TEST_CASE("RSET takes all marks away", "[pop3][server][P22]") {
  Host host = logged_in();
  CHECK(is_ok(host.command("RSET")));
  CHECK(host.events<Unmarked>().empty());
  host.command("DELE 3");
  host.command("DELE 1");
  CHECK(is_ok(host.command("RSET")));
  CHECK(host.command("STAT") == "+OK 3 134\r\n");
  const auto unmarked = host.events<Unmarked>();
  REQUIRE(unmarked.size() == 1);
  CHECK(unmarked[0].uids == std::vector<std::string>{"aa", "cc"});
  CHECK(unmarked[0].why == UnmarkReason::Rset);
  CHECK(is_ok(host.command("QUIT")));
  CHECK(host.uids().size() == 3);
}

TEST_CASE("QUIT removes what is marked; the next session counts anew, UIDs stay",
          "[pop3][server][P23]") {
  Host host = logged_in();
  host.command("DELE 1");
  CHECK(is_ok(host.command("QUIT")));
  CHECK(host.session().wants_close());
  CHECK(host.ended() == EndReason::Quit);
  CHECK(host.uids() == std::vector<std::string>{"bb", "cc"});

  host.connect();
  host.log_in();
  CHECK(after_first_line(host.command("UIDL")) == "1 bb\r\n2 cc\r\n.\r\n");
}

TEST_CASE("QUIT says -ERR and ends the session if not all could be removed",
          "[pop3][server][P23]") {
  Host host = logged_in();
  host.mailbox.update_result = UpdateResult::SomeNotRemoved;
  host.command("DELE 1");
  CHECK(host.command("QUIT") == "-ERR some deleted messages not removed\r\n");
  CHECK(host.session().wants_close());
}

TEST_CASE("The states of a whole session are told in order", "[pop3][server]") {
  Host host = logged_in();
  host.command("QUIT");
  std::vector<State> states{State::Connected};
  for (const StateChanged& change : host.events<StateChanged>()) {
    CHECK(change.from == states.back());
    states.push_back(change.to);
  }
  CHECK(states == std::vector<State>{State::Connected, State::Authorization, State::Transaction,
                                     State::Update, State::Closed});
  CHECK(host.events<UpdateAsked>().size() == 1);
  CHECK(std::holds_alternative<Ended>(host.all_events().back()));
}

TEST_CASE("A message that arrives during a session is seen by the next one only",
          "[pop3][server][P31]") {
  Host host = logged_in();
  host.mailbox.messages.push_back(message("dd", "new\r\n"));
  CHECK(host.command("STAT") == "+OK 3 134\r\n");
  CHECK(is_err(host.command("RETR 4")));
  host.command("DELE 1");
  host.command("QUIT");
  CHECK(host.uids() == std::vector<std::string>{"bb", "cc", "dd"});
  host.connect();
  host.log_in();
  CHECK(host.command("UIDL 3") == "+OK 3 dd\r\n");
}

TEST_CASE("An empty maildrop has empty listings", "[pop3][server][P32]") {
  Host host = logged_in({});
  CHECK(host.command("STAT") == "+OK 0 0\r\n");
  CHECK(after_first_line(host.command("LIST")) == ".\r\n");
  CHECK(after_first_line(host.command("UIDL")) == ".\r\n");
  CHECK(is_err(host.command("LIST 1")));
  CHECK(is_err(host.command("RETR 1")));
  CHECK(is_ok(host.command("QUIT")));
}

TEST_CASE("Messages with the same content are told apart", "[pop3][server][P27]") {
  Host host = logged_in({message("aa", "same\r\n"), message("ab", "same\r\n")});
  CHECK(after_first_line(host.command("UIDL")) == "1 aa\r\n2 ab\r\n.\r\n");
}

TEST_CASE("RETR and TOP say how much of a message the client got", "[pop3][server]") {
  Host host = logged_in();
  host.command("RETR 1");
  host.command("TOP 1 1");
  host.command("TOP 1 99999999");
  host.command("RETR 9");
  const auto retrieved = host.events<Retrieved>();
  REQUIRE(retrieved.size() == 3);
  CHECK(retrieved[0].extent == Extent::Whole);
  CHECK_FALSE(retrieved[0].top_lines);
  CHECK(retrieved[1].extent == Extent::Part);
  CHECK(retrieved[1].top_lines == 1u);
  CHECK(retrieved[2].extent == Extent::Whole);
  CHECK(retrieved[2].uid == "aa");
}

TEST_CASE("Replies tell how many octets they were", "[pop3][server]") {
  Host host = logged_in();
  const std::string reply = host.command("RETR 2");
  const auto sent = host.events<ReplySent>();
  REQUIRE_FALSE(sent.empty());
  CHECK(sent.front().to == std::nullopt);
  CHECK(sent.back().to == Verb::Retr);
  CHECK(sent.back().octets == reply.size());
  CHECK(sent.back().reply.content == three_messages()[1].content);
}

TEST_CASE("Ten thousand messages and one of 10 MB are served", "[pop3][server][big]") {
  std::vector<MaildropMessage> messages;
  for (int i = 1; i < 10'000; ++i) {
    messages.push_back(message(fmt::format("u{}", i), "Subject: x\r\n\r\nbody\r\n"));
  }
  std::string large = "Subject: large\r\n\r\n";
  while (large.size() < 10'000'000)
    large += ".seventy octets or so on each of the many lines of this message\r\n";
  messages.push_back(message("large", large));
  Host host = logged_in(std::move(messages));

  const std::string list = host.command("LIST");
  CHECK(std::count(list.begin(), list.end(), '\n') == 10'002);
  CHECK(unstuffed(host.command("RETR 10000")) == large);
  std::string deletes;
  for (int i = 1; i <= 10'000; ++i) deletes += fmt::format("DELE {}\r\n", i);
  CHECK(is_ok(host.say(deletes)));
  CHECK(host.command("STAT") == "+OK 0 0\r\n");
  CHECK(is_ok(host.command("QUIT")));
  CHECK(host.mailbox.messages.empty());
}
