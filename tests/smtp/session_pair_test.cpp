// Client against server, over a line that cuts and breaks anywhere.
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/prng.hpp"
#include "smtp/server_session.hpp"
#include "tests/smtp/client_talk.hpp"
#include "tests/support/session_pair.hpp"

namespace mailwalk::smtp {
namespace {

using Pair = mailwalk::test::SessionPair<ClientSession, ServerSession>;

// Both ends, a server that takes every recipient but "no…", and what became of the mails.
struct Delivery {
  ClientSession client;
  ServerSession server;
  std::vector<MailFinished> finished;
  std::vector<MessageAsked> taken;
  std::vector<ClientEnded> client_ended;
  std::vector<ServerEnded> server_ended;

  explicit Delivery(const ServerConfig& server_config,
                    const ClientConfig& client_config = {"c.test"})
      : client(client_config), server(server_config) {}

  void run(Pair::Options options) {
    Pair pair(client, server, options);
    pair.run([this](const ClientEvent& event) { on(event); },
             [this, &pair](const ServerEvent& event) { on(event, pair.now()); });
  }

  void on(const ClientEvent& event) {
    if (const auto* mail = std::get_if<MailFinished>(&event)) finished.push_back(*mail);
    if (const auto* ended = std::get_if<ClientEnded>(&event)) client_ended.push_back(*ended);
  }

