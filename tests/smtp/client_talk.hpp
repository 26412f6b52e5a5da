// A client session, for tests that say what a server would say.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "smtp/client_session.hpp"
#include "tests/support/catch.hpp"

namespace mailwalk::smtp::test {

inline mail::Envelope envelope_to(std::vector<mail::Mailbox> recipients) {
  mail::Envelope envelope;
  envelope.reverse_path = mail::Mailbox{"alice", "a.test"};
  envelope.recipients = std::move(recipients);
  return envelope;
}
inline mail::Envelope envelope_to_bob() {
  return envelope_to({{"bob", "b.test"}});
}

inline constexpr std::string_view kContent = "Subject: x\r\n\r\n.body\r\n";
inline constexpr std::string_view kStuffed = "Subject: x\r\n\r\n..body\r\n.\r\n";

class ClientTalk {
 public:
  explicit ClientTalk(ClientConfig config = {}) : session(named(std::move(config))) {
    session.start(now);
  }

  // What the client says to this; "\r\n" is added.
  std::string hear(std::string_view lines) {
    session.receive(std::string(lines) + "\r\n", now);
    return settle();
  }
  // Through greeting and EHLO; what the client says then.
  std::string greet(std::string_view ehlo_reply = "250 mx.b.test") {
    CHECK(hear("220 mx.b.test ESMTP") == "EHLO client.example\r\n");
    return hear(ehlo_reply);
  }
  std::string send(mail::Envelope envelope, std::string_view content = kContent) {
    session.send_mail(std::move(envelope), Bytes(content), now);
    return settle();
  }
  std::string quit() {
    session.quit(now);
    return settle();
  }
  void lose_line() {
    session.peer_closed(now);
    settle();
  }
  void wait(Duration duration) {
    now = now + duration;
    session.time_passed(now);
    settle();
  }

  template <class Event>
  [[nodiscard]] std::vector<Event> all() const {
    std::vector<Event> found;
    for (const ClientEvent& event : events) {
      if (const Event* wanted = std::get_if<Event>(&event)) found.push_back(*wanted);
    }
    return found;
  }

  // "Failed DoNotAsk Server RCPT 550 5.1.1 no": a line for each recipient of each finished mail.
  [[nodiscard]] std::vector<std::string> outcomes() const {
    std::vector<std::string> lines;
    for (const MailFinished& mail : all<MailFinished>()) {
      for (const RecipientOutcome& outcome : mail.outcomes) lines.push_back(in_a_line(outcome));
    }
    return lines;
  }
  // "Refused 554 no service", "TimedOut"; empty if the session goes on.
  [[nodiscard]] std::string ending() const {
    const auto endings = all<ClientEnded>();
    if (endings.empty()) return "";
    CHECK(endings.size() == 1);
    CHECK(std::holds_alternative<ClientEnded>(events.back()));
    std::string text(name(endings[0].why));
    if (endings[0].reply) text += " " + endings[0].reply->text();
    return text;
  }

  ClientSession session;
  VirtualTime now;
  std::vector<ClientEvent> events;

 private:
  static ClientConfig named(ClientConfig config) {
    config.helo_name = "client.example";
    return config;
  }
  static std::string in_a_line(const RecipientOutcome& outcome) {
    std::string line(name(outcome.outcome));
    line += outcome.next_host == NextHost::Ask ? " Ask" : " DoNotAsk";
    line += outcome.said_by == SaidBy::Server ? " Server " : " Client ";
    line += outcome.at ? std::string(name(*outcome.at)) : std::string("greeting");
    return line + " " + outcome.reply.text();
  }
  std::string settle() {
    while (auto event = session.next_event()) events.push_back(*event);
    return session.take_output();
  }
};

using Strings = std::vector<std::string>;

}  // namespace mailwalk::smtp::test
