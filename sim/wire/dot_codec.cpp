#include "wire/dot_codec.hpp"

#include <algorithm>
#include <utility>

namespace mailwalk::wire {

std::string dot_encode(std::string_view content) {
  static constexpr std::string_view kDotAtLineStart = "\r\n.";
  std::string wire;
  wire.reserve(content.size() + content.size() / 64 + 8);
  if (content.substr(0, 1) == ".") wire += '.';
  while (true) {
    const std::size_t found = content.find(kDotAtLineStart);
    if (found == std::string_view::npos) break;
    wire.append(content.substr(0, found + kDotAtLineStart.size()));
    wire += '.';
    content.remove_prefix(found + kDotAtLineStart.size());
  }
  wire.append(content);
  const bool ends_a_line =
      wire.empty() || (wire.size() >= 2 && wire.compare(wire.size() - 2, 2, "\r\n") == 0);
  wire += ends_a_line ? ".\r\n" : "\r\n.\r\n";
  return wire;
}

DotDecoder::DotDecoder(Limits limits) : limits_(limits) {}

std::size_t DotDecoder::feed(std::string_view bytes) {
  std::size_t taken = 0;
  if (!too_big()) content_.reserve(content_.size() + bytes.size());
  while (taken < bytes.size() && place_ != Place::Done) {
    const char octet = bytes[taken];
    switch (place_) {
      case Place::LineStart:
        place_ = octet == '.' ? Place::AfterDot : Place::Text;
        if (place_ == Place::AfterDot) ++taken;
        break;
      case Place::AfterDot:  // the dot is stuffing unless CRLF follows, and is content in no case
        place_ = octet == '\r' ? Place::AfterDotCr : Place::Text;
        if (place_ == Place::AfterDotCr) ++taken;
        break;
      case Place::AfterDotCr:
        if (octet == '\n') {
          place_ = Place::Done;
          ++taken;
        } else {
          keep("\r");
          place_ = Place::TextAfterCr;
        }
        break;
      case Place::Text:
      case Place::TextAfterCr: taken += feed_text(bytes.substr(taken)); break;
      case Place::Done: break;
    }
  }
  return taken;
}

std::string DotDecoder::take() {
  return std::exchange(content_, {});
}

// Takes what belongs to the current line, at most up to its next LF, all of which is content.
std::size_t DotDecoder::feed_text(std::string_view bytes) {
  const std::size_t line_feed = bytes.find('\n');
  const bool has_line_feed = line_feed != std::string_view::npos;
  const std::string_view taken = has_line_feed ? bytes.substr(0, line_feed + 1) : bytes;
  const std::string_view text = bytes.substr(0, line_feed);
  const bool cr_before = place_ == Place::TextAfterCr;
  const bool cr_at_end = text.empty() ? cr_before : text.back() == '\r';

  if (!text.empty()) {
    bare_cr_ |= cr_before || text.substr(0, text.size() - 1).find('\r') != std::string_view::npos;
  }
  keep(taken);
  if (has_line_feed && cr_at_end) {
    place_ = Place::LineStart;
    line_octets_ = 0;
  } else {
    bare_lf_ |= has_line_feed;
    place_ = cr_at_end && !has_line_feed ? Place::TextAfterCr : Place::Text;
  }
  return taken.size();
}

void DotDecoder::keep(std::string_view content) {
  size_ += content.size();
  line_octets_ += content.size();
  longest_line_ = std::max(longest_line_, line_octets_);
  if (too_big()) {
    content_ = std::string();  // gives the memory back, which clear() does not
  } else {
    content_.append(content);
  }
}

}  // namespace mailwalk::wire
