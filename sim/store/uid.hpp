// The lasting name of a message in a maildrop, as UIDL tells it (RFC 1939 section 7).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace mailwalk::store {

// 1 to 70 characters of 0x21 to 0x7E. It is neither a message number, which holds for one session
// only, nor a place in a list.
class Uid {
 public:
  // The serial of the message in its maildrop and the maildrop's own number, 8 hexadecimal digits
  // each: a maildrop that is made anew under another number never repeats an old UID.
  Uid(std::uint64_t serial, std::uint32_t maildrop_number);
  // nullopt if the text is no UID. Other servers' UIDs look otherwise than ours.
  static std::optional<Uid> parse(std::string_view text);

  // Of one of ours, which maildrop gave it, and as which.
  static std::optional<std::uint32_t> maildrop_number(std::string_view text);
  static std::optional<std::uint64_t> serial(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }

  friend bool operator==(const Uid&, const Uid&) = default;
  friend bool operator<(const Uid& a, const Uid& b) { return a.text_ < b.text_; }

 private:
  explicit Uid(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace mailwalk::store
