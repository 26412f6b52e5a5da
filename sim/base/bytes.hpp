// Immutable shared bytes: one copy of a mail, however many places and events hold it.
#pragma once

#include <cassert>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace mailwalk {

// A slice of an immutable, shared string. Copying costs a reference count. At most 4 GiB - 1.
class Bytes {
 public:
  Bytes() = default;
  explicit Bytes(std::string bytes) {
    assert(bytes.size() <= std::numeric_limits<std::uint32_t>::max());
    if (bytes.empty()) return;
    size_ = static_cast<std::uint32_t>(bytes.size());
    whole_ = std::make_shared<const std::string>(std::move(bytes));
  }
  explicit Bytes(std::string_view bytes) : Bytes(std::string(bytes)) {}
  explicit Bytes(const char* text) : Bytes(std::string(text)) {}

  [[nodiscard]] std::string_view view() const {
    return whole_ ? std::string_view(*whole_).substr(offset_, size_) : std::string_view{};
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  // Bytes [offset, offset + size) of this slice, sharing its memory. REQUIRES they are inside.
  [[nodiscard]] Bytes slice(std::size_t offset, std::size_t size) const {
    assert(offset <= size_ && size <= size_ - offset);
    Bytes part;
    if (size == 0) return part;
    part.whole_ = whole_;
    part.offset_ = offset_ + static_cast<std::uint32_t>(offset);
    part.size_ = static_cast<std::uint32_t>(size);
    return part;
  }

  friend bool operator==(const Bytes& a, const Bytes& b) { return a.view() == b.view(); }
  friend bool operator==(const Bytes& a, std::string_view b) { return a.view() == b; }

 private:
  std::shared_ptr<const std::string> whole_;
  std::uint32_t offset_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace mailwalk
