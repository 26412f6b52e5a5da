// Fields of the form "value; name=value; …": Content-Type and Content-Disposition (RFC 2045 section
// 5.1, RFC 2183).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailwalk::mail {

struct MimeParameter {
  std::string name;  // lower case
  std::string value;

  friend bool operator==(const MimeParameter&, const MimeParameter&) = default;
};

// The value of the first parameter of that (lower case) name; empty if there is none.
std::string_view find_parameter(const std::vector<MimeParameter>& parameters,
                                std::string_view name);

inline constexpr std::size_t kMaxMimeParameters = 100;  // of one field; more are not listed

struct MimeField {
  std::string value;  // lower case: "text/plain", "attachment"
  std::vector<MimeParameter> parameters;
};

// From an unfolded field value. Comments are skipped. What stands after the first thing that is no
// parameter is lost. nullopt if there is no value: for Content-Type "type/subtype", else a token.
enum class MimeFieldKind { ContentType, Token };
std::optional<MimeField> parse_mime_field(std::string_view text, MimeFieldKind kind);

}  // namespace mailwalk::mail
