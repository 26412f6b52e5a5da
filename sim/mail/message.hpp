// A mail: its octets as they came, and an index of its header.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "mail/header.hpp"

namespace mailwalk::mail {

// Any bytes make a Message; what in them is no header is body. Copies share the octets. Views and
// fields stay valid as long as one Message or Bytes with these octets lives.
class Message {
 public:
  Message() = default;
  explicit Message(Bytes raw);

  [[nodiscard]] const Bytes& raw() const { return raw_; }
  [[nodiscard]] std::size_t size() const { return raw_.size(); }

  [[nodiscard]] std::span<const Field> fields() const { return index_.fields(); }
  // The first field of that name, in any case.
  [[nodiscard]] std::optional<Field> find(std::string_view name) const { return index_.find(name); }
  [[nodiscard]] std::size_t count(std::string_view name) const { return index_.count(name); }

  // All fields with their CRLFs, without the empty line that ends them.
  [[nodiscard]] std::string_view header() const { return raw_.view().substr(0, index_.size()); }
  [[nodiscard]] std::string_view body() const { return raw_.view().substr(body_offset()); }
  // Octets of the header and its empty line.
  [[nodiscard]] std::size_t body_offset() const { return index_.body_offset(); }
  // See HeaderIndex: nothing in the header had to be guessed.
  [[nodiscard]] bool well_formed() const { return index_.well_formed(); }

  // The subject for people: unfolded, encoded words decoded (RFC 2047), always valid UTF-8.
  [[nodiscard]] std::string decoded_subject() const;

  // Whether any octet is above 127, so that the mail needs 8BITMIME.
  [[nodiscard]] bool has_8bit() const;

 private:
  Bytes raw_;
  HeaderIndex index_;
};

// The content of a file as a mail's: every LF without CR becomes CRLF, and so ends the last line.
// A bare CR stays.
std::string normalise_line_ends(std::string_view file);

}  // namespace mailwalk::mail