  void on(const ServerEvent& event, VirtualTime now) {
    if (const auto* ended = std::get_if<ServerEnded>(&event)) server_ended.push_back(*ended);
    if (const auto* message = std::get_if<MessageAsked>(&event)) taken.push_back(*message);
    if (!server.awaits_answer()) return;
    const auto* rcpt = std::get_if<RcptAsked>(&event);
    const bool refused = rcpt != nullptr && rcpt->recipient.local_part.substr(0, 2) == "no";
    if (rcpt != nullptr || std::holds_alternative<MailAsked>(event) ||
        std::holds_alternative<MessageAsked>(event)) {
      server.answer(refused ? Reply(550, {1, 1}, "No such user") : Reply(250, {0, 0}, "Ok"), now);
    }
  }
};

ServerConfig server_with(ExtensionSet extensions) {
  ServerConfig config;
  config.host_name = "mx.b.test";
  config.extensions = extensions;
  return config;
}

struct Mail {
  mail::Envelope envelope;
  std::string content;
};

std::string random_content(Prng& prng) {
  static constexpr const char* kPieces[] = {".", "..",        "\r\n",    "\r\n.",
                                            "x", "body text", "\r\n\r\n"};
  std::string content;
  for (std::uint64_t i = prng.below(30); i > 0; --i) content += kPieces[prng.below(7)];
  return content;
}

std::vector<Mail> random_mails(Prng& prng) {
  std::vector<Mail> mails;
  for (std::uint64_t i = 1 + prng.below(4); i > 0; --i) {
    std::vector<mail::Mailbox> recipients;
    for (std::uint64_t j = 1 + prng.below(5); j > 0; --j) {
      const char* kind = prng.chance(300) ? "no" : "user";
      recipients.push_back({kind + std::to_string(j), "b.test"});
    }
    mails.push_back({test::envelope_to(std::move(recipients)), random_content(prng)});
  }
  return mails;
}

// What the server is due to hand over for a mail.
std::string with_last_crlf(std::string content) {
  const bool ended =
      content.empty() || (content.size() >= 2 && content.substr(content.size() - 2) == "\r\n");
  return ended ? content : content + "\r\n";
}

TEST_CASE("SMTP client and server bring every mail over, however the line cuts it",
          "[smtp][pair]") {
  const ExtensionSet sets[] = {
      ExtensionSet::usual(), {}, {Extension::Pipelining}, {Extension::Size}};
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    INFO("seed " << seed);
    Prng prng(seed);
    Delivery delivery(server_with(sets[seed % 4]));
    const std::vector<Mail> mails = random_mails(prng);
    for (const Mail& mail : mails) {
      delivery.client.send_mail(mail.envelope, Bytes(mail.content), VirtualTime{});
    }
    delivery.client.quit(VirtualTime{});
    delivery.run({seed, 1 + static_cast<std::size_t>(prng.below(60)), {}});

    REQUIRE(delivery.finished.size() == mails.size());
    std::size_t taken = 0;
    for (std::size_t i = 0; i < mails.size(); ++i) {
      std::vector<mail::Mailbox> received_by;
      for (const RecipientOutcome& outcome : delivery.finished[i].outcomes) {
        const bool refused = outcome.recipient.local_part.substr(0, 2) == "no";
        CHECK(outcome.outcome == (refused ? Outcome::Failed : Outcome::Delivered));
        if (!refused) received_by.push_back(outcome.recipient);
      }
      if (received_by.empty()) continue;
      REQUIRE(taken < delivery.taken.size());
      CHECK(delivery.taken[taken].envelope.recipients == received_by);
      CHECK(delivery.taken[taken].content == with_last_crlf(mails[i].content));
      ++taken;
    }
    CHECK(taken == delivery.taken.size());
    REQUIRE(delivery.client_ended.size() == 1);
    CHECK(delivery.client_ended[0].why == ClientEnded::Why::Quit);
    REQUIRE(delivery.server_ended.size() == 1);
    CHECK(delivery.server_ended[0].why == ServerEnded::Why::Quit);
  }
}

TEST_CASE("SMTP: wherever the line breaks, no mail is lost (Q27 S74)", "[smtp][pair]") {
  const auto deliver = [](std::optional<std::size_t> breaks_after) {
    Delivery delivery(server_with(ExtensionSet::usual()));
    delivery.client.send_mail(test::envelope_to_bob(), Bytes(test::kContent), VirtualTime{});
    delivery.client.send_mail(test::envelope_to_bob(), Bytes(test::kContent), VirtualTime{});
    delivery.client.quit(VirtualTime{});
    delivery.run({3, 8, breaks_after});
    return delivery;
  };
  std::map<std::size_t, std::size_t> duplicates_possible;  // mails taken -> breaks
  for (std::size_t breaks_after = 0; breaks_after < 5000; ++breaks_after) {
    INFO("the line breaks after " << breaks_after << " octets");
    const Delivery delivery = deliver(breaks_after);
    REQUIRE(delivery.finished.size() == 2);
    REQUIRE(delivery.client_ended.size() == 1);
    REQUIRE(delivery.server_ended.size() == 1);
    std::size_t delivered = 0;
    for (const MailFinished& mail : delivery.finished) {
      const RecipientOutcome& outcome = mail.outcomes[0];
      if (outcome.outcome == Outcome::Delivered) {
        ++delivered;
        continue;
      }
      CHECK(outcome.outcome == Outcome::Deferred);
      CHECK(outcome.said_by == SaidBy::Client);
      CHECK(outcome.reply.enhanced() == EnhancedCode{4, 4, 2});
    }
    CHECK(delivered <= delivery.taken.size());
    if (delivered < delivery.taken.size()) {
      ++duplicates_possible[delivery.taken.size()];
      const RecipientOutcome& outcome = delivery.finished[delivered].outcomes[0];
      CHECK(outcome.at == Verb::EndOfData);
      CHECK(outcome.next_host == NextHost::DoNotAsk);
    }
    if (delivered == 2 && delivery.client_ended[0].why == ClientEnded::Why::Quit) break;
    REQUIRE(breaks_after + 1 < 5000);
  }
  // The reply to the end of data was on its way at some breaks, for the first and the second mail.
  CHECK(duplicates_possible.size() == 2);
}

TEST_CASE("SMTP client and server get along without any extension", "[smtp][pair]") {
  Delivery delivery(server_with({}), ClientConfig{"c.test", PipeliningWish::Never});
  delivery.client.send_mail(test::envelope_to_bob(), Bytes(test::kContent), VirtualTime{});
  delivery.client.quit(VirtualTime{});
  delivery.run({1, 1000, {}});
  REQUIRE(delivery.finished.size() == 1);
  CHECK(delivery.finished[0].outcomes[0].reply == Reply(250, "Ok"));
}

TEST_CASE("SMTP: the server's refusals of content reach the sender", "[smtp][pair]") {
  struct {
    const char* id;
    std::string content;
    int code;
  } const rows[] = {
      {"long line", std::string(999, 'x') + "\r\n", 500},
      {"bare LF", "a\nb\r\n", 550},
      {"bare CR", "a\rb\r\n", 550},
  };
  for (const auto& row : rows) {
    INFO(row.id);
    ClientConfig client{"c.test"};
    client.content_rules = {ContentCheck::SendAnyway, ContentCheck::SendAnyway};
    Delivery delivery(server_with(ExtensionSet::usual()), client);
    delivery.client.send_mail(test::envelope_to_bob(), Bytes(row.content), VirtualTime{});
    delivery.client.quit(VirtualTime{});
    delivery.run({});
    REQUIRE(delivery.finished.size() == 1);
    const RecipientOutcome& outcome = delivery.finished[0].outcomes[0];
    CHECK(outcome.outcome == Outcome::Failed);
    CHECK(outcome.at == Verb::EndOfData);
    CHECK(outcome.reply.code() == row.code);
    CHECK(delivery.taken.empty());
  }
}

TEST_CASE("SMTP carries a mail of ten megabytes", "[smtp][pair]") {
  std::string content;
  while (content.size() < 10'000'000) content += ".line of a large mail\r\n";
  Delivery delivery(server_with(ExtensionSet::usual()));
  delivery.client.send_mail(test::envelope_to_bob(), Bytes(content), VirtualTime{});
  delivery.client.quit(VirtualTime{});
  delivery.run({1, 4'000'000, {}});
  REQUIRE(delivery.taken.size() == 1);
  const bool is_the_same = delivery.taken[0].content == content;
  CHECK(is_the_same);
}

}  // namespace
}  // namespace mailwalk::smtp
