// A value that several holders share until one of them changes it: copy on write.
#pragma once

#include <memory>
#include <utility>

namespace mailwalk::journal {

// Copying costs a reference count. edit() copies the value first if somebody else holds it too, so
// nobody ever sees a value change that is not his own.
template <class T>
class Shared {
 public:
  Shared() : value_(std::make_shared<T>()) {}
  explicit Shared(T value) : value_(std::make_shared<T>(std::move(value))) {}

  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }

  // The reference is good until this is copied or goes away.
  T& edit() {
    if (value_.use_count() != 1) value_ = std::make_shared<T>(*value_);
    return *value_;
  }

  // The very same value, not only an equal one: then nothing about it has changed.
  [[nodiscard]] bool is_same(const Shared& other) const { return value_ == other.value_; }

 private:
  std::shared_ptr<T> value_;
};

}  // namespace mailwalk::journal
