// Numbers as octets, the least one first, in whatever order the machine itself keeps them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailwalk {

// Appends as many octets as the number's type has.
template <class Number>
void put_little_endian(std::string& out, Number number) {
  std::array<char, sizeof(Number)> octets{};
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    octets[i] = static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * i) & 255);
  }
  out.append(octets.data(), octets.size());
}

// Takes them from the front. False: there are not so many left, and nothing was taken.
template <class Number>
bool take_little_endian(std::string_view& in, Number& number) {
  if (in.size() < sizeof(Number)) return false;
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(in[i])) << (8 * i);
  }
  in.remove_prefix(sizeof(Number));
  number = static_cast<Number>(bits);
  return true;
}

}  // namespace mailwalk
