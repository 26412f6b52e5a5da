#include "gui/inspector/letter_content.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/ascii.hpp"
#include "mail/encoded_word.hpp"
#include "mail/message.hpp"
#include "mail/mime_tree.hpp"

namespace mailwalk::gui {
namespace {

// Nobody reads more of it beside the stage; the whole is among the octets.
constexpr std::size_t kMostBodyOctets = 8'192;
constexpr std::size_t kMostBodyLines = 10;
constexpr std::size_t kMostParts = 30;
constexpr std::size_t kMostFieldsOfAName = 3;

void add_fields(const mail::Message& message, std::string_view name, LetterContent& content) {
  std::size_t found = 0;
  for (const mail::Field& field : message.fields()) {
    if (!ascii::iequals(field.name, name)) continue;
    if (++found > kMostFieldsOfAName) return;
    content.fields.push_back({std::string(field.name), mail::decode_words(field.value())});
  }
}

void add_parts(const mail::MimePart& part, int depth, std::vector<LetterContent::Part>& parts) {
  if (parts.size() == kMostParts) return;
  parts.push_back({depth, part.type, part.file_name, part.body.size});
  for (const mail::MimePart& child : part.children) add_parts(child, depth + 1, parts);
}

std::vector<std::string> first_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty() && lines.size() < kMostBodyLines) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Decoding stops early, or a large attachment of text would be decoded to its end.
std::vector<std::string> body_lines(const mail::Message& message, const mail::MimePart& root) {
  const mail::MimePart* text = mail::find_text(root);
  if (text == nullptr) return {};
  mail::MimePart beginning = *text;
  beginning.body.size = std::min(beginning.body.size, kMostBodyOctets);
  return first_lines(mail::readable_text(message, beginning));
}

}  // namespace

LetterContent read_letter(const Bytes& raw) {
  const mail::Message message(raw);
  LetterContent content;
  content.subject = message.decoded_subject();
  for (const char* name : {"From", "Sender", "To", "Cc", "Subject", "Date", "Message-ID"}) {
    add_fields(message, name, content);
  }
  const mail::MimePart root = mail::parse_mime(message);
  add_parts(root, 0, content.parts);
  content.body = body_lines(message, root);
  content.hops = mail::read_hops(message);
  content.header_octets = message.header().size();
  content.body_octets = message.body().size();
  for (const LetterContent::Field& field : content.fields) {
    if (ascii::iequals(field.name, "From")) content.named_sender += ascii::to_lower(field.value);
    if (ascii::iequals(field.name, "To") || ascii::iequals(field.name, "Cc")) {
      content.named_recipients += ascii::to_lower(field.value) + ' ';
    }
  }
  return content;
}

const LetterContent& LetterReader::read(const Bytes& raw) {
  const bool is_same =
      raw_.view().data() == raw.view().data() && raw_.size() == raw.size() && !raw.empty();
  if (!is_same) {
    content_ = read_letter(raw);
    raw_ = raw;
  }
  return content_;
}

}  // namespace mailwalk::gui
