// What a datagram of the DNS says, in a few words.
#pragma once

#include <string>
#include <string_view>

namespace mailwalk::exporting {

// "MX kantor.example" of a question; empty if the octets are no DNS message or ask nothing.
std::string question_words(std::string_view datagram);

// "MX kantor.example?" for a question, "MX kantor.example → 10 mx.kantor.example" for an answer;
// "DNS" for anything else. Safe to draw.
std::string datagram_words(std::string_view datagram);

// The same for little room, where the end may be cut: of an answer what is new comes first, "10
// mx.kantor.example · MX kantor.example".
std::string datagram_words_answer_first(std::string_view datagram);

}  // namespace mailwalk::exporting
