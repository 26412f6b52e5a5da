#include "mail/mime_field.hpp"

#include <utility>

#include "base/ascii.hpp"

namespace mailwalk::mail {

namespace {

// The functions below read a piece of grammar from the start of `rest` and leave what follows it.

// CFWS of RFC 5322 section 3.2.2 in an unfolded value: blanks and nested comments.
void skip_blanks_and_comments(std::string_view& rest) {
  std::size_t depth = 0;
  while (!rest.empty()) {
    const char c = rest.front();
    if (c == '(') ++depth;
    if (depth == 0 && !ascii::is_blank(c)) return;
    if (c == ')') --depth;
    rest.remove_prefix(c == '\\' && rest.size() > 1 ? 2 : 1);
  }
}

bool take_token_mark(std::string_view& rest, char c) {
  skip_blanks_and_comments(rest);
  if (rest.empty() || rest.front() != c) return false;
  rest.remove_prefix(1);
  return true;
}

// token = 1*<any CHAR except SPACE, CTLs, or tspecials> (RFC 2045 section 5.1); empty if there is
// none. 8-bit octets are taken too: file names hold them, whatever the grammar says.
std::string_view take_token(std::string_view& rest) {
  static constexpr std::string_view kTspecials = "()<>@,;:\\\"/[]?=";
  skip_blanks_and_comments(rest);
  std::size_t length = 0;
  while (length < rest.size() && rest[length] != ' ' && !ascii::is_control(rest[length]) &&
         kTspecials.find(rest[length]) == std::string_view::npos) {
    ++length;
  }
  const std::string_view token = rest.substr(0, length);
  rest.remove_prefix(length);
  return token;
}

// A quoted-string after its opening quote; a missing closing one is taken as standing at the end.
std::string take_quoted(std::string_view& rest) {
  std::string value;
  while (!rest.empty() && rest.front() != '"') {
    if (rest.front() == '\\' && rest.size() > 1) rest.remove_prefix(1);
    value += rest.front();
    rest.remove_prefix(1);
  }
  if (!rest.empty()) rest.remove_prefix(1);
  return value;
}

// parameter = attribute "=" ( token / quoted-string )
std::optional<MimeParameter> take_parameter(std::string_view& rest) {
  const std::string_view name = take_token(rest);
  if (name.empty() || !take_token_mark(rest, '=')) return std::nullopt;
  MimeParameter parameter{ascii::to_lower(name), {}};
  parameter.value = take_token_mark(rest, '"') ? take_quoted(rest) : std::string(take_token(rest));
  return parameter;
}

}  // namespace

std::string_view find_parameter(const std::vector<MimeParameter>& parameters,
                                std::string_view name) {
  for (const MimeParameter& known : parameters) {
    if (known.name == name) return known.value;
  }
  return {};
}

std::optional<MimeField> parse_mime_field(std::string_view text, MimeFieldKind kind) {
  MimeField field;
  field.value = ascii::to_lower(take_token(text));
  if (field.value.empty()) return std::nullopt;
  if (kind == MimeFieldKind::ContentType) {
    if (!take_token_mark(text, '/')) return std::nullopt;
    const std::string_view subtype = take_token(text);
    if (subtype.empty()) return std::nullopt;
    field.value += '/' + ascii::to_lower(subtype);
  }
  while (field.parameters.size() < kMaxMimeParameters && take_token_mark(text, ';')) {
    auto parameter = take_parameter(text);
    if (parameter) field.parameters.push_back(std::move(*parameter));
  }
  return field;
}

}  // namespace mailwalk::mail
