// POP3 ClientSession: whatever a server says, the session ends and every reply has its command.
#include "pop3/client_session.hpp"

#include <string>
#include <variant>

#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

namespace {

constexpr VirtualTime kNow{};

struct Pop3Seen {
  int sent = 0;
  int answered = 0;
  bool ended = false;
};

void take_events(pop3::ClientSession& session, Pop3Seen& seen) {
  while (const auto event = session.next_event()) {
    fuzz::require(!seen.ended, "nothing follows the end");
    if (std::holds_alternative<pop3::CommandSent>(*event)) ++seen.sent;
    if (std::holds_alternative<pop3::Ended>(*event)) seen.ended = true;
    if (const auto* reply = std::get_if<pop3::ReplyReceived>(&*event)) {
      if (reply->to) ++seen.answered;
    }
    fuzz::require(seen.answered <= seen.sent, "a reply has its command");
  }
  const std::string output = session.take_output();
  fuzz::require(output.empty() || output.ends_with("\r\n"), "whole lines are sent");
}

// One of each shape of reply.
void send_commands(pop3::ClientSession& session) {
  using pop3::Command;
  const pop3::MessageNumber first(1);
  session.send(Command::capa(), kNow);
  session.send(Command::user("ani"), kNow);
  session.send(Command::pass("rahasia"), kNow);
  session.send(Command::stat(), kNow);
  session.send(Command::list(), kNow);
  session.send(Command::list(first), kNow);
  session.send(Command::uidl(), kNow);
  session.send(Command::uidl(first), kNow);
  session.send(Command::retr(first), kNow);
  session.send(Command::top(first, 1), kNow);
  session.send(Command::dele(first), kNow);
  session.send(Command::rset(), kNow);
  session.send(Command::quit(), kNow);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text(data, size);
  Prng choices = fuzz::choices_for(input);
  pop3::ClientConfig config;
  config.limits.content_octets = 1'000;
  config.limits.listing_lines = 20;
  if (choices.chance(500)) config.pipelining = pop3::Pipelining::IfOffered;
  pop3::ClientSession session(config);
  Pop3Seen seen;

  session.start(kNow);
  send_commands(session);
  fuzz::in_segments(input, choices, [&](std::string_view segment) {
    if (session.wants_close()) return;
    session.receive(segment, kNow);
    take_events(session, seen);
  });
  if (!session.wants_close()) session.peer_closed(kNow);
  take_events(session, seen);
  fuzz::require(session.wants_close() && seen.ended, "the session ends");
  return 0;
}
