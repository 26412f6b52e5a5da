// Server and client against each other, over a line that cuts anywhere.
#include "pop3/apop.hpp"
#include "pop3/client_session.hpp"
#include "tests/pop3/host.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using namespace mailwalk::pop3;
using namespace mailwalk::pop3::test;

namespace {

// Carries what both say, in random pieces, until neither has more to say.
class Line {
 public:
  Line(Host& host, ClientConfig config, std::uint64_t seed)
      : host_(host), client_(config), prng_(seed) {
    client_.start(host_.now);
    to_client(host_.greeting());
  }

  std::vector<ReplyReceived> run(const std::vector<Command>& commands) {
    replies_.clear();
    for (const Command& command : commands) client_.send(command, host_.now);
    for (std::string out = take(); !out.empty(); out = take()) {
      for (const std::string_view piece : mailwalk::test::random_segments(out, prng_)) {
        to_client(host_.say(piece));
      }
    }
    return replies_;
  }

  ClientSession& client() { return client_; }
  [[nodiscard]] const std::optional<std::string>& stamp() const { return stamp_; }
  [[nodiscard]] std::optional<EndReason> ended() const { return ended_; }

 private:
  std::string take() {
    while (auto event = client_.next_event()) {
      if (auto* greeting = std::get_if<Greeting>(&*event)) stamp_ = greeting->stamp;
      if (auto* reply = std::get_if<ReplyReceived>(&*event)) replies_.push_back(std::move(*reply));
      if (const auto* end = std::get_if<Ended>(&*event)) ended_ = end->why;
    }
    return client_.take_output();
  }

  void to_client(std::string_view bytes) {
    for (const std::string_view piece : mailwalk::test::random_segments(bytes, prng_)) {
      client_.receive(piece, host_.now);
    }
    std::string more = take();
    if (!more.empty()) to_client(host_.say(more));
  }

  Host& host_;
  ClientSession client_;
  Prng prng_;
  std::vector<ReplyReceived> replies_;
  std::optional<std::string> stamp_;
  std::optional<EndReason> ended_;
};

std::vector<MaildropMessage> random_mailbox(Prng& prng) {
  std::vector<MaildropMessage> messages;
  const std::size_t count = static_cast<std::size_t>(prng.below(6));
  for (std::size_t i = 0; i < count; ++i) {
    const auto size = static_cast<std::size_t>(prng.below(300));
    messages.push_back(
        message("uid" + std::to_string(i), mailwalk::test::random_bytes(prng, size)));
  }
  return messages;
}

std::string completed(const Bytes& content) {
  std::string text(content.view());
  const bool complete = text.empty() || (text.size() > 1 && text.substr(text.size() - 2) == "\r\n");
  return complete ? text : text + "\r\n";
}

}  // namespace

TEST_CASE("A client gets from the server exactly what lies there, however the line cuts",
          "[pop3][pair][P14][P15][P16][P33]") {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    INFO("seed " << seed);
    Prng prng(seed);
    const std::vector<MaildropMessage> messages = random_mailbox(prng);
    Host host(messages);
    ClientConfig config;
    config.pipelining = prng.chance(500) ? Pipelining::IfOffered : Pipelining::Never;
    Line line(host, config, seed);
    REQUIRE(line.stamp());

    const Command login = Command::apop("bob", apop_digest(*line.stamp(), kPassword).value());
    std::vector<Command> commands{Command::capa(), login, Command::stat(), Command::list(),
                                  Command::uidl()};
    for (std::uint32_t n = 1; n <= messages.size(); ++n) {
      commands.push_back(Command::retr(MessageNumber{n}));
      if (n % 2 == 0) commands.push_back(Command::dele(MessageNumber{n}));
    }
    commands.push_back(Command::quit());
    const auto replies = line.run(commands);

    REQUIRE(replies.size() == commands.size());
    for (const ReplyReceived& reply : replies) REQUIRE(reply.reply.is_ok());
    REQUIRE(line.ended() == EndReason::Quit);
    REQUIRE(host.ended() == EndReason::Quit);
    const auto stat = std::get<DropListing>(replies[2].value);
    const auto scan = std::get<std::vector<ScanListing>>(replies[3].value);
    const auto ids = std::get<std::vector<UniqueIdListing>>(replies[4].value);
    REQUIRE(stat.messages == messages.size());
    REQUIRE(ids.size() == messages.size());
    std::uint64_t sum = 0;
    for (const ReplyReceived& reply : replies) {
      if (reply.to != Verb::Retr) continue;
      const std::size_t place = reply.number->value() - 1;
      const Bytes got = std::get<Bytes>(reply.value);
      REQUIRE(got == completed(messages[place].content));
      REQUIRE(scan[place].octets == got.size());
      REQUIRE(ids[place].uid == messages[place].uid);
      sum += got.size();
    }
    REQUIRE(stat.octets == sum);
    REQUIRE(host.uids().size() == (messages.size() + 1) / 2);
  }
}

TEST_CASE("Client and server agree on the state after each reply", "[pop3][pair]") {
  Host host(three_messages());
  Line line(host, {}, 3);
  const std::vector<Command> commands{Command::stat(),
                                      Command::user("bob"),
                                      Command::pass("wrong"),
                                      Command::user("bob"),
                                      Command::pass(std::string(kPassword)),
                                      Command::user("bob"),
                                      Command::retr(MessageNumber{9}),
                                      Command::dele(MessageNumber{1}),
                                      Command::rset(),
                                      Command::quit()};
  for (const Command& command : commands) {
    INFO(command.line());
    CHECK(line.run({command}).size() == 1);
    CHECK(line.client().state() == host.session().state());
  }
  CHECK(host.uids().size() == 3);
}
