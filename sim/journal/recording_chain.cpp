#include "journal/recording_chain.hpp"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "journal/event_codec.hpp"

namespace mailwalk::journal {
namespace {

// Ten thousand years: sums of two such times and spans are far from overflowing.
constexpr std::int64_t kLatestTimeUs = std::int64_t{10'000} * 366 * 86'400 * 1'000'000;
constexpr std::int64_t kLatestStartSeconds = kLatestTimeUs / 1'000'000;
constexpr int kMostUtcOffsetMinutes = 24 * 60;

// Whether dates can be reckoned with.
bool has_plausible_calendar(const Payload& payload) {
  const auto* run = std::get_if<RunStarted>(&payload);
  if (run == nullptr) return true;
  const std::int64_t start = run->calendar.start_unix_seconds;
  const int offset = run->calendar.utc_offset_minutes;
  return start >= -kLatestStartSeconds && start <= kLatestStartSeconds &&
         offset >= -kMostUtcOffsetMinutes && offset <= kMostUtcOffsetMinutes;
}

}  // namespace

Result<Event> EventChain::add(WrittenEvent written) {
  const EventPosition position{size_};
  if (written.time_us < latest_us_ || written.time_us > kLatestTimeUs) {
    return error_at_next("its time cannot be right");
  }
  if (written.cause != kNoEvent && written.cause >= position) {
    return error_at_next("its cause is not an event before it");
  }
  if (written.kind < 0 || written.kind >= std::int64_t{std::variant_size_v<PayloadVariant>}) {
    Error unknown = error_at_next("this version knows no event of its kind");
    unknown.remedy = "a newer Mailwalk may";
    return unknown;
  }
  auto payload =
      decode_apart(static_cast<std::uint8_t>(written.kind), written.fields, written.content);
  if (!payload) return error_at_next("what it says cannot be read");
  if (!has_plausible_calendar(*payload)) return error_at_next("its date cannot be right");

  Event event{position,           {written.time_us}, written.node,
              written.connection, written.cause,     std::move(*payload)};
  add_to_fingerprint(event, fingerprint_);
  latest_us_ = written.time_us;
  ++size_;
  return event;
}

Error EventChain::error_at(EventPosition position, const std::string& what) const {
  return {fmt::format("event {}: {}", position.value(), what), "the recording is damaged there",
          name_};
}

}  // namespace mailwalk::journal
