#include "journal/recording_promise_log.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/fingerprint.hpp"
#include "base/little_endian.hpp"

namespace mailwalk::journal {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMarkOctets = 8;
constexpr std::size_t kMarkAt = 32;  // in the head of a log, which tells it as a fingerprint

// The head of a log is a batch without events, at a position which no recording reaches.
constexpr std::uint64_t kNowhere = ~std::uint64_t{0};

// What stands before the events of a batch: the mark, and these, each 8 octets.
struct BatchHead {
  std::uint64_t octets = 0;       // of the events
  std::uint64_t begin = 0;        // position of the first one
  std::uint64_t end = 0;          // and after the last one
  std::uint64_t fingerprint = 0;  // of all events of the run before the first one
  std::uint64_t check = 0;        // of the batch
};
static_assert(kMarkOctets + sizeof(BatchHead) == kBatchHeadOctets);

std::uint64_t check_of(const BatchHead& head, std::string_view events) {
  Fingerprint check;
  for (const std::uint64_t number : {head.octets, head.begin, head.end, head.fingerprint}) {
    check.add_number(number);
  }
  check.add_text(events);
  return check.value();
}

std::string head_after(std::string mark, const BatchHead& head) {
  put_little_endian(mark, head.octets, head.begin, head.end, head.fingerprint, head.check);
  return mark;
}

// nullopt: these octets do not begin with a batch that is whole.
std::optional<PromisedBatch> take_whole_batch(std::string_view& octets, std::string_view mark) {
  std::string_view in = octets;
  if (!in.starts_with(mark)) return std::nullopt;
  in.remove_prefix(mark.size());
  BatchHead head;
  for (std::uint64_t* number :
       {&head.octets, &head.begin, &head.end, &head.fingerprint, &head.check}) {
    if (!take_little_endian(in, *number)) return std::nullopt;
  }
  if (head.octets > in.size() || head.begin >= head.end) return std::nullopt;
  const std::string_view events = in.substr(0, static_cast<std::size_t>(head.octets));
  if (head.check != check_of(head, events)) return std::nullopt;
  in.remove_prefix(events.size());
  octets = in;
  return PromisedBatch{head.begin, head.end, head.fingerprint, events};
}

bool is_blank(std::string_view octets) {
  return std::all_of(octets.begin(), octets.end(), [](char octet) { return octet == '\0'; });
}

}  // namespace

std::string promises_path(const std::string& recording) {
  // A recording may be reached by several names; SQLite keeps its own files beside the real one.
  std::error_code problem;
  const fs::path real = fs::weakly_canonical(fs::absolute(recording, problem), problem);
  return (problem ? recording : real.string()) + "-promised";
}

std::string next_promises_path(const std::string& recording) {
  return promises_path(recording) + "-next";
}

std::string log_head(BatchMark mark) {
  BatchHead head{0, kNowhere - 1, kNowhere, mark, 0};
  head.check = check_of(head, {});
  return head_after(std::string(kOldBatchMark), head);
}

std::string batch_head(BatchMark mark, std::uint64_t begin, std::uint64_t end,
                       std::uint64_t fingerprint, std::string_view events) {
  BatchHead head{events.size(), begin, end, fingerprint, 0};
  head.check = check_of(head, events);
  std::string octets;
  put_little_endian(octets, mark);
  return head_after(std::move(octets), head);
}

std::optional<PromiseLog> PromiseLog::open(std::string_view octets) {
  // The disk has the head before the first batch is written: without one, nothing was promised.
  const std::string_view batches = octets.substr(std::min(octets.size(), kBatchHeadOctets));
  if (is_blank(batches)) return PromiseLog({}, kOldBatchMark);
  std::string_view rest = octets;
  const auto first = take_whole_batch(rest, kOldBatchMark);
  if (!first) return std::nullopt;
  const bool is_head = first->end == kNowhere && first->events.empty();
  if (!is_head) return PromiseLog(octets, kOldBatchMark);
  return PromiseLog(batches, octets.substr(kMarkAt, kMarkOctets));
}

std::optional<PromisedBatch> PromiseLog::take_batch() {
  return take_whole_batch(octets_, mark_);
}

// Each mark of a forged file may claim all that is behind it: who has so many octets to check that
// no program wrote them is believed nothing.
bool PromiseLog::has_gap() const {
  constexpr std::uint64_t kMostChecked = 1'000'000'000;
  std::string_view octets = octets_;
  for (std::uint64_t checked = 0; checked < kMostChecked;) {
    const std::size_t at = octets.find(mark_);
    if (at == std::string_view::npos) return false;
    octets.remove_prefix(at);
    std::string_view claimed = octets.substr(kMarkOctets);
    std::uint64_t length = 0;
    if (take_little_endian(claimed, length) && length <= claimed.size()) checked += length;
    if (take_whole_batch(octets, mark_)) return true;
    octets.remove_prefix(kMarkOctets);
  }
  return true;
}

}  // namespace mailwalk::journal
