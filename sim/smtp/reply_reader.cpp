#include "smtp/reply_reader.hpp"

#include <utility>

#include "base/ascii.hpp"
#include "mail/status_code.hpp"

namespace mailwalk::smtp {

namespace {

struct ReplyLine {
  int code;
  enum class Place { Inner, Last } place;
  std::string_view text;
};

std::optional<ReplyLine> parse_reply_line(std::string_view line) {
  const auto code = ascii::parse_number(line.substr(0, 3), 599);
  if (line.size() < 3 || !code || *code < 200) return std::nullopt;
  ReplyLine parsed{static_cast<int>(*code), ReplyLine::Place::Last, {}};
  if (line.size() == 3) return parsed;
  if (line[3] != ' ' && line[3] != '-') return std::nullopt;
  if (line[3] == '-') parsed.place = ReplyLine::Place::Inner;
  parsed.text = line.substr(4);
  return parsed;
}

std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find(' '));
}

// The status code at the start of the text, if its class is that of the reply's code. One of
// another class says nothing that could be relied on and stays text.
std::optional<StatusDetail> status_of(std::string_view text, int code) {
  const auto status = mail::StatusCode::parse(first_word(text));
  if (!status || status->class_digit != code / 100) return std::nullopt;
  return StatusDetail{status->subject, status->detail};
}

}  // namespace

ReplyReader::ReplyReader(const ClientLimits& limits)
    : lines_(limits.reply_line_octets), max_lines_(limits.reply_lines) {}

std::optional<Reply> ReplyReader::next() {
  while (fault_ == Fault::None) {
    const std::optional<wire::Line> line = lines_.next();
    if (!line) return std::nullopt;
    if (std::optional<Reply> reply = take_line(*line)) return reply;
  }
  return std::nullopt;
}

std::optional<Reply> ReplyReader::take_line(const wire::Line& line) {
  if (line.fault == wire::LineFault::BareCr || line.fault == wire::LineFault::BareLf) {
    return fail(Fault::BareLineEnd, line.text);
  }
  const std::optional<ReplyLine> parsed = parse_reply_line(line.text);
  if (!parsed) return fail(Fault::NotAReply, line.text);
  if (code_ && *code_ != parsed->code) return fail(Fault::CodesDiffer, line.text);
  if (texts_.size() == max_lines_) return fail(Fault::TooManyLines, line.text);
  code_ = parsed->code;
  texts_.emplace_back(parsed->text);
  if (parsed->place == ReplyLine::Place::Inner) return std::nullopt;
  return assemble();
}

Reply ReplyReader::assemble() {
  const int code = *std::exchange(code_, std::nullopt);
  std::vector<std::string> texts = std::exchange(texts_, {});
  const std::optional<StatusDetail> status = status_of(texts.front(), code);
  if (status) {
    for (std::string& text : texts) {
      if (status_of(text, code) != status) continue;
      text.erase(0, first_word(text).size());
      if (!text.empty()) text.erase(0, 1);  // the blank behind it
    }
  }
  return {code, status, std::move(texts)};
}

std::optional<Reply> ReplyReader::fail(Fault fault, const std::string& line) {
  fault_ = fault;
  fault_line_ = line;
  texts_.clear();
  lines_.take_unread();
  return std::nullopt;
}

std::string_view explain(ReplyReader::Fault fault) {
  switch (fault) {
    case ReplyReader::Fault::None: return "no fault";
    case ReplyReader::Fault::NotAReply: return "a line does not begin with a reply code";
    case ReplyReader::Fault::CodesDiffer: return "the lines of one reply carry different codes";
    case ReplyReader::Fault::BareLineEnd: return "a CR or LF stands alone within a line";
    case ReplyReader::Fault::TooManyLines: return "a reply has too many lines";
  }
  return "";
}

}  // namespace mailwalk::smtp
