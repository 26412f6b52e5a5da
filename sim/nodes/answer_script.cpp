#include "nodes/answer_script.hpp"

#include <string_view>

#include "base/ascii.hpp"
#include "mail/status_code.hpp"

namespace mailwalk::nodes {

std::optional<std::string> AnswerScript::take(journal::Verb verb) {
  std::optional<std::string> line;
  for (Entry& entry : entries_) {
    if (entry.reply.verb != verb) continue;
    ++entry.seen;
    const bool begun = entry.seen >= entry.reply.nth;
    const bool over = entry.reply.times != 0 && entry.seen >= entry.reply.nth + entry.reply.times;
    if (begun && !over && !line) line = entry.reply.line;
  }
  return line;
}

std::optional<smtp::Reply> parse_reply_line(const std::string& line) {
  if (line.size() < 3 || (line.size() > 3 && line[3] != ' ')) return std::nullopt;
  const auto code = ascii::parse_number(std::string_view(line).substr(0, 3), 599);
  if (!code || *code < 200 || (*code >= 300 && *code < 400)) return std::nullopt;
  const std::string_view rest = line.size() > 4 ? std::string_view(line).substr(4) : "";
  const std::string_view first_word = rest.substr(0, rest.find(' '));
  const auto enhanced = mail::StatusCode::parse(first_word);
  if (!enhanced || enhanced->class_digit != *code / 100) {
    return smtp::Reply(static_cast<int>(*code), std::string(rest));
  }
  return smtp::Reply(static_cast<int>(*code),
                     smtp::StatusDetail{enhanced->subject, enhanced->detail},
                     std::string(ascii::trim(rest.substr(first_word.size()))));
}

}  // namespace mailwalk::nodes
