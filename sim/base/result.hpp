// Errors that are somebody else's: a file, an argument, a recording. They say where and what to do.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace mailwalk {

// What is wrong with something a person gave us, where, and what would be right.
struct Error {
  std::string what;    // "the link names a machine that does not exist: \"mta2\""
  std::string remedy;  // "did you mean \"mta\"?"; empty if there is nothing to say
  std::string file;    // empty if it is not about a file
  int line = 0;        // from 1; 0 = not known
  int column = 0;      // from 1; 0 = not known

  // "lessons/x.toml:12:7: the link names …; did you mean \"mta\"?"
  [[nodiscard]] std::string text() const;
};

// Either a T or the Error that stands in its place.
template <class T>
class Result {
 public:
  Result(T value) : content_(std::move(value)) {}      // NOLINT: a value is a result
  Result(Error error) : content_(std::move(error)) {}  // NOLINT: so is an error

  [[nodiscard]] bool ok() const { return std::holds_alternative<T>(content_); }
  explicit operator bool() const { return ok(); }

  // REQUIRES ok().
  [[nodiscard]] T& value() & {
    assert(ok());
    return *std::get_if<T>(&content_);
  }
  [[nodiscard]] const T& value() const& {
    assert(ok());
    return *std::get_if<T>(&content_);
  }
  [[nodiscard]] T&& value() && {
    assert(ok());
    return std::move(*std::get_if<T>(&content_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // REQUIRES !ok().
  [[nodiscard]] const Error& error() const {
    assert(!ok());
    return *std::get_if<Error>(&content_);
  }

 private:
  std::variant<T, Error> content_;
};

// The result of something that yields nothing but may fail.
using Done = Result<std::monostate>;
inline Done done() {
  return Done{std::monostate{}};
}

}  // namespace mailwalk
