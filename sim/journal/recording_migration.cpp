#include "journal/recording_migration.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "journal/event_codec.hpp"
#include "journal/recording_format.hpp"
#include "journal/recording_rows.hpp"

namespace mailwalk::journal {
namespace {

// ---- 0 to 1 ----------------------------------------------------------------------------------

// Version 0 had one table, with each payload whole: no contents, no fingerprints, no index and no
// texts.
constexpr const char* kReadVersion0 =
    "SELECT position, time_us, node, connection, cause, kind, payload FROM old_events "
    "ORDER BY position";

// nullopt if there is none in that row. Time and cause are judged when the new row is read.
std::optional<Event> event_of_version_0(const Statement& row, EventPosition position) {
  const auto node = row.id<NodeId>(2);
  const auto connection = row.id<ConnectionId>(3);
  const auto kind = row.number(5);
  const auto bytes = row.octets(6);
  if (row.id<EventPosition>(0) != position || !node || !connection || !bytes) return std::nullopt;
  if (!kind || *kind < 0 || *kind > 255) return std::nullopt;
  auto payload = decode_payload(static_cast<std::uint8_t>(*kind), *bytes);
  if (!payload) return std::nullopt;
  return Event{position,
               {row.number(1).value_or(-1)},
               *node,
               *connection,
               row.id<EventPosition>(4).value_or(kNoEvent),
               std::move(*payload)};
}

Done copy_events_of_version_0(Database& copy) {
  Result<Statement> old = copy.prepare(kReadVersion0);
  if (!old) return old.error();
  Result<RowWriter> rows = RowWriter::prepare(copy);
  if (!rows) return rows.error();
  for (EventPosition position{0};; position = EventPosition(position.value() + 1)) {
    const Statement::Step step = old->step();
    if (step == Statement::Step::Failed) return copy.error();
    if (step == Statement::Step::Done) return done();
    const auto event = event_of_version_0(*old, position);
    if (!event) {
      return Error{fmt::format("event {}: what it says cannot be read", position.value()),
                   "the recording is damaged there", copy.name()};
    }
    const Done added = rows->add(*event);
    if (!added) return added;
  }
}

Done from_0_to_1(Database& copy) {
  const Done renamed = copy.run("ALTER TABLE events RENAME TO old_events");
  if (!renamed) return renamed;
  const Done made = create_schema(copy);
  if (!made) return made;
  const Done copied = copy_events_of_version_0(copy);
  if (!copied) return copied;
  return copy.run("DROP TABLE old_events");
}

// ----------------------------------------------------------------------------------------------

// By the version from which each leads to the next one.
using Migration = Done (*)(Database&);
constexpr std::array<Migration, kFormatVersion> kMigrations{from_0_to_1};

}  // namespace

Done migrate(Database& copy, std::int64_t version) {
  const Done begun = copy.run("BEGIN");
  if (!begun) return begun;
  for (; version < kFormatVersion; ++version) {
    const Done migrated = kMigrations[static_cast<std::size_t>(version)](copy);
    if (!migrated) return migrated;
  }
  return copy.run("COMMIT");
}

}  // namespace mailwalk::journal
