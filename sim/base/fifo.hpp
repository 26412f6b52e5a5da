// What waits for its turn: the first to come is the first to go.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace mailwalk {

// As std::deque where that is used as a queue, but it keeps its memory: most queues of a server
// hold a few things at a time and are empty again, a million times over.
template <class T>
class Fifo {
 public:
  [[nodiscard]] bool empty() const { return first_ == items_.size(); }
  [[nodiscard]] std::size_t size() const { return items_.size() - first_; }

  // REQUIRES index < size(). 0 is the next to go.
  [[nodiscard]] T& operator[](std::size_t index) { return items_[first_ + index]; }
  [[nodiscard]] const T& operator[](std::size_t index) const { return items_[first_ + index]; }
  // REQUIRE that it is not empty.
  [[nodiscard]] T& front() { return items_[first_]; }
  [[nodiscard]] const T& front() const { return items_[first_]; }
  [[nodiscard]] T& back() { return items_.back(); }

  auto begin() { return items_.begin() + static_cast<std::ptrdiff_t>(first_); }
  auto end() { return items_.end(); }
  auto begin() const { return items_.begin() + static_cast<std::ptrdiff_t>(first_); }
  auto end() const { return items_.end(); }

  void push_back(T item) { items_.push_back(std::move(item)); }
  // REQUIRE that it is not empty. What has gone is dropped when nothing is left, or once it is many
  // and half of all: each item moves about once.
  void pop_front() {
    ++first_;
    if (empty()) return clear();
    if (first_ < kMany || first_ * 2 < items_.size()) return;
    items_.erase(items_.begin(), begin());
    first_ = 0;
  }
  void pop_back() { items_.pop_back(); }
  void clear() {
    items_.clear();
    first_ = 0;
  }

 private:
  static constexpr std::size_t kMany = 16;

  std::vector<T> items_;
  std::size_t first_ = 0;  // those before it have gone
};

}  // namespace mailwalk
