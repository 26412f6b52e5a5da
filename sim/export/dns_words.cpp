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

}  // namespace mailwalk::exporting
