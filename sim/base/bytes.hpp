// Immutable shared bytes: one copy of a mail, however many places and events hold it.
#pragma once

#include <atomic>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <limits>
#include <new>
#include <string_view>
#include <utility>

namespace mailwalk {

// A slice of immutable, shared octets. Copying costs a reference count. At most 4 GiB - 1.
//
// The octets lie behind their count in one piece of memory, and a slice is 16 octets itself: a
// journal holds millions of these, most of them as short as a command.
class Bytes {
 public:
  Bytes() = default;
  explicit Bytes(std::string_view bytes) : block_(Block::with(bytes)) {
    size_ = static_cast<std::uint32_t>(bytes.size());
  }

  Bytes(const Bytes& other) : block_(other.block_), offset_(other.offset_), size_(other.size_) {
    if (block_ != nullptr) block_->holders.fetch_add(1, std::memory_order_relaxed);
  }
  Bytes(Bytes&& other) noexcept
      : block_(std::exchange(other.block_, nullptr)),
        offset_(std::exchange(other.offset_, 0)),
        size_(std::exchange(other.size_, 0)) {}
  Bytes& operator=(Bytes other) noexcept {
    std::swap(block_, other.block_);
    std::swap(offset_, other.offset_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~Bytes() {
    if (block_ != nullptr) Block::let_go(block_);
  }

  [[nodiscard]] std::string_view view() const {
    return block_ != nullptr ? std::string_view(block_->octets() + offset_, size_)
                             : std::string_view{};
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  // Bytes [offset, offset + size) of this slice, sharing its memory. REQUIRES they are inside.
  [[nodiscard]] Bytes slice(std::size_t offset, std::size_t size) const {
    assert(offset <= size_ && size <= size_ - offset);
    if (size == 0) return {};
    Bytes part = *this;
    part.offset_ = offset_ + static_cast<std::uint32_t>(offset);
    part.size_ = static_cast<std::uint32_t>(size);
    return part;
  }

  friend bool operator==(const Bytes& a, const Bytes& b) { return a.view() == b.view(); }
  friend bool operator==(const Bytes& a, std::string_view b) { return a.view() == b; }

 private:
  // Before the octets themselves. Counted as std::shared_ptr counts: from any thread.
  struct Block {
    std::atomic<std::uint32_t> holders{1};

    [[nodiscard]] char* octets() { return reinterpret_cast<char*>(this + 1); }

    // nullptr for no octets.
    static Block* with(std::string_view bytes) {
      assert(bytes.size() <= std::numeric_limits<std::uint32_t>::max());
      if (bytes.empty()) return nullptr;
      auto* block = new (::operator new(sizeof(Block) + bytes.size())) Block;
      std::memcpy(block->octets(), bytes.data(), bytes.size());
      return block;
    }
    static void let_go(Block* block) {
      if (block->holders.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
      block->~Block();
      ::operator delete(block);
    }
  };

  Block* block_ = nullptr;
  std::uint32_t offset_ = 0;
  std::uint32_t size_ = 0;
};

static_assert(sizeof(Bytes) == 16 || sizeof(void*) != 8);

}  // namespace mailwalk
