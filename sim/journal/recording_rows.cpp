#include "journal/recording_rows.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "journal/event_codec.hpp"
#include "journal/event_text.hpp"
#include "journal/recording_format.hpp"

namespace mailwalk::journal {
namespace {

// Ten thousand years: sums of two such times and spans are far from overflowing.
constexpr std::int64_t kLatestTimeUs = std::int64_t{10'000} * 366 * 86'400 * 1'000'000;
constexpr std::int64_t kLatestStartSeconds = kLatestTimeUs / 1'000'000;
constexpr int kMostUtcOffsetMinutes = 24 * 60;

// Columns of the query for events, parameters of the one that adds them (counted from 1).
enum Column { kPosition, kTime, kNode, kConnection, kCause, kKind, kFields, kContent, kPrint };
constexpr const char* kReadEvents =
    "SELECT position, time_us, node, connection, cause, kind, fields, content, fingerprint "
    "FROM events ORDER BY position";
constexpr const char* kReadContents = "SELECT content, octets FROM contents ORDER BY content";
constexpr const char* kAddEvent = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kAddContent = "INSERT INTO contents VALUES (?, ?)";
constexpr int kText = 10;  // parameter

int parameter(Column column) {
  return static_cast<int>(column) + 1;
}

std::uint64_t fingerprint_of(std::string_view octets) {
  Fingerprint fingerprint;
  fingerprint.add_text(octets);
  return fingerprint.value();
}

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

// ---- Writing ---------------------------------------------------------------------------------

Result<RowWriter> RowWriter::prepare(Database& database) {
  Result<Statement> add_event = database.prepare(kAddEvent);
  if (!add_event) return add_event.error();
  Result<Statement> add_content = database.prepare(kAddContent);
  if (!add_content) return add_content.error();
  return RowWriter(database, std::move(*add_event), std::move(*add_content));
}

Result<std::int64_t> RowWriter::content_number(const Bytes& octets) {
  const std::uint64_t print = fingerprint_of(octets.view());
  const auto [begin, end] = contents_.equal_range(print);
  for (auto stored = begin; stored != end; ++stored) {
    if (stored->second.octets == octets) return stored->second.content;
  }
  const auto number = static_cast<std::int64_t>(contents_.size()) + 1;
  add_content_.bind(1, number);
  add_content_.bind_octets(2, octets.view());
  const Statement::Step step = add_content_.step();
  add_content_.reset();
  if (step != Statement::Step::Done) return database_->error();
  contents_.emplace(print, StoredContent{octets, number});
  octets_ += octets.size();
  return number;
}

Done RowWriter::add(const Event& event) {
  const SplitPayload split = encode_apart(event.payload, kLeastContentOctets);
  const std::string text = short_text(event.payload);
  add_to_fingerprint(event, fingerprint_);

  add_event_.bind(parameter(kPosition), static_cast<std::int64_t>(event.position.value()));
  add_event_.bind(parameter(kTime), event.time.us);
  add_event_.bind(parameter(kNode), event.node.value());
  add_event_.bind(parameter(kConnection), event.connection.value());
  add_event_.bind_null(parameter(kCause));
  if (event.cause != kNoEvent) {
    add_event_.bind(parameter(kCause), static_cast<std::int64_t>(event.cause.value()));
  }
  add_event_.bind(parameter(kKind), payload_kind(event.payload));
  add_event_.bind_octets(parameter(kFields), split.fields);
  add_event_.bind_null(parameter(kContent));
  if (!split.content.empty()) {
    const Result<std::int64_t> content = content_number(split.content);
    if (!content) return content.error();
    add_event_.bind(parameter(kContent), *content);
  }
  add_event_.bind(parameter(kPrint), static_cast<std::int64_t>(fingerprint_.value()));
  add_event_.bind_null(kText);
  if (!text.empty()) add_event_.bind_text(kText, text);

  const Statement::Step step = add_event_.step();
  add_event_.reset();
  if (step != Statement::Step::Done) return database_->error();
  octets_ += split.fields.size();
  return done();
}

// ---- Reading ---------------------------------------------------------------------------------

Result<RowReader> RowReader::prepare(Database& database) {
  Result<Statement> events = database.prepare(kReadEvents);
  if (!events) return events.error();
  Result<Statement> contents = database.prepare(kReadContents);
  if (!contents) return contents.error();
  const Result<std::int64_t> pages = database.number("PRAGMA page_count");
  if (!pages) return pages.error();
  const Result<std::int64_t> page_octets = database.number("PRAGMA page_size");
  if (!page_octets) return page_octets.error();
  return RowReader(database, std::move(*events), std::move(*contents),
                   static_cast<std::uint64_t>(*pages * *page_octets));
}

Error RowReader::error_here(const std::string& what) const {
  Error error;
  error.what = fmt::format("event {}: {}", position_, what);
  error.remedy = "the recording is damaged there";
  error.file = database_->name();
  return error;
}

bool RowReader::take_octets(std::uint64_t octets) {
  if (octets > octets_left_) return false;
  octets_left_ -= octets;
  return true;
}

Result<std::optional<Event>> RowReader::next() {
  const Statement::Step step = events_.step();
  if (step == Statement::Step::Failed) {
    return error_here(database_->error().what);
  }
  if (step == Statement::Step::Done) return std::optional<Event>();
  Result<Event> event = read_row();
  if (!event) return event.error();
  ++position_;
  return std::optional<Event>(std::move(*event));
}

Result<Event> RowReader::read_row() {
  const auto position = events_.id<EventPosition>(kPosition);
  if (!position || position->value() != position_) return error_here("is missing");
  const auto time_us = events_.number(kTime);
  if (!time_us || *time_us < latest_us_ || *time_us > kLatestTimeUs) {
    return error_here("its time cannot be right");
  }
  const auto node = events_.id<NodeId>(kNode);
  if (!node) return error_here("its machine cannot be right");
  const auto connection = events_.id<ConnectionId>(kConnection);
  if (!connection) return error_here("its connection cannot be right");
  std::optional<EventPosition> cause = kNoEvent;
  if (!events_.is_null(kCause)) cause = events_.id<EventPosition>(kCause);
  if (!cause || (*cause != kNoEvent && *cause >= *position)) {
    return error_here("its cause is not an event before it");
  }
  const auto kind = events_.number(kKind);
  if (!kind || *kind < 0 || *kind >= std::int64_t{std::variant_size_v<PayloadVariant>}) {
    Error unknown = error_here("this version knows no event of its kind");
    unknown.remedy = "a newer Mailwalk may";
    return unknown;
  }
  const auto fields = events_.octets(kFields);
  if (!fields || !take_octets(fields->size())) return error_here("what it says cannot be read");
  Bytes apart;
  if (!events_.is_null(kContent)) {
    const Result<Bytes> found = content();
    if (!found) return found.error();
    apart = *found;
  }
  auto payload = decode_apart(static_cast<std::uint8_t>(*kind), *fields, apart);
  if (!payload) return error_here("what it says cannot be read");
  if (!has_plausible_calendar(*payload)) return error_here("its date cannot be right");

  Event event{*position, {*time_us}, *node, *connection, *cause, std::move(*payload)};
  add_to_fingerprint(event, fingerprint_);
  if (events_.number(kPrint) != static_cast<std::int64_t>(fingerprint_.value())) {
    return error_here("it is not as it was recorded");
  }
  latest_us_ = *time_us;
  return event;
}

// Contents are numbered in the order in which they are first named.
Result<Bytes> RowReader::content() {
  const auto number = events_.number(kContent).value_or(0);
  const auto known = static_cast<std::int64_t>(known_.size());
  if (number < 1 || number > known + 1) return error_here("its content is not there");
  if (number <= known) return known_[static_cast<std::size_t>(number - 1)];
  const Statement::Step step = contents_.step();
  if (step == Statement::Step::Failed) {
    return error_here(database_->error("its content cannot be read").what);
  }
  if (step == Statement::Step::Done || contents_.number(0) != number) {
    return error_here("its content is not there");
  }
  const auto octets = contents_.octets(1);
  if (!octets || octets->empty() || !take_octets(octets->size())) {
    return error_here("its content cannot be read");
  }
  return known_.emplace_back(*octets);
}

}  // namespace mailwalk::journal
