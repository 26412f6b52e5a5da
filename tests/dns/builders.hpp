// Short ways to write DNS values in tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dns/message.hpp"
#include "dns/zone_set.hpp"
#include "tests/support/catch.hpp"

namespace mailwalk::dns::test {

inline Name domain(std::string_view text) {
  const auto name = Name::parse(text);
  INFO("domain name " << text);
  REQUIRE(name);
  return *name;
}

inline IpAddress ip(std::string_view text) {
  const auto address = IpAddress::parse(text);
  REQUIRE(address);
  return *address;
}

inline ResourceRecord a(std::string_view at, std::string_view address) {
  return {domain(at), AData{ip(address)}};
}
inline ResourceRecord mx(std::string_view at, std::uint16_t preference, std::string_view exchange) {
  return {domain(at), MxData{preference, domain(exchange)}};
}
inline ResourceRecord cname(std::string_view at, std::string_view target) {
  return {domain(at), CnameData{domain(target)}};
}
inline ResourceRecord ns(std::string_view at, std::string_view host) {
  return {domain(at), NsData{domain(host)}};
}

inline Zone zone(std::string_view apex, const std::vector<ResourceRecord>& records) {
  Zone zone(domain(apex));
  for (const ResourceRecord& record : records) {
    const Done added = zone.add(record);
    INFO((added ? std::string("added") : added.error().text()));
    REQUIRE(added.ok());
  }
  return zone;
}

inline Message query(std::string_view at, RecordType type) {
  Message message;
  message.id = 0x1234;
  message.recursion_desired = true;
  message.questions = {{domain(at), type}};
  return message;
}

inline std::string from_hex(std::string_view digits) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  REQUIRE(digits.size() % 2 == 0);
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const std::size_t high = kDigits.find(digits[i]);
    const std::size_t low = kDigits.find(digits[i + 1]);
    REQUIRE(high < 16);
    REQUIRE(low < 16);
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

inline std::string to_hex(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits;
  for (const char c : bytes) {
    digits += kDigits[static_cast<unsigned char>(c) >> 4];
    digits += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return digits;
}

}  // namespace mailwalk::dns::test
