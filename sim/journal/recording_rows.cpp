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
constexpr const char* kAddEvent = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr int kText = 10;  // parameter

constexpr const char* kReadContentSizes =
    "SELECT core, length(octets) FROM contents ORDER BY content";

Error changed_meanwhile(const Database& database) {
  return {"was changed while it was read", "try again", database.name()};
}

int parameter(Column column) {
  return static_cast<int>(column) + 1;
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
  Result<ContentWriter> contents = ContentWriter::prepare(database);
  if (!contents) return contents.error();
  return RowWriter(database, std::move(*add_event), std::move(*contents));
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
    const Result<std::int64_t> content = contents_.number_of(split.content);
    if (!content) return content.error();
    add_event_.bind(parameter(kContent), *content);
  }
  add_event_.bind(parameter(kPrint), static_cast<std::int64_t>(fingerprint_.value()));
  add_event_.bind_null(kText);
  if (!text.empty()) add_event_.bind_text(kText, text);

  const Statement::Step step = add_event_.step();
  add_event_.reset();
  if (step != Statement::Step::Done) return database_->error();
  octets_of_fields_ += split.fields.size();
  ++events_;
  return done();
}

Result<RowWriter> RowWriter::prepare_after(Database& database, const Journal& past) {
  Result<RowWriter> writer = prepare(database);
  if (!writer) return writer;
  Result<Statement> written = database.prepare(kReadContentSizes);
  if (!written) return written.error();
  for (const Event& event : past) {
    const SplitPayload split = encode_apart(event.payload, kLeastContentOctets);
    add_to_fingerprint(event, writer->fingerprint_);
    const bool known = split.content.empty() || writer->contents_.recall(split.content, *written);
    if (!known) return changed_meanwhile(database);
  }
  writer->events_ = past.size();
  const Result<std::int64_t> events = database.number("SELECT count(*) FROM events");
  const Result<std::int64_t> last =
      database.number("SELECT fingerprint FROM events ORDER BY position DESC LIMIT 1");
  const bool same = events && *events == static_cast<std::int64_t>(past.size()) && last &&
                    *last == static_cast<std::int64_t>(writer->fingerprint_.value());
  if (!same) return changed_meanwhile(database);
  return writer;
}

// ---- Reading ---------------------------------------------------------------------------------

Result<RowReader> RowReader::prepare(Database& database) {
  Result<Statement> events = database.prepare(kReadEvents);
  if (!events) return events.error();
  const Result<std::int64_t> pages = database.number("PRAGMA page_count");
  if (!pages) return pages.error();
  const Result<std::int64_t> page_octets = database.number("PRAGMA page_size");
  if (!page_octets) return page_octets.error();
  const auto file_octets = static_cast<std::uint64_t>(*pages * *page_octets);
  Result<ContentReader> contents = ContentReader::prepare(database, file_octets);
  if (!contents) return contents.error();
  return RowReader(database, std::move(*events), std::move(*contents), file_octets);
}

Error RowReader::error_here(const std::string& what) const {
  Error error;
  error.what = fmt::format("event {}: {}", position_, what);
  error.remedy = "the recording is damaged there";
  error.file = database_->name();
  return error;
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
  Result<Payload> payload = read_payload(static_cast<std::uint8_t>(*kind));
  if (!payload) return payload.error();

  Event event{*position, {*time_us}, *node, *connection, *cause, std::move(*payload)};
  add_to_fingerprint(event, fingerprint_);
  if (events_.number(kPrint) != static_cast<std::int64_t>(fingerprint_.value())) {
    return error_here("it is not as it was recorded");
  }
  latest_us_ = *time_us;
  return event;
}

Result<Payload> RowReader::read_payload(std::uint8_t kind) {
  const auto fields = events_.octets(kFields);
  if (!fields || fields->size() > octets_left_) return error_here("what it says cannot be read");
  octets_left_ -= fields->size();
  Bytes apart;
  if (!events_.is_null(kContent)) {
    const Result<Bytes> content = contents_.read(events_.number(kContent).value_or(0));
    if (!content) return error_here(content.error().what);
    apart = *content;
  }
  auto payload = decode_apart(kind, *fields, apart);
  if (!payload) return error_here("what it says cannot be read");
  if (!has_plausible_calendar(*payload)) return error_here("its date cannot be right");
  return std::move(*payload);
}

}  // namespace mailwalk::journal
