#include "mail/folding.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace mailwalk::mail {

namespace {

std::string without_line_ends(std::string_view text) {
  std::string clean;
  clean.reserve(text.size() + 2);  // for CRLF
  clean = text;
  std::replace_if(
      clean.begin(), clean.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
  while (!clean.empty() && ascii::is_blank(clean.back())) clean.pop_back();
  return clean;
}

// Octets of the blanks and the word after them at the start of text.
std::size_t word_length(std::string_view text) {
  const auto word = std::find_if_not(text.begin(), text.end(), ascii::is_blank);
  const auto end = std::find_if(word, text.end(), ascii::is_blank);
  return static_cast<std::size_t>(end - text.begin());
}

}  // namespace

std::string fold_line(std::string_view line) {
  std::string clean = without_line_ends(line);
  if (clean.size() <= kPreferredLineOctets) return clean += "\r\n";
  std::string_view rest = clean;
  std::string out;
  out.reserve(line.size() + 8);
  std::size_t column = 0;
  while (!rest.empty()) {
    std::string_view word = rest.substr(0, word_length(rest));
    rest.remove_prefix(word.size());
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
  return out += "\r\n";
}

std::string fold_field(std::string_view name, std::string_view value) {
  std::string line(name);
  line.append(": ").append(ascii::trim(value));
  return fold_line(line);
}

std::string fold_field(std::string_view name, const std::vector<std::string>& clauses) {
  std::string field;
  for (const std::string& clause : clauses) {
    field += field.empty() ? fold_field(name, clause) : fold_line("\t" + clause);
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
