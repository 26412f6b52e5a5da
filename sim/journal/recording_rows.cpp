#include "journal/recording_rows.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "journal/event_codec.hpp"
#include "journal/event_text.hpp"
#include "journal/recording_format.hpp"

namespace mailwalk::journal {
namespace {

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
  add_to_fingerprint(event, added_.fingerprint);

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
  add_event_.bind(parameter(kPrint), static_cast<std::int64_t>(added_.fingerprint.value()));
  add_event_.bind_null(kText);
  if (!text.empty()) add_event_.bind_text(kText, text);

  const Statement::Step step = add_event_.step();
  add_event_.reset();
  if (step != Statement::Step::Done) return database_->error();
  added_.octets_of_fields += split.fields.size();
  ++added_.events;
  return done();
}

void RowWriter::committed() {
  committed_ = added_;
  contents_.committed();
}

void RowWriter::taken_back() {
  added_ = committed_;
  contents_.taken_back();
}

Result<RowWriter> RowWriter::prepare_after(Database& database, const Journal& past) {
  Result<RowWriter> writer = prepare(database);
  if (!writer) return writer;
  const Result<std::int64_t> events = database.number("SELECT count(*) FROM events");
  if (!events) return events.error();
  if (*events > static_cast<std::int64_t>(past.size())) return changed_meanwhile(database);
  Result<Statement> contents = database.prepare(kReadContentSizes);
  if (!contents) return contents.error();
  Sums& sums = writer->added_;
  for (; sums.events < static_cast<std::uint64_t>(*events); ++sums.events) {
    const Event& event = past[EventPosition{sums.events}];
    const SplitPayload split = encode_apart(event.payload, kLeastContentOctets);
    add_to_fingerprint(event, sums.fingerprint);
    const bool known = split.content.empty() || writer->contents_.recall(split.content, *contents);
    if (!known) return changed_meanwhile(database);
  }
  writer->committed();
  if (*events == 0) return writer;
  const Result<std::int64_t> last =
      database.number("SELECT fingerprint FROM events ORDER BY position DESC LIMIT 1");
  const bool same = last && *last == static_cast<std::int64_t>(sums.fingerprint.value());
  if (!same) return changed_meanwhile(database);
  return writer;
}

// ---- Reading ---------------------------------------------------------------------------------

Result<RowReader> RowReader::prepare(Database& database, EventChain& chain) {
  Result<Statement> events = database.prepare(kReadEvents);
  if (!events) return events.error();
  // From here on all is of one moment, though somebody may be writing: what the file has room for,
  // and what is in it.
  const Done begun = database.run("BEGIN");
  if (!begun) return begun.error();
  const Result<std::int64_t> pages = database.number("PRAGMA page_count");
  if (!pages) return pages.error();
  const Result<std::int64_t> page_octets = database.number("PRAGMA page_size");
  if (!page_octets) return page_octets.error();
  const auto file_octets = static_cast<std::uint64_t>(*pages * *page_octets);
  Result<ContentReader> contents = ContentReader::prepare(database, file_octets);
  if (!contents) return contents.error();
  return RowReader(chain, database, std::move(*events), std::move(*contents), file_octets);
}

Result<std::optional<Event>> RowReader::next() {
  const Statement::Step step = events_.step();
  if (step == Statement::Step::Failed) return chain_->error_at_next(database_->error().what);
  if (step == Statement::Step::Done) return std::optional<Event>();
  Result<WrittenEvent> row = read_row();
  if (!row) return row.error();
  Result<Event> event = chain_->add(std::move(*row));
  if (!event) return event.error();
  if (events_.number(kPrint) != static_cast<std::int64_t>(chain_->fingerprint().value())) {
    return chain_->error_at(event->position, "it is not as it was recorded");
  }
  return std::optional<Event>(std::move(*event));
}

Result<WrittenEvent> RowReader::read_row() {
  const auto position = events_.id<EventPosition>(kPosition);
  if (!position || position->value() != chain_->size()) return chain_->error_at_next("is missing");
  const auto node = events_.id<NodeId>(kNode);
  if (!node) return chain_->error_at_next("its machine cannot be right");
  const auto connection = events_.id<ConnectionId>(kConnection);
  if (!connection) return chain_->error_at_next("its connection cannot be right");
  std::optional<EventPosition> cause = kNoEvent;
  if (!events_.is_null(kCause)) cause = events_.id<EventPosition>(kCause);
  if (!cause) return chain_->error_at_next("its cause is not an event before it");
  const auto fields = events_.octets(kFields);
  if (!fields || fields->size() > octets_left_) {
    return chain_->error_at_next("what it says cannot be read");
  }
  octets_left_ -= fields->size();
  Bytes apart;
  if (!events_.is_null(kContent)) {
    const Result<Bytes> content = contents_.read(events_.number(kContent).value_or(0));
    if (!content) return chain_->error_at_next(content.error().what);
    apart = *content;
  }
  return WrittenEvent{events_.number(kTime).value_or(-1), *node,   *connection, *cause,
                      events_.number(kKind).value_or(-1), *fields, apart};
}

}  // namespace mailwalk::journal
