// Server and client against each other, over a line that cuts anywhere and may break.
#include "tests/support/session_pair.hpp"

#include "pop3/apop.hpp"
#include "pop3/client_session.hpp"
#include "tests/pop3/host.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using namespace mailwalk::pop3;
using namespace mailwalk::pop3::test;

namespace {

using Pair = mailwalk::test::SessionPair<ClientSession, ServerSession>;

// One connection of a client that logs in by APOP and then sends these commands.
struct Connection {
  Connection(Mailbox& mailbox, ClientConfig config, const std::vector<Command>& commands,
             Pair::Options options)
      : server(server_config()), client(config) {
    Pair pair(client, server, options);
    const auto on_client_event = [&](const ClientEvent& event) {
      if (const auto* greeting = std::get_if<Greeting>(&event)) {
        client.send(Command::capa(), pair.now());
        const std::string digest = apop_digest(greeting->stamp.value(), kPassword).value();
        client.send(Command::apop(std::string(kUser), digest), pair.now());
        for (const Command& command : commands) client.send(command, pair.now());
      }
      if (const auto* reply = std::get_if<ReplyReceived>(&event)) replies.push_back(*reply);
      if (const auto* ended = std::get_if<Ended>(&event)) client_ended = ended->why;
    };
    const auto on_server_event = [&](const ServerEvent& event) {
      mailbox.respond(server, event);
      if (const auto* ended = std::get_if<Ended>(&event)) server_ended = ended->why;
    };
    pair.run(on_client_event, on_server_event);
    octets = pair.said_by_client().size() + pair.said_by_server().size();
  }

  ServerSession server;
  ClientSession client;
  std::vector<ReplyReceived> replies;  // to CAPA and APOP too
  std::optional<EndReason> client_ended;
  std::optional<EndReason> server_ended;
  std::size_t octets = 0;  // that arrived, both ways
};

std::vector<MaildropMessage> random_messages(Prng& prng) {
  std::vector<MaildropMessage> messages;
  const auto count = static_cast<std::size_t>(prng.below(6));
  for (std::size_t i = 0; i < count; ++i) {
    const auto size = static_cast<std::size_t>(prng.below(300));
    messages.push_back(
        message("uid" + std::to_string(i), mailwalk::test::random_bytes(prng, size)));
  }
  return messages;
}

std::string with_line_end(const Bytes& content) {
  std::string text(content.view());
  const bool complete = text.empty() || (text.size() > 1 && text.substr(text.size() - 2) == "\r\n");
  return complete ? text : text + "\r\n";
}

ClientConfig pipelining(Pipelining wish) {
  ClientConfig config;
  config.pipelining = wish;
  return config;
}

}  // namespace

TEST_CASE("A client gets from the server exactly what lies there, however the line cuts",
          "[pop3][pair][P14][P15][P16][P33]") {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    INFO("seed " << seed);
    Prng prng(seed);
    Mailbox mailbox{random_messages(prng)};
    const std::vector<MaildropMessage> messages = mailbox.messages;
    std::vector<Command> commands{Command::stat(), Command::list(), Command::uidl()};
    for (std::uint32_t n = 1; n <= messages.size(); ++n) {
      commands.push_back(Command::retr(MessageNumber{n}));
      if (n % 2 == 0) commands.push_back(Command::dele(MessageNumber{n}));
    }
    commands.push_back(Command::quit());
    const auto wish = prng.chance(500) ? Pipelining::IfOffered : Pipelining::Never;
    const Connection connection(mailbox, pipelining(wish), commands, {seed, 40, std::nullopt});

    const std::vector<ReplyReceived>& replies = connection.replies;
    REQUIRE(replies.size() == commands.size() + 2);
    for (const ReplyReceived& reply : replies) REQUIRE(reply.reply.is_ok());
    REQUIRE(connection.client_ended == EndReason::Quit);
    REQUIRE(connection.server_ended == EndReason::Quit);
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
      REQUIRE(got == with_line_end(messages[place].content));
      REQUIRE(scan[place].octets == got.size());
      REQUIRE(ids[place].uid == messages[place].uid);
      sum += got.size();
    }
    REQUIRE(stat.octets == sum);
    REQUIRE(mailbox.messages.size() == (messages.size() + 1) / 2);
  }
}

TEST_CASE(
    "Wherever the line breaks, letters that a client saw deleted are deleted, and none is "
    "lost that it had not marked",
    "[pop3][pair][P24]") {
  const std::vector<Command> commands{
      Command::retr(MessageNumber{1}), Command::dele(MessageNumber{1}),
      Command::retr(MessageNumber{2}), Command::dele(MessageNumber{2}), Command::quit()};
  Mailbox undisturbed{three_messages()};
  const std::size_t octets = Connection(undisturbed, {}, commands, {}).octets;
  REQUIRE(undisturbed.uids() == std::vector<std::string>{"cc"});

  for (const Pipelining wish : {Pipelining::Never, Pipelining::IfOffered}) {
    for (std::size_t cut = 0; cut <= octets; ++cut) {
      INFO("broken after " << cut << " octets");
      Mailbox mailbox{three_messages()};
      const Connection connection(mailbox, pipelining(wish), commands, {cut, 16, cut});
      const bool deleted = mailbox.uids() == std::vector<std::string>{"cc"};
      REQUIRE((deleted || mailbox.uids().size() == 3));
      REQUIRE(deleted == (connection.server_ended == EndReason::Quit));
      if (connection.client_ended == EndReason::Quit) REQUIRE(deleted);
      REQUIRE(connection.server.wants_close());
      REQUIRE(connection.client.wants_close());
    }
  }
}

TEST_CASE("A whole session leaves client and server in agreement, also about what was refused",
          "[pop3][pair]") {
  Mailbox mailbox{three_messages()};
  const std::vector<Command> commands{Command::user("bob"),
                                      Command::retr(MessageNumber{9}),
                                      Command::dele(MessageNumber{1}),
                                      Command::dele(MessageNumber{1}),
                                      Command::rset(),
                                      Command::stat(),
                                      Command::quit()};
  const Connection connection(mailbox, {}, commands, {});
  std::vector<Status> statuses;
  for (const ReplyReceived& reply : connection.replies) statuses.push_back(reply.reply.status);
  CHECK(statuses == std::vector<Status>{Status::Ok, Status::Ok, Status::Err, Status::Err,
                                        Status::Ok, Status::Err, Status::Ok, Status::Ok,
                                        Status::Ok});
  CHECK(connection.client.state() == connection.server.state());
  CHECK(mailbox.uids().size() == 3);
}
