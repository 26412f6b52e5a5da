#include "mail/message.hpp"

#include <utility>

#include "mail/encoded_word.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::mail {

Message::Message(Bytes raw) : raw_(std::move(raw)), index_(raw_.view()) {}

std::string Message::decoded_subject() const {
  const auto subject = find("Subject");
  return subject ? decode_words(subject->value()) : std::string{};
}

bool Message::has_8bit() const {
  return !wire::is_ascii(raw_.view());
}

std::string normalise_line_ends(std::string_view file) {
  std::string content;
  content.reserve(file.size() + file.size() / 32 + 2);
  while (!file.empty()) {
    const std::size_t line_feed = file.find('\n');
    std::string_view line = file.substr(0, line_feed);
    const bool ended = line_feed != std::string_view::npos;
    if (ended && !line.empty() && line.back() == '\r') line.remove_suffix(1);
    content.append(line) += "\r\n";
    file.remove_prefix(ended ? line_feed + 1 : file.size());
  }
  return content;
}

}  // namespace mailwalk::mail
