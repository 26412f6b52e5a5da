#include "export/event_words.hpp"

#include <fmt/format.h>

#include <string_view>

#include "export/printable.hpp"

namespace mailwalk::exporting {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words

template <class Command>
std::string command_words(const char* name, const Command& command) {
  if (command.secrecy == Secrecy::Secret) return name;
  return fmt::format("{} “{}”", name, printable(command.line.view()));
}

template <class Reply>
std::string reply_words(const char* name, const Reply& reply) {
  const std::string_view text = reply.text.view();
  return fmt::format("{} “{}”", name, printable(text.substr(0, text.find('\r'))));
}

// What the narrator leaves to the session's lines.
std::string plain_words(const Event& event) {
  const char* name = payload_name(event.payload);
  if (const auto* sent = payload_if<CommandSent>(event)) return command_words(name, *sent);
  if (const auto* got = payload_if<CommandReceived>(event)) return command_words(name, *got);
  if (const auto* sent = payload_if<ReplySent>(event)) return reply_words(name, *sent);
  if (const auto* got = payload_if<ReplyReceived>(event)) return reply_words(name, *got);
  return name;
}

}  // namespace

std::string event_words(const Happened& happened, const Narrator& narrator) {
  const Event& event = happened.event;
  std::string words = narrator.tell(happened);
  if (words.empty()) words = plain_words(event);
  const std::string clock = clock_text(happened.after.calendar, event.time);
  if (event.node == kNoNode) return fmt::format("{}: {}", clock, words);
  return fmt::format("{}, {}: {}", clock, narrator.machine(event.node, happened.after), words);
}

}  // namespace mailwalk::exporting
