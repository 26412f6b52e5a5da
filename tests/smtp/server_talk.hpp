// A server session with a small policy behind it, for tests that say what a client would say.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/ascii.hpp"
#include "smtp/server_session.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/line.hpp"

namespace mailwalk::smtp::test {

// mx.b.test, home of bob and carol.
class ServerTalk {
 public:
  enum class Hello { None, Helo, Ehlo };

  explicit ServerTalk(Hello hello = Hello::Ehlo, ServerConfig config = {})
      : session(named(config)) {
    session.start(now);
    greeting = line->to_client(settle());
    if (hello == Hello::Helo) say("HELO client.example\r\n");
    if (hello == Hello::Ehlo) say("EHLO client.example\r\n");
  }

  // What the server answers to these bytes.
  std::string say(std::string_view bytes) { return hear(line->to_server(bytes)); }
  std::string command(std::string_view text) {
    return hear(line->command_to_server(std::string(text) + "\r\n"));
  }

  // The connection closes.
  void leave() {
    session.peer_closed(now);
    settle();
  }
  std::string wait(Duration duration) {
    now = now + duration;
    session.time_passed(now);
    return line->to_client(settle());
  }

  // A whole transaction from bob to bob; what the server says to the end of data.
  std::string send(std::string_view stuffed_content, std::string_view mail_parameters = "") {
    command("MAIL FROM:<bob@b.test>" + std::string(mail_parameters));
    command("RCPT TO:<bob@b.test>");
    REQUIRE(command("DATA").substr(0, 4) == "354 ");
    return say(stuffed_content);
  }

  template <class Event>
  [[nodiscard]] std::vector<Event> all() const {
    std::vector<Event> found;
    for (const ServerEvent& event : events) {
      if (const Event* wanted = std::get_if<Event>(&event)) found.push_back(*wanted);
    }
    return found;
  }
  [[nodiscard]] std::vector<std::string> delivered() const {
    std::vector<std::string> contents;
    for (const MessageAsked& message : all<MessageAsked>()) {
      contents.emplace_back(message.content.view());
    }
    return contents;
  }

  std::unique_ptr<mailwalk::test::Line> line = mailwalk::test::make_line();
  ServerSession session;
  VirtualTime now;
  std::string greeting;
  std::vector<ServerEvent> events;
  // Instead of what the policy says, if set.
  std::optional<Reply> mail_answer;
  std::optional<Reply> message_answer;
  std::optional<Reply> tls_answer;
  enum class Answers { AtOnce, Never } answers = Answers::AtOnce;

 private:
  static ServerConfig named(ServerConfig config) {
    config.host_name = "mx.b.test";
    return config;
  }

  // What the server says when these pieces arrive one after the other.
  std::string hear(const std::vector<std::string>& pieces) {
    std::string said;
    for (const std::string& piece : pieces) {
      session.receive(piece, now);
      said += settle();
    }
    return line->to_client(said);
  }

  std::string settle() {
    while (auto event = session.next_event()) {
      events.push_back(*event);
      if (answers == Answers::AtOnce) answer(*event);
      // The handshake itself is another layer's.
      if (std::holds_alternative<TlsBegins>(*event)) session.tls_established(now);
    }
    return session.take_output();
  }

  void answer(const ServerEvent& event) {
    if (std::holds_alternative<MailAsked>(event)) {
      session.answer(mail_answer.value_or(Reply(250, {1, 0}, "Ok")), now);
    } else if (const auto* rcpt = std::get_if<RcptAsked>(&event)) {
      session.answer(judge_recipient(rcpt->recipient), now);
    } else if (const auto* vrfy = std::get_if<VrfyAsked>(&event)) {
      const bool known = vrfy->text == "bob" || vrfy->text == "bob@b.test";
      session.answer(known ? Reply(252, {1, 5}, vrfy->text) : Reply(550, {1, 1}, "No such user"),
                     now);
    } else if (std::holds_alternative<TlsAsked>(event)) {
      session.answer(tls_answer.value_or(Reply(220, {0, 0}, "Ready to start TLS")), now);
    } else if (std::holds_alternative<MessageAsked>(event)) {
      session.answer(message_answer.value_or(Reply(250, {0, 0}, "Ok: queued as 1")), now);
    }
  }

  static Reply judge_recipient(const mail::Mailbox& recipient) {
    if (ascii::iequals(recipient.local_part, "postmaster")) return {250, {1, 5}, "Ok"};
    if (!ascii::iequals(recipient.domain, "b.test")) return {550, {7, 1}, "Relay access denied"};
    const bool known = ascii::iequals(recipient.local_part, "bob") ||
                       ascii::iequals(recipient.local_part, "carol");
    return known ? Reply(250, {1, 5}, "Ok") : Reply(550, {1, 1}, "No such user");
  }
};

struct Exchange {
  std::string_view line;   // said by the client, without CRLF
  std::string_view reply;  // due, without its last CRLF
};

// Says each line and checks each reply, to the letter.
inline void check_exchanges(ServerTalk& talk, const std::vector<Exchange>& exchanges) {
  for (const Exchange& exchange : exchanges) {
    INFO("after " << exchange.line);
    CHECK(talk.command(exchange.line) == std::string(exchange.reply) + "\r\n");
  }
}

// Exchanges of a connection of their own.
struct Conversation {
  const char* id;
  ServerTalk::Hello hello;
  std::vector<Exchange> exchanges;
};

inline void check_conversations(const std::vector<Conversation>& conversations) {
  for (const Conversation& conversation : conversations) {
    INFO(conversation.id);
    ServerTalk talk(conversation.hello);
    check_exchanges(talk, conversation.exchanges);
  }
}

}  // namespace mailwalk::smtp::test
