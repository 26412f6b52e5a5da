#include "mail/folding.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace mailwalk::mail {

namespace {

// From there to the end of text.
void take_out_line_ends(std::string& text, std::size_t from) {
  std::replace_if(
      text.begin() + static_cast<std::ptrdiff_t>(from), text.end(),
      [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
  while (text.size() > from && ascii::is_blank(text.back())) text.pop_back();
}

// Octets of the blanks and the word after them at the start of text.
std::size_t word_length(std::string_view text) {
  const auto word = std::find_if_not(text.begin(), text.end(), ascii::is_blank);
  const auto end = std::find_if(word, text.end(), ascii::is_blank);
  return static_cast<std::size_t>(end - text.begin());
}

// Of one line that is longer than it should be.
void append_in_lines(std::string& out, std::string_view line) {
  std::size_t column = 0;
  while (!line.empty()) {
    std::string_view word = line.substr(0, word_length(line));
    line.remove_prefix(word.size());
    if (column > 0 && column + word.size() > kPreferredLineOctets) {
      out += "\r\n";
      column = 0;
    }
    while (column + word.size() > kMaxLineOctets) {
      const std::string_view head = word.substr(0, kMaxLineOctets - column);
      out.append(head) += "\r\n ";
      word.remove_prefix(head.size());
      column = 1;
    }
    out += word;
    column += word.size();
  }
}

// Folds what stands in text from there on, and ends it.
void fold_from(std::string& text, std::size_t from) {
  take_out_line_ends(text, from);
  if (text.size() - from > kPreferredLineOctets) {
    const std::string line = text.substr(from);
    text.resize(from);
    append_in_lines(text, line);
  }
  text += "\r\n";
}

}  // namespace

std::string fold_line(std::string_view line) {
  std::string folded;
  folded.reserve(line.size() + 8);
  folded = line;
  fold_from(folded, 0);
  return folded;
}

std::string fold_field(std::string_view name, std::string_view value) {
  return fold_field(name, std::initializer_list<std::string_view>{value});
}

std::string fold_field(std::string_view name, std::initializer_list<std::string_view> clauses) {
  std::string field;
  field.reserve(kPreferredLineOctets * clauses.size());
  for (const std::string_view clause : clauses) {
    const std::size_t line = field.size();
    if (line == 0) {
      field.append(name).append(": ").append(ascii::trim(clause));
    } else {
      field.append("\t").append(clause);
    }
    fold_from(field, line);
  }
  return field;
}

std::string unfold(std::string_view raw_value) {
  std::string value;
  value.reserve(raw_value.size());
  while (true) {
    const std::size_t end = raw_value.find("\r\n");
    value.append(raw_value.substr(0, end));
    if (end == std::string_view::npos) return value;
    raw_value.remove_prefix(end + 2);
    if (!raw_value.empty() && !ascii::is_blank(raw_value.front())) value += "\r\n";
  }
}

}  // namespace mailwalk::mail
