// Dot-stuffing: how a text travels inside a line protocol (RFC 5321 section 4.5.2, RFC 1939 section
// 3).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mailwalk::wire {

// Content in CRLF lines, stuffed and ended by CRLF.CRLF. A last line without CRLF gets one; empty
// content is the terminator alone, ".CRLF". Bare CR and LF are octets like any other.
std::string dot_encode(std::string_view content);

// The other direction, fed in any segmentation. It begins at the start of a line, so ".CRLF" at
// once is empty content. Only CRLF.CRLF ends it: in LF.LF, LF.CRLF, CR.CR, CRLF.CR, CR.CRLF and
// CRLF.LF the bare CR or LF is an octet like any other, kept, and reported by bare_cr() or
// bare_lf().
class DotDecoder {
 public:
  struct Limits {
    std::size_t max_bytes;        // of content; more is counted, but nothing is kept
    std::size_t max_line_octets;  // with CRLF, without a stuffed dot (RFC 5321 section 4.5.3.1.6)
  };
  explicit DotDecoder(Limits limits);

  // How many octets it took: all of them, or those up to and with the terminator.
  std::size_t feed(std::string_view bytes);

  [[nodiscard]] bool done() const { return place_ == Place::Done; }

  // The content so far, moved out. Empty if it is too_big(): half a mail is of no use to anybody.
  std::string take();

  // Octets of content seen, also those past the limit and those taken out.
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool too_big() const { return size_ > limits_.max_bytes; }
  // The longest line so far, counted like max_line_octets. Such a line is kept all the same.
  [[nodiscard]] std::size_t longest_line() const { return longest_line_; }
  [[nodiscard]] bool line_too_long() const { return longest_line_ > limits_.max_line_octets; }
  [[nodiscard]] bool bare_cr() const { return bare_cr_; }
  [[nodiscard]] bool bare_lf() const { return bare_lf_; }

 private:
  // Where in its line the next octet stands.
  enum class Place { LineStart, AfterDot, AfterDotCr, Text, TextAfterCr, Done };

  std::size_t feed_text(std::string_view bytes);
  void keep(std::string_view content);

  Limits limits_;
  Place place_ = Place::LineStart;
  std::string content_;
  std::size_t size_ = 0;
  std::size_t line_octets_ = 0;
  std::size_t longest_line_ = 0;
  bool bare_cr_ = false;
  bool bare_lf_ = false;
};

}  // namespace mailwalk::wire
