#include "store/uid.hpp"

#include <fmt/compile.h>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace mailwalk::store {
namespace {

constexpr std::size_t kNumberDigits = 8;

template <class Number>
std::optional<Number> read_hexadecimal(std::string_view digits) {
  Number number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return number;
}

}  // namespace

Uid::Uid(std::uint64_t serial, std::uint32_t maildrop_number)
    : text_(fmt::format(FMT_COMPILE("{:08x}{:08x}"), serial, maildrop_number)) {}

std::optional<Uid> Uid::parse(std::string_view text) {
  const bool printable =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x21 && c <= 0x7E; });
  if (text.empty() || text.size() > 70 || !printable) return std::nullopt;
  return Uid(std::string(text));
}

std::optional<std::uint32_t> Uid::maildrop_number(std::string_view text) {
  if (text.size() < 2 * kNumberDigits) return std::nullopt;
  return read_hexadecimal<std::uint32_t>(text.substr(text.size() - kNumberDigits));
}

std::optional<std::uint64_t> Uid::serial(std::string_view text) {
  if (text.size() < 2 * kNumberDigits) return std::nullopt;
  return read_hexadecimal<std::uint64_t>(text.substr(0, text.size() - kNumberDigits));
}

}  // namespace mailwalk::store
