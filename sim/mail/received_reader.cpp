#include "mail/received_reader.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/virtual_time.hpp"

namespace mailwalk::mail {
namespace {

// Longer ones are no fields that a person reads.
constexpr std::size_t kMostOctets = 4'096;

// Words, divided by blanks; what stands in brackets is one word, blanks and all.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    while (!text.empty() && ascii::is_blank(text.front())) text.remove_prefix(1);
    if (text.empty()) return words;
    std::size_t end = 0;
    int depth = 0;
    for (; end < text.size() && (depth > 0 || !ascii::is_blank(text[end])); ++end) {
      if (text[end] == '(') ++depth;
      if (text[end] == ')' && depth > 0) --depth;
    }
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::string* clause_named(ReceivedHop& hop, std::string_view word) {
  if (ascii::iequals(word, "from")) return &hop.from;
  if (ascii::iequals(word, "by")) return &hop.by;
  if (ascii::iequals(word, "with")) return &hop.with;
  if (ascii::iequals(word, "id")) return &hop.id;
  if (ascii::iequals(word, "for")) return &hop.only_to;
  return nullptr;
}

std::optional<int> number(std::string_view text, int most) {
  const auto value = ascii::parse_number(text, static_cast<std::uint64_t>(most));
  if (!value) return std::nullopt;
  return static_cast<int>(*value);
}

std::optional<int> month_named(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (ascii::iequals(text, kMonths[i])) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

// "+0700" in seconds.
std::optional<int> zone_seconds(std::string_view text) {
  if (ascii::iequals(text, "GMT") || ascii::iequals(text, "UT")) return 0;
  if (text.size() != 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto hours = number(text.substr(1, 2), 99);
  const auto minutes = number(text.substr(3, 2), 59);
  if (!hours || !minutes) return std::nullopt;
  const int seconds = *hours * 3'600 + *minutes * 60;
  return text[0] == '-' ? -seconds : seconds;
}

// "09:00" or "09:00:00" in seconds.
std::optional<int> time_of_day(std::string_view text) {
  if (text.size() != 5 && text.size() != 8) return std::nullopt;
  if (text[2] != ':' || (text.size() == 8 && text[5] != ':')) return std::nullopt;
  const auto hours = number(text.substr(0, 2), 23);
  const auto minutes = number(text.substr(3, 2), 59);
  const auto seconds = text.size() == 8 ? number(text.substr(6, 2), 60) : std::optional<int>(0);
  if (!hours || !minutes || !seconds) return std::nullopt;
  return *hours * 3'600 + *minutes * 60 + *seconds;
}

}  // namespace

std::optional<std::int64_t> read_date(std::string_view text) {
  std::vector<std::string_view> words = words_of(text.substr(0, 100));
  if (!words.empty() && words.front().back() == ',') words.erase(words.begin());
  if (words.size() < 5) return std::nullopt;
  const auto day = number(words[0], 31);
  const auto month = month_named(words[1]);
  const auto year = number(words[2], 9'999);
  const auto time = time_of_day(words[3]);
  const auto zone = zone_seconds(words[4]);
  if (!day || *day == 0 || !month || !year || *year < 1'900 || !time || !zone) return std::nullopt;
  return days_from_civil(*year, *month, *day) * 86'400 + *time - *zone;
}

ReceivedHop read_received(std::string_view value) {
  value = value.substr(0, kMostOctets);
  ReceivedHop hop;
  const std::size_t semicolon = value.rfind(';');
  if (semicolon != std::string_view::npos) {
    hop.date = ascii::trim(value.substr(semicolon + 1));
    hop.unix_seconds = read_date(hop.date);
    value = value.substr(0, semicolon);
  }
  std::string* clause = nullptr;
  for (const std::string_view word : words_of(value)) {
    std::string* named = clause_named(hop, word);
    if (named != nullptr && named->empty()) {
      clause = named;
    } else if (clause != nullptr) {
      if (!clause->empty()) *clause += ' ';
      *clause += word;
    }
  }
  return hop;
}

std::vector<ReceivedHop> read_hops(const Message& message, std::size_t most) {
  std::vector<ReceivedHop> hops;
  for (const Field& field : message.fields()) {
    if (hops.size() == most) break;
    if (ascii::iequals(field.name, "Received")) hops.push_back(read_received(field.value()));
  }
  std::reverse(hops.begin(), hops.end());
  return hops;
}

}  // namespace mailwalk::mail
