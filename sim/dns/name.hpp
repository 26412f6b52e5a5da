// A domain name (RFC 1035 section 3.1): labels of 1 to 63 octets, 255 octets in all.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailwalk::dns {

// Compares without regard to ASCII case and keeps the case it was written in (RFC 4343). Any octet
// may stand in a label. Always within the limits; the default is the root.
class Name {
 public:
  Name() = default;

  // From "mx.kantor.example" or "mx.kantor.example."; "." is the root. A backslash takes away the
  // meaning of the next character, "\046" is an octet in decimal (RFC 1035 section 5.1). nullopt:
  // empty, an empty label, a label above 63 or a name above 255 octets, a broken escape.
  static std::optional<Name> parse(std::string_view text);

  // From labels, the leftmost first; nullopt if one is empty or a limit is broken.
  static std::optional<Name> from_labels(const std::vector<std::string_view>& labels);

  // Without the final dot, for people and for mail: "mx.kantor.example"; the root is ".".
  [[nodiscard]] std::string text() const;
  // With the final dot, as zone files and dig have it: "mx.kantor.example.".
  [[nodiscard]] std::string absolute_text() const;

  [[nodiscard]] bool is_root() const { return wire_.empty(); }
  // Views into this name, the leftmost first.
  [[nodiscard]] std::vector<std::string_view> labels() const;
  // Without its leftmost label. REQUIRES !is_root().
  [[nodiscard]] Name parent() const;
  // Equal to `ancestor` or below it.
  [[nodiscard]] bool is_within(const Name& ancestor) const;
  // Length octets and labels as on the wire, uncompressed and without the root's zero.
  [[nodiscard]] std::string_view wire_labels() const { return wire_; }

  friend bool operator==(const Name& a, const Name& b);
  // The canonical order (RFC 4034 section 6.1): by labels from the right, so that what lies below a
  // name comes directly after it.
  friend bool operator<(const Name& a, const Name& b);

 private:
  std::string wire_;
};

}  // namespace mailwalk::dns
