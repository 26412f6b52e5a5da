// SMTP ServerSession: whatever a client says, it gets well-formed replies and the session ends.
#include "smtp/server_session.hpp"

#include <string>
#include <variant>

#include "smtp/reply_reader.hpp"
#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

namespace {

constexpr VirtualTime kNow{};

bool asks(const smtp::ServerEvent& event) {
  return std::holds_alternative<smtp::MailAsked>(event) ||
         std::holds_alternative<smtp::RcptAsked>(event) ||
         std::holds_alternative<smtp::VrfyAsked>(event) ||
         std::holds_alternative<smtp::MessageAsked>(event);
}

smtp::Reply any_answer(Prng& choices) {
  if (choices.chance(800)) return {250, "yes"};
  return choices.chance(500) ? smtp::Reply(451, "later") : smtp::Reply(550, "never");
}

// Takes the events, answers what is asked, and returns what the session says.
std::string serve(smtp::ServerSession& session, Prng& choices, int& ends) {
  while (const auto event = session.next_event()) {
    fuzz::require(ends == 0, "nothing follows the end");
    if (std::holds_alternative<smtp::ServerEnded>(*event)) ++ends;
    if (asks(*event)) session.answer(any_answer(choices), kNow);
  }
  fuzz::require(!session.awaits_answer(), "every question is an event");
  return session.take_output();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text(data, size);
  Prng choices = fuzz::choices_for(input);
  smtp::ServerConfig config;
  config.host_name = "mx.b.test";
  config.limits.message_bytes = 1'000;
  config.limits.recipients = 3;
  smtp::ServerSession session(config);
  int ends = 0;

  session.start(kNow);
  std::string output = serve(session, choices, ends);
  fuzz::in_segments(input, choices, [&](std::string_view segment) {
    if (session.wants_close()) return;
    session.receive(segment, kNow);
    output += serve(session, choices, ends);
  });
  if (!session.wants_close()) session.peer_closed(kNow);
  output += serve(session, choices, ends);

  fuzz::require(session.wants_close() && ends == 1, "the session ends, once");
  smtp::ReplyReader reader;
  reader.feed(output);
  while (reader.next()) {
  }
  fuzz::require(reader.fault() == smtp::ReplyReader::Fault::None && reader.empty(),
                "everything that is said is a reply");
  return 0;
}
