#include "world/verb_words.hpp"

namespace mailwalk::world {

using journal::Protocol;

Words verb_names(Protocol protocol) {
  Words names;
  if (protocol == Protocol::Smtp) {
    for (std::size_t i = 0; i < smtp::kVerbCount; ++i) {
      const auto verb = static_cast<smtp::Verb>(i);
      if (verb != smtp::Verb::Unknown) names.push_back(smtp::name(verb));
    }
  } else {
    for (std::size_t i = 0; i < pop3::kVerbCount; ++i) {
      const auto verb = static_cast<pop3::Verb>(i);
      if (verb != pop3::Verb::Unknown) names.push_back(pop3::name(verb));
    }
  }
  return names;
}

std::optional<journal::Verb> find_verb(std::string_view word, Protocol protocol) {
  if (protocol == Protocol::Pop3) {
    const pop3::Verb verb = pop3::parse_verb(word);
    return verb == pop3::Verb::Unknown ? std::nullopt : std::optional<journal::Verb>(verb);
  }
  const smtp::Verb verb = word == "." ? smtp::Verb::EndOfData : smtp::verb_from(word);
  return verb == smtp::Verb::Unknown ? std::nullopt : std::optional<journal::Verb>(verb);
}

std::vector<journal::Verb> find_verbs(std::string_view word) {
  std::vector<journal::Verb> verbs;
  for (const Protocol protocol : {Protocol::Smtp, Protocol::Pop3}) {
    if (const auto verb = find_verb(word, protocol)) verbs.push_back(*verb);
  }
  return verbs;
}

}  // namespace mailwalk::world
