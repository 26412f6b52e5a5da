// Cuts a byte stream into CRLF lines, strictly and in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailwalk::wire {

// What is wrong with a line; of several faults, the one that comes first in it.
enum class LineFault { None, TooLong, BareLf, BareCr };

struct Line {
  std::string
      text;  // without its CRLF; of a line that is too long, the first max_octets - 2 octets
  LineFault fault = LineFault::None;

  friend bool operator==(const Line&, const Line&) = default;
};

// Only CRLF ends a line (RFC 5321 section 2.3.8). A bare CR or LF stays where it is and is
// reported: what one program takes for a line end and another does not is how mails are smuggled.
//
// A line that is too long is reported once, when its CRLF has come; until then next() forgets what
// exceeds the limit. Whole lines that nobody has asked for are kept: who does not call next()
// should stop feeding.
class LineReader {
 public:
  // max_octets: the longest line, its CRLF included. REQUIRES max_octets >= 2.
  explicit LineReader(std::size_t max_octets);
  // For the lines that next() has not returned yet.
  void set_max_octets(std::size_t max_octets);

  void feed(std::string_view bytes);

  // The next line; nullopt if its CRLF has not come yet.
  std::optional<Line> next();

  // Everything fed and not yet returned, for who reads on by other rules (after DATA) or drops it
  // (after STARTTLS). The reader is empty afterwards.
  std::string take_unread();

  [[nodiscard]] bool empty() const { return buffered() == 0; }
  // Octets held: fed, not yet returned, not forgotten.
  [[nodiscard]] std::size_t buffered() const { return buffer_.size() - start_; }
  // Octets of the line that has no end yet, also those that were forgotten. REQUIRES that next()
  // has just returned nothing.
  [[nodiscard]] std::uint64_t unfinished_octets() const { return buffered() + forgotten_; }

 private:
  [[nodiscard]] std::size_t max_text() const { return max_octets_ - 2; }
  Line take_line(std::size_t line_feed);
  void forget_overlong();

  std::size_t max_octets_;
  std::string buffer_;
  std::size_t start_ = 0;    // of the current line in buffer_; what is before it has been returned
  std::size_t scanned_ = 0;  // no CRLF ends in buffer_ between start_ and here
  std::uint64_t forgotten_ = 0;  // octets of the current line
};

}  // namespace mailwalk::wire
