#include "dns/name.hpp"

#include <fmt/format.h>

#include <cassert>

#include "base/ascii.hpp"
#include "dns/limits.hpp"

namespace mailwalk::dns {
namespace {

// The root's zero octet is on the wire but not in Name::wire_.
constexpr std::size_t kMaxWireLabels = kMaxNameOctets - 1;

// One character of a master file, its escape taken away (RFC 1035 section 5.1):
//   \X    the character X, which is no digit
//   \DDD  the octet with this decimal number
struct Unescaped {
  char octet;
  std::size_t consumed;
  bool is_separator;
};

std::optional<Unescaped> unescape(std::string_view text) {
  if (text[0] != '\\') return Unescaped{text[0], 1, text[0] == '.'};
  if (text.size() < 2) return std::nullopt;
  if (!ascii::is_digit(text[1])) return Unescaped{text[1], 2, false};
  if (text.size() < 4) return std::nullopt;
  const auto number = ascii::parse_number(text.substr(1, 3), 255);
  if (!number) return std::nullopt;
  return Unescaped{static_cast<char>(*number), 4, false};
}

void append_escaped(std::string& out, std::string_view label) {
  for (const char c : label) {
    if (c == '.' || c == '\\' || c == '"' || c == ';' || c == '(' || c == ')' || c == '@' ||
        c == '$') {
      out += '\\';
      out += c;
    } else if (c > ' ' && c <= '~') {
      out += c;
    } else {
      out += fmt::format("\\{:03}", static_cast<unsigned char>(c));
    }
  }
}

bool less_label(std::string_view a, std::string_view b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    const auto x = static_cast<unsigned char>(ascii::lower(a[i]));
    const auto y = static_cast<unsigned char>(ascii::lower(b[i]));
    if (x != y) return x < y;
  }
  return a.size() < b.size();
}

}  // namespace

std::optional<Name> Name::parse(std::string_view text) {
  if (text == ".") return Name{};
  std::vector<std::string> labels(1);
  while (!text.empty()) {
    const auto next = unescape(text);
    if (!next) return std::nullopt;
    text.remove_prefix(next->consumed);
    if (!next->is_separator) {
      labels.back() += next->octet;
    } else if (!text.empty()) {
      labels.emplace_back();
    }
  }
  return from_labels({labels.begin(), labels.end()});
}

std::optional<Name> Name::from_labels(const std::vector<std::string_view>& labels) {
  Name name;
  for (const std::string_view label : labels) {
    if (label.empty() || label.size() > kMaxLabelOctets) return std::nullopt;
    if (name.wire_.size() + 1 + label.size() > kMaxWireLabels) return std::nullopt;
    name.wire_ += static_cast<char>(label.size());
    name.wire_ += label;
  }
  return name;
}

std::string Name::text() const {
  std::string out = absolute_text();
  if (!is_root()) out.pop_back();
  return out;
}

std::string Name::absolute_text() const {
  if (is_root()) return ".";
  std::string out;
  for (const std::string_view label : labels()) {
    append_escaped(out, label);
    out += '.';
  }
  return out;
}

std::vector<std::string_view> Name::labels() const {
  std::vector<std::string_view> out;
  std::string_view rest = wire_;
  while (!rest.empty()) {
    const auto size = static_cast<std::size_t>(rest[0]);
    out.push_back(rest.substr(1, size));
    rest.remove_prefix(1 + size);
  }
  return out;
}

Name Name::parent() const {
  assert(!is_root());
  Name above;
  above.wire_ = wire_.substr(1 + static_cast<std::size_t>(wire_[0]));
  return above;
}

bool Name::is_within(const Name& ancestor) const {
  Name name = *this;
  while (name.wire_.size() > ancestor.wire_.size()) name = name.parent();
  return name == ancestor;
}

// Length octets are below 64 and thus no letters, so that whole wire forms can be compared.
bool operator==(const Name& a, const Name& b) {
  return ascii::iequals(a.wire_, b.wire_);
}

bool operator<(const Name& a, const Name& b) {
  const auto left = a.labels();
  const auto right = b.labels();
  for (std::size_t i = 1; i <= left.size() && i <= right.size(); ++i) {
    const std::string_view x = left[left.size() - i];
    const std::string_view y = right[right.size() - i];
    if (!ascii::iequals(x, y)) return less_label(x, y);
  }
  return left.size() < right.size();
}

}  // namespace mailwalk::dns
