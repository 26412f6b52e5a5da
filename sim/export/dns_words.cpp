#include "export/dns_words.hpp"

#include <fmt/format.h>

#include "dns/message.hpp"
#include "dns/text.hpp"
#include "export/printable.hpp"

namespace mailwalk::exporting {

std::string question_words(std::string_view datagram) {
  const dns::Decoded decoded = dns::decode(datagram);
  if (!decoded.message || decoded.message->questions.empty()) return {};
  const dns::Question& question = decoded.message->questions.front();
  return printable(fmt::format("{} {}", dns::name(question.type), question.name.text()));
}

std::string datagram_words(std::string_view datagram) {
  const dns::Decoded decoded = dns::decode(datagram);
  return decoded.message ? printable(dns::summary(*decoded.message)) : "DNS";
}

std::string datagram_words_answer_first(std::string_view datagram) {
  const std::string words = datagram_words(datagram);
  const std::string question = question_words(datagram);
  const std::string asked = question + ": ";
  if (question.empty() || !words.starts_with(asked)) return words;
  return words.substr(asked.size()) + " · " + question;
}

}  // namespace mailwalk::exporting
