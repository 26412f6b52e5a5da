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

// Takes a list of addresses apart, a character at a time.
class AddressListReader {
 public:
  std::vector<mail::Mailbox> read(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      const bool is_pair = c == '\\' && i + 1 < text.size() && (quoted_ || comments_ > 0);
      if (is_pair) {
        if (comments_ == 0) part().append(text.substr(i, 2));
        ++i;
      } else if (comments_ > 0) {
        comments_ += c == '(' ? 1 : c == ')' ? -1 : 0;
      } else {
        take(c);
      }
    }
    end_address();
    return std::move(found_);
  }

 private:
  // What stands in < > is the address; without them, all of it.
  std::string& part() { return in_brackets_ ? bracketed_ : bare_; }

  void take(char c) {
    if (c == '"') quoted_ = !quoted_;
    if (quoted_ || c == '"') {
      part() += c;
      return;
    }
    switch (c) {
      case '(': ++comments_; return;
      case '<':
        in_brackets_ = true;
        bracketed_.clear();
        return;
      case '>': in_brackets_ = false; return;
      case ':':  // a group's name
        if (!in_brackets_) bare_.clear();
        return;
      case ',':
      case ';': end_address(); return;
      default: part() += c;
    }
  }

  void end_address() {
    const std::string& address = bracketed_.empty() ? bare_ : bracketed_;
    const auto mailbox = mail::parse_mailbox(ascii::trim(address), mail::Utf8::Allowed);
    if (mailbox) found_.push_back(*mailbox);
    bare_.clear();
    bracketed_.clear();
    in_brackets_ = false;
  }

  std::vector<mail::Mailbox> found_;
  std::string bare_, bracketed_;
  bool in_brackets_ = false;
  bool quoted_ = false;
  int comments_ = 0;
};

// Before anything is decoded: a name may be made to look like an address.
std::vector<mail::Mailbox> named_in(const mail::Message& message, std::string_view field_name) {
  std::vector<mail::Mailbox> found;
  for (const mail::Field& field : message.fields()) {
    if (!ascii::iequals(field.name, field_name)) continue;
    const std::vector<mail::Mailbox> here = addresses_in(field.value());
    found.insert(found.end(), here.begin(), here.end());
  }
  return found;
}

}  // namespace

std::vector<mail::Mailbox> addresses_in(std::string_view value) {
  return AddressListReader().read(value);
}

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
  content.named_senders = named_in(message, "From");
  content.named_recipients = named_in(message, "To");
  const std::vector<mail::Mailbox> copied = named_in(message, "Cc");
  content.named_recipients.insert(content.named_recipients.end(), copied.begin(), copied.end());
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
