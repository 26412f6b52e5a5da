#include "mail/header.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "mail/folding.hpp"

namespace mailwalk::mail {

namespace {

constexpr std::string_view kCrlf = "\r\n";

// The line at `start`, with its CRLF if it has one.
std::string_view line_at(std::string_view text, std::size_t start) {
  const std::size_t end = text.find(kCrlf, start);
  return end == std::string_view::npos ? text.substr(start)
                                       : text.substr(start, end + kCrlf.size() - start);
}

// field-name = 1*ftext;  ftext = %d33-57 / %d59-126 (RFC 5322 section 3.6.8). Blanks before the
// colon are obsolete syntax (section 4.5), still to be read. Empty if the line is no field.
std::string_view field_name(std::string_view line) {
  const std::size_t end = line.find(':');
  if (end == std::string_view::npos) return {};
  std::string_view name = line.substr(0, end);
  while (!name.empty() && ascii::is_blank(name.back())) name.remove_suffix(1);
  const auto is_ftext = [](char c) { return c > ' ' && c <= '~'; };
  return std::all_of(name.begin(), name.end(), is_ftext) ? name : std::string_view{};
}

bool has_stray_octet(std::string_view line) {
  if (line.size() >= 2 && line.substr(line.size() - 2) == kCrlf) line.remove_suffix(2);
  const auto has = [line](char c) { return line.find(c) != std::string_view::npos; };
  return has('\r') || has('\n') || has('\0');
}

}  // namespace

std::string Field::value() const {
  const std::string unfolded = unfold(raw.substr(raw.find(':') + 1));
  return std::string(ascii::trim(unfolded));
}

HeaderIndex::HeaderIndex(std::string_view text) {
  bool listed = false;  // whether the field being read is in fields_
  while (size_ < text.size()) {
    const std::string_view line = line_at(text, size_);
    if (line == kCrlf) {
      body_offset_ = size_ + kCrlf.size();
      return;
    }
    const bool continues = size_ > 0 && ascii::is_blank(line.front());
    const std::string_view name = continues ? std::string_view{} : field_name(line);
    if (!continues && name.empty()) {
      well_formed_ = false;
      break;
    }
    if (!continues) listed = fields_.size() < kMaxFields;
    if (listed && continues) {
      std::string_view& raw = fields_.back().raw;
      raw = std::string_view(raw.data(), raw.size() + line.size());
    } else if (listed) {
      fields_.push_back({name, line});
    }
    well_formed_ &= listed && !has_stray_octet(line);
    size_ += line.size();
  }
  body_offset_ = size_;
}

std::optional<Field> HeaderIndex::find(std::string_view name) const {
  for (const Field& field : fields_) {
    if (ascii::iequals(field.name, name)) return field;
  }
  return std::nullopt;
}

std::size_t HeaderIndex::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(fields_.begin(), fields_.end(),
                    [name](const Field& field) { return ascii::iequals(field.name, name); }));
}

}  // namespace mailwalk::mail
