// A 64-bit fingerprint of a run: the same on every machine if every byte fed to it is the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailwalk {

// Mixes 64-bit words: numbers as they are; texts with their length before them, in words of 8
// octets, least octet first, the last one filled up with zeros. So no two sequences of values look
// alike, and nothing depends on the machine. It finds differences; it is no defence against
// somebody who wants two runs to look the same.
class Fingerprint {
 public:
  void add_number(std::uint64_t number) {
    hash_ = (hash_ ^ number) * 0x9fb21c651e98df25;
    hash_ ^= hash_ >> 32;
  }
  void add_text(std::string_view text) {
    add_number(text.size());
    for (; text.size() >= 8; text.remove_prefix(8)) add_number(whole_word(text));
    if (!text.empty()) add_number(last_word(text));
  }

  [[nodiscard]] std::uint64_t value() const { return hash_; }
  // 16 hexadecimal digits.
  [[nodiscard]] std::string text() const {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out(16, '0');
    for (int i = 0; i < 16; ++i) {
      out[static_cast<std::size_t>(15 - i)] = kDigits[(hash_ >> (4 * i)) & 15];
    }
    return out;
  }

 private:
  static std::uint64_t octet(std::string_view text, std::size_t at) {
    return std::uint64_t{static_cast<unsigned char>(text[at])} << (8 * at);
  }
  // Written out, so that compilers see that it is one load.
  static std::uint64_t whole_word(std::string_view text) {
    return octet(text, 0) | octet(text, 1) | octet(text, 2) | octet(text, 3) | octet(text, 4) |
           octet(text, 5) | octet(text, 6) | octet(text, 7);
  }
  static std::uint64_t last_word(std::string_view text) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < text.size(); ++i) number |= octet(text, i);
    return number;
  }

  std::uint64_t hash_ = 0xcbf29ce484222325;
};

}  // namespace mailwalk
