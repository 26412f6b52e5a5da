// A 64-bit fingerprint of a run: the same on every machine if every byte fed to it is the same.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailwalk {

// FNV-1a over bytes. Numbers are fed as 8 bytes, least first; texts with their length before them,
// so that no two sequences of values look alike. It finds differences; it is no defence against
// somebody who wants two runs to look the same.
class Fingerprint {
 public:
  void add_bytes(std::string_view bytes) {
    for (const char c : bytes) add_byte(static_cast<unsigned char>(c));
  }
  void add_number(std::uint64_t number) {
    for (int i = 0; i < 8; ++i) add_byte(static_cast<unsigned char>(number >> (8 * i)));
  }
  void add_text(std::string_view text) {
    add_number(text.size());
    add_bytes(text);
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
  void add_byte(unsigned char byte) {
    hash_ ^= byte;
    hash_ *= 0x100000001b3;
  }
  std::uint64_t hash_ = 0xcbf29ce484222325;
};

}  // namespace mailwalk
