// The answers to STAT, LIST and UIDL as values, to and from text (RFC 1939 sections 5 and 7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pop3/command.hpp"

namespace mailwalk::pop3 {

// What a maildrop holds, messages marked as deleted left out.
struct DropListing {
  std::uint32_t messages = 0;
  std::uint64_t octets = 0;
  friend bool operator==(const DropListing&, const DropListing&) = default;
};

// One message's size: octets with CRLF line ends, before dot-stuffing.
struct ScanListing {
  MessageNumber number;
  std::uint64_t octets = 0;
  friend bool operator==(const ScanListing&, const ScanListing&) = default;
};

// One message's lasting name: 1 to 70 characters of 0x21 to 0x7E.
struct UniqueIdListing {
  MessageNumber number;
  std::string uid;
  friend bool operator==(const UniqueIdListing&, const UniqueIdListing&) = default;
};

bool valid_unique_id(std::string_view text);

// "2 320", "1 120", "1 0000000168a1b2c3".
std::string text(const DropListing& listing);
std::string text(const ScanListing& listing);
std::string text(const UniqueIdListing& listing);

// From the text behind "+OK " or from a line of a multi-line reply; what stands behind a further
// blank is ignored, as RFC 1939 section 5 allows servers to add it. nullopt if it is not one.
std::optional<DropListing> parse_drop_listing(std::string_view line);
std::optional<ScanListing> parse_scan_listing(std::string_view line);
std::optional<UniqueIdListing> parse_unique_id_listing(std::string_view line);

// A whole multi-line reply's content in CRLF lines; nullopt if one line is wrong, a number comes
// twice, or there are more than `max_lines`.
std::optional<std::vector<ScanListing>> parse_scan_listings(std::string_view content,
                                                            std::size_t max_lines);
std::optional<std::vector<UniqueIdListing>> parse_unique_id_listings(std::string_view content,
                                                                     std::size_t max_lines);

}  // namespace mailwalk::pop3
