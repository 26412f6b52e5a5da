// What is wrong with a scenario file: errors with their places, collected so that all can be shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace mailwalk::world {

// A position in a text file, both from 1; 0 = not known. Columns count characters, not octets.
struct Place {
  int line = 0;
  int column = 0;
  friend bool operator==(Place, Place) = default;
};

// An error that is not yet about a place.
inline Error make_error(std::string what, std::string remedy = {}) {
  Error error;
  error.what = std::move(what);
  error.remedy = std::move(remedy);
  return error;
}

// Somebody's text in quotes for a message: printable (wire/printable.hpp), a long one cut short.
std::string in_quotes(std::string_view text);

class Problems {
 public:
  // Who has so many mistakes reads no further; and a file of nothing but mistakes costs no memory.
  static constexpr std::size_t kMost = 20;

  explicit Problems(std::string file) : file_(std::move(file)) {}

  void add(Place place, std::string what, std::string remedy = {});
  void add(Place place, const Error& error) { add(place, error.what, error.remedy); }

  [[nodiscard]] bool none() const { return errors_.empty(); }
  [[nodiscard]] std::size_t count() const { return errors_.size(); }

  // In the order of the file. Leaves none behind.
  std::vector<Error> take();

 private:
  std::string file_;
  std::vector<Error> errors_;
};

}  // namespace mailwalk::world
