// What happens while a name is looked up, as facts for the journal.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "dns/message.hpp"

namespace mailwalk::dns {

struct QuestionAsked {
  Question question;
  std::uint16_t id = 0;
  int attempt = 1;  // 2 and more: the same datagram once more, after a silence
};

struct AnswerReceived {
  Question question;
  Message message;
};

// A datagram that is not the answer to the question asked, and is therefore not looked at.
struct AnswerIgnored {
  enum class Why { NotAMessage, NotAResponse, OtherId, OtherQuestion };
  Why why = Why::NotAMessage;
};

// No answer came to any of the attempts.
struct QuestionTimedOut {
  Question question;
  int attempts = 0;
};

using LookupEvent = std::variant<QuestionAsked, AnswerReceived, AnswerIgnored, QuestionTimedOut>;

// One line: "MX kantor.example: 10 mx.kantor.example", "MX kantor.example: no answer after 3
// attempts".
std::string text(const LookupEvent& event);

}  // namespace mailwalk::dns
