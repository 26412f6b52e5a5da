#include "wire/base64.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace mailwalk::wire {

namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoDigit = 255;

constexpr std::array<std::uint8_t, 256> make_digit_values() {
  std::array<std::uint8_t, 256> values{};
  for (std::uint8_t& value : values) value = kNoDigit;
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}
constexpr auto kDigitValues = make_digit_values();

std::uint8_t digit_value(char c) {
  return kDigitValues[static_cast<unsigned char>(c)];
}

// Gathers digits of 6 bits and gives out octets of 8.
class BitGatherer {
 public:
  void add(std::uint8_t digit) {
    bits_ = bits_ << 6 | digit;
    count_ += 6;
    if (count_ >= 8) {
      count_ -= 8;
      octets_ += static_cast<char>(bits_ >> count_ & 0xFF);
    }
    bits_ &= 0xFF;
  }
  // The bits that filled no octet.
  [[nodiscard]] std::uint32_t left_over() const { return bits_ & ((1U << count_) - 1); }
  void reserve(std::size_t octets) { octets_.reserve(octets); }
  std::string take() { return std::move(octets_); }

 private:
  std::uint32_t bits_ = 0;
  unsigned count_ = 0;
  std::string octets_;
};

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view group = bytes.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      bits = bits << 8 | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text += k <= group.size() ? kAlphabet[bits >> (18 - 6 * k) & 63] : '=';
    }
  }
  return text;
}

std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && !text.empty() && text.back() == '=') {
    text.remove_suffix(1);
    ++padding;
  }
  BitGatherer gatherer;
  gatherer.reserve(text.size() / 4 * 3 + 3);
  for (const char c : text) {
    const std::uint8_t digit = digit_value(c);
    if (digit == kNoDigit) return std::nullopt;
    gatherer.add(digit);
  }
  if (gatherer.left_over() != 0) return std::nullopt;
  return gatherer.take();
}

std::string base64_decode_lenient(std::string_view text) {
  BitGatherer gatherer;
  gatherer.reserve(text.size() / 4 * 3 + 3);
  for (const char c : text) {
    if (c == '=') break;
    const std::uint8_t digit = digit_value(c);
    if (digit != kNoDigit) gatherer.add(digit);
  }
  return gatherer.take();
}

}  // namespace mailwalk::wire
