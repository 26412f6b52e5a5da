#include "pop3/listing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "base/ascii.hpp"

namespace mailwalk::pop3 {
namespace {

// The two words that every listing begins with, a single blank between them.
struct TwoWords {
  std::string_view first;
  std::string_view second;
};

std::optional<TwoWords> first_two_words(std::string_view line) {
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const std::string_view rest = line.substr(blank + 1);
  return TwoWords{line.substr(0, blank), rest.substr(0, rest.find(' '))};
}

std::optional<MessageNumber> parse_message_number(std::string_view word) {
  const auto number = ascii::parse_number(word, std::numeric_limits<std::uint32_t>::max());
  if (!number || *number == 0) return std::nullopt;
  return MessageNumber{static_cast<std::uint32_t>(*number)};
}

template <class Listing>
bool a_number_comes_twice(const std::vector<Listing>& listings) {
  std::vector<MessageNumber> numbers;
  numbers.reserve(listings.size());
  for (const Listing& listing : listings) numbers.push_back(listing.number);
  std::sort(numbers.begin(), numbers.end());
  return std::adjacent_find(numbers.begin(), numbers.end()) != numbers.end();
}

template <class Listing>
std::optional<std::vector<Listing>> parse_lines(
    std::string_view content, std::size_t max_lines,
    std::optional<Listing> (*parse_line)(std::string_view)) {
  std::vector<Listing> listings;
  while (!content.empty()) {
    const std::size_t end = content.find("\r\n");
    if (end == std::string_view::npos || listings.size() == max_lines) return std::nullopt;
    auto listing = parse_line(content.substr(0, end));
    if (!listing) return std::nullopt;
    listings.push_back(std::move(*listing));
    content.remove_prefix(end + 2);
  }
  if (a_number_comes_twice(listings)) return std::nullopt;
  return listings;
}

}  // namespace

bool valid_unique_id(std::string_view text) {
  return !text.empty() && text.size() <= 70 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x21 && c <= 0x7E; });
}

std::string text(const DropListing& listing) {
  return fmt::format("{} {}", listing.messages, listing.octets);
}

std::string text(const ScanListing& listing) {
  return fmt::format("{} {}", listing.number.value(), listing.octets);
}

std::string text(const UniqueIdListing& listing) {
  return fmt::format("{} {}", listing.number.value(), listing.uid);
}

std::optional<DropListing> parse_drop_listing(std::string_view line) {
  const auto words = first_two_words(line);
  if (!words) return std::nullopt;
  const auto messages =
      ascii::parse_number(words->first, std::numeric_limits<std::uint32_t>::max());
  const auto octets = ascii::parse_number(words->second);
  if (!messages || !octets) return std::nullopt;
  return DropListing{static_cast<std::uint32_t>(*messages), *octets};
}

std::optional<ScanListing> parse_scan_listing(std::string_view line) {
  const auto words = first_two_words(line);
  if (!words) return std::nullopt;
  const auto number = parse_message_number(words->first);
  const auto octets = ascii::parse_number(words->second);
  if (!number || !octets) return std::nullopt;
  return ScanListing{*number, *octets};
}

std::optional<UniqueIdListing> parse_unique_id_listing(std::string_view line) {
  const auto words = first_two_words(line);
  if (!words) return std::nullopt;
  const auto number = parse_message_number(words->first);
  if (!number || !valid_unique_id(words->second)) return std::nullopt;
  return UniqueIdListing{*number, std::string(words->second)};
}

std::optional<std::vector<ScanListing>> parse_scan_listings(std::string_view content,
                                                            std::size_t max_lines) {
  return parse_lines<ScanListing>(content, max_lines, parse_scan_listing);
}

std::optional<std::vector<UniqueIdListing>> parse_unique_id_listings(std::string_view content,
                                                                     std::size_t max_lines) {
  return parse_lines<UniqueIdListing>(content, max_lines, parse_unique_id_listing);
}

}  // namespace mailwalk::pop3
