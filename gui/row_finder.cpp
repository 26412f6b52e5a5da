#include "gui/row_finder.hpp"

#include <algorithm>
#include <variant>

#include "journal/event_text.hpp"

namespace mailwalk::gui {
namespace {

// A few milliseconds' worth.
constexpr std::uint32_t kMostRowsLooked = 4'000;
constexpr std::uint64_t kMostOctets = 2'000'000;

// How much text there is in an event.
struct OctetCount {
  std::uint64_t octets = 0;
  void operator()(const char* /*name*/, const Bytes& text) { octets += text.size(); }
  template <class T>
  void operator()(const char* /*name*/, const T& /*short*/) {}
};

std::uint64_t octets_in(const journal::Event& event) {
  OctetCount count;
  std::visit([&](const auto& payload) { payload.fields(payload, count); }, event.payload);
  return count.octets;
}

}  // namespace

void RowFinder::seek(std::string_view text) {
  if (text == text_) return;
  text_ = text;
  looked_at_ = 0;
  matches_.clear();
  working_ = !text_.empty();
}

void RowFinder::work(const Document& document, const RunRows& rows) {
  if (document_ != &document) {
    document_ = &document;
    looked_at_ = 0;
    matches_.clear();
  }
  const journal::TextSearch search(text_);
  std::uint64_t octets = 0;
  const std::uint32_t end = std::min(rows.size() - looked_at_, kMostRowsLooked) + looked_at_;
  for (; !text_.empty() && looked_at_ < end && octets < kMostOctets; ++looked_at_) {
    const journal::Event& event = document.journal()[rows[RowId{looked_at_}].at];
    octets += octets_in(event);
    if (search.finds_in(event)) matches_.push_back(RowId{looked_at_});
  }
  working_ = !text_.empty() && looked_at_ < rows.size();
}

std::optional<RowId> RowFinder::nearest(RowId from, Direction direction) const {
  if (direction == Direction::Forward) {
    const auto after = from == kNoRow ? matches_.begin()
                                      : std::upper_bound(matches_.begin(), matches_.end(), from);
    if (after != matches_.end()) return *after;
    if (working_ || matches_.empty()) return std::nullopt;
    return matches_.front();
  }
  const auto here =
      from == kNoRow ? matches_.begin() : std::lower_bound(matches_.begin(), matches_.end(), from);
  if (here != matches_.begin()) return *std::prev(here);
  if (working_ || matches_.empty()) return std::nullopt;
  return matches_.back();
}

std::size_t RowFinder::rank(RowId row) const {
  const auto found = std::lower_bound(matches_.begin(), matches_.end(), row);
  if (found == matches_.end() || *found != row) return 0;
  return static_cast<std::size_t>(found - matches_.begin()) + 1;
}

}  // namespace mailwalk::gui
