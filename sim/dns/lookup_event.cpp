#include "dns/lookup_event.hpp"

#include <fmt/format.h>

#include "dns/text.hpp"

namespace mailwalk::dns {
namespace {

std::string asked(const Question& question) {
  return fmt::format("{} {}", name(question.type), question.name.text());
}

std::string_view reason(AnswerIgnored::Why why) {
  switch (why) {
    case AnswerIgnored::Why::NotAMessage: return "it is not a DNS message";
    case AnswerIgnored::Why::NotAResponse: return "it is not a response";
    case AnswerIgnored::Why::OtherId: return "its id is not that of the question";
    case AnswerIgnored::Why::OtherQuestion: return "it answers another question";
  }
  return "";
}

struct EventText {
  std::string operator()(const QuestionAsked& event) const {
    const std::string again =
        event.attempt > 1 ? fmt::format(" (attempt {})", event.attempt) : std::string{};
    return asked(event.question) + "?" + again;
  }
  std::string operator()(const AnswerReceived& event) const { return summary(event.message); }
  std::string operator()(const AnswerIgnored& event) const {
    return fmt::format("datagram ignored: {}", reason(event.why));
  }
  std::string operator()(const QuestionTimedOut& event) const {
    return fmt::format("{}: no answer after {} attempts", asked(event.question), event.attempts);
  }
};

}  // namespace

std::string text(const LookupEvent& event) {
  return std::visit(EventText{}, event);
}

}  // namespace mailwalk::dns
