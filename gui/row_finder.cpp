#include "gui/row_finder.hpp"

#include <algorithm>
#include <variant>

#include "gui/transcript_lines.hpp"
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

// What the records say stands in octets that nobody reads: they are shown in words.
bool finds_in_records(const journal::TextSearch& search, const Document& document,
                      const RunRows& rows, RowId row, exporting::Language language) {
  exporting::TextOptions options;
  options.language = language;
  const std::vector<TranscriptLine> lines = lines_of(document.journal(), rows, row, options);
  return std::any_of(lines.begin(), lines.end(),
                     [&](const TranscriptLine& line) { return search.finds_in(line.text); });
}

}  // namespace

void RowFinder::seek(std::string_view text) {
  if (text == text_) return;
  text_ = text;
  looked_at_ = 0;
  matches_.clear();
  working_ = !text_.empty();
}

void RowFinder::work(const Document& document, const RunRows& rows, exporting::Language language) {
  if (document_ != &document || language_ != language) {
    document_ = &document;
    language_ = language;
    looked_at_ = 0;
    matches_.clear();
  }
  const journal::TextSearch search(text_);
  std::uint64_t octets = 0;
  const std::uint32_t end = std::min(rows.size() - looked_at_, kMostRowsLooked) + looked_at_;
  for (; !text_.empty() && looked_at_ < end && octets < kMostOctets; ++looked_at_) {
    const RowId row{looked_at_};
    const journal::Event& event = document.journal()[rows[row].at];
    octets += octets_in(event);
    const bool is_found = rows[row].kind == RowKind::Records
                              ? finds_in_records(search, document, rows, row, language)
                              : search.finds_in(event);
    if (is_found) matches_.push_back(row);
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
