// Numbers as octets, the least one first, in whatever order the machine itself keeps them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mailwalk {

// Appends as many octets as the types of the numbers have.
template <class... Numbers>
void put_little_endian(std::string& out, Numbers... numbers) {
  std::array<char, (sizeof(Numbers) + ...)> octets;
  char* next = octets.data();
  // Written out, so that compilers see that each number is one store.
  const auto put = [&next]<class Number, std::size_t... I>(Number number,
                                                           std::index_sequence<I...>) {
    ((next[I] = static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * I) & 255)), ...);
    next += sizeof(Number);
  };
  (put(numbers, std::make_index_sequence<sizeof(Numbers)>()), ...);
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
