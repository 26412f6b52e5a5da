#include "wire/line_reader.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace mailwalk::wire {

namespace {

// A line's text holds no CRLF, so every CR and LF in it is a bare one.
LineFault first_fault(std::string_view text, std::size_t max_text) {
  const std::string_view looked_at = text.substr(0, max_text);
  const auto bare = std::find_if(looked_at.begin(), looked_at.end(),
                                 [](char c) { return c == '\r' || c == '\n'; });
  if (bare != looked_at.end()) return *bare == '\r' ? LineFault::BareCr : LineFault::BareLf;
  return text.size() > max_text ? LineFault::TooLong : LineFault::None;
}

}  // namespace

LineReader::LineReader(std::size_t max_octets) : max_octets_(max_octets) {
  assert(max_octets >= 2);
}

void LineReader::set_max_octets(std::size_t max_octets) {
  assert(max_octets >= 2);
  max_octets_ = max_octets;
}

void LineReader::feed(std::string_view bytes) {
  // Returned lines are dropped once they are half of the buffer: each octet moves about once.
  if (start_ > 0 && start_ >= buffer_.size() / 2) {
    buffer_.erase(0, start_);
    scanned_ -= start_;
    start_ = 0;
  }
  buffer_.append(bytes);
}

std::optional<Line> LineReader::next() {
  while (true) {
    const std::size_t line_feed = buffer_.find('\n', scanned_);
    if (line_feed == std::string::npos) break;
    scanned_ = line_feed + 1;
    if (line_feed > start_ && buffer_[line_feed - 1] == '\r') return take_line(line_feed);
  }
  scanned_ = buffer_.size();
  forget_overlong();
  return std::nullopt;
}

std::string LineReader::take_unread() {
  std::string unread = std::move(buffer_);
  unread.erase(0, start_);
  buffer_.clear();
  start_ = scanned_ = 0;
  forgotten_ = 0;
  return unread;
}

Line LineReader::take_line(std::size_t line_feed) {
  const std::string_view text = std::string_view(buffer_).substr(start_, line_feed - 1 - start_);
  Line line{std::string(text.substr(0, max_text())), first_fault(text, max_text())};
  start_ = line_feed + 1;
  forgotten_ = 0;
  return line;
}

// Of an unfinished line that can only become a fault, keeps one octet more than fits, so that it
// stays too long, and the last one, which may be the CR of its CRLF.
void LineReader::forget_overlong() {
  const std::size_t kept = max_text() + 1;
  if (buffer_.size() - start_ <= kept + 1) return;
  const std::size_t forgotten = buffer_.size() - 1 - (start_ + kept);
  buffer_.erase(start_ + kept, forgotten);
  forgotten_ += forgotten;
  scanned_ = buffer_.size();
}

}  // namespace mailwalk::wire
