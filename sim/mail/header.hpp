// The fields at the head of a mail or of a MIME part (RFC 5322 section 2.2), found in any bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailwalk::mail {

// One field. It points into the text it was found in.
struct Field {
  std::string_view name;  // as written
  std::string_view raw;   // "Name: value CRLF" with its folding

  // What follows the colon, unfolded and without blanks at its ends.
  [[nodiscard]] std::string value() const;
};

// Which fields stand where. It points into the text that it was made of.
class HeaderIndex {
 public:
  // More fields than these are not listed, so that no mail can fill the memory with its header.
  static constexpr std::size_t kMaxFields = 10'000;

  HeaderIndex() = default;
  // The header is every line from the start of text that is a field or continues one. It ends with
  // an empty line; without one, with the first line that is neither (which is body then).
  explicit HeaderIndex(std::string_view text);

  [[nodiscard]] std::span<const Field> fields() const { return fields_; }
  // The first field of that name, in any case.
  [[nodiscard]] std::optional<Field> find(std::string_view name) const;
  [[nodiscard]] std::size_t count(std::string_view name) const;

  // Octets of all fields, without the empty line.
  [[nodiscard]] std::size_t size() const { return size_; }
  // Where the body begins: after the empty line.
  [[nodiscard]] std::size_t body_offset() const { return body_offset_; }
  // It ended with an empty line or with the text, all its fields are listed, and none holds a bare
  // CR, a bare LF or a NUL.
  [[nodiscard]] bool well_formed() const { return well_formed_; }

 private:
  std::vector<Field> fields_;
  std::size_t size_ = 0;
  std::size_t body_offset_ = 0;
  bool well_formed_ = true;
};

}  // namespace mailwalk::mail
