#include "journal/recording_promise_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "base/little_endian.hpp"

namespace mailwalk::journal {

namespace fs = std::filesystem;

namespace {

Result<std::string> load_once(const std::string& recording) {
  const std::string path = promises_path(recording);
  std::error_code problem;
  const fs::file_status status = fs::status(path, problem);
  if (status.type() == fs::file_type::not_found) return std::string();
  if (status.type() != fs::file_type::regular) {  // whoever opens a pipe may wait for ever
    return Error{"stands in the way: a recording keeps there what it promised", "move it away",
                 path};
  }
  std::ifstream file(path, std::ios::binary);
  // Meanwhile a commit may have made it needless.
  if (!file && !fs::exists(path, problem)) return std::string();
  file.seekg(0, std::ios::end);
  std::string octets(static_cast<std::size_t>(std::max<std::streamoff>(file.tellg(), 0)), '\0');
  file.seekg(0);
  file.read(octets.data(), static_cast<std::streamsize>(octets.size()));
  octets.resize(static_cast<std::size_t>(file.gcount()));
  if (file.bad() || !file.is_open()) {
    return Error{"cannot be read: " + std::generic_category().message(errno), {}, path};
  }
  return octets;
}

// As it is while somebody writes it, or if it is damaged.
bool is_broken_log(std::string_view octets) {
  auto log = PromiseLog::open(octets);
  if (!log) return true;
  while (log->take_batch()) {
  }
  return log->has_gap();
}

// False: there are not so many octets left.
bool take_span(std::string_view& in, std::uint32_t count, std::string_view& span) {
  if (in.size() < count) return false;
  span = in.substr(0, count);
  in.remove_prefix(count);
  return true;
}

}  // namespace

Result<std::string> load_promises(const std::string& recording) {
  // While it is written, a read may miss the middle of what it has the end of.
  constexpr int kMostTries = 3;
  Result<std::string> octets = load_once(recording);
  for (int tries = 1; tries < kMostTries && octets && is_broken_log(*octets); ++tries) {
    octets = load_once(recording);
  }
  return octets;
}

Result<PromiseReader> PromiseReader::open(std::string_view octets, const std::string& name) {
  PromiseReader reader(name);
  auto log = PromiseLog::open(octets);
  if (!log) return reader.damaged();
  while (const auto batch = log->take_batch()) {
    const bool goes_on = reader.batches_.empty() || reader.batches_.back().end == batch->begin;
    if (!goes_on) return reader.damaged();
    reader.batches_.push_back(*batch);
  }
  if (log->has_gap()) return reader.damaged();
  return reader;
}

Done PromiseReader::pass(const EventChain& chain) {
  if (!batches_.empty() && batches_.front().end == chain.size()) {
    const Done same = check_known_part(chain);
    if (!same) return same;
    batches_.pop_front();
  }
  const bool begins_here = !batches_.empty() && batches_.front().begin == chain.size();
  if (!begins_here) return done();
  if (batches_.front().fingerprint != chain.fingerprint().value()) return not_its_own();
  before_ = chain;
  return done();
}

// The events of the first batch that the recording has too: they are the same.
Done PromiseReader::check_known_part(const EventChain& chain) {
  latest_content_ = {};
  EventChain known = *before_;  // pass() came by there
  while (known.size() < chain.size()) {
    const Result<Event> event = take_event(known);
    if (!event) return event.error();
  }
  return known.fingerprint().value() == chain.fingerprint().value() ? done() : Done(not_its_own());
}

Result<std::optional<Event>> PromiseReader::next(EventChain& chain) {
  if (is_within_ && batches_.front().events.empty()) {
    if (batches_.front().end != chain.size()) return damaged();
    batches_.pop_front();
    is_within_ = false;
  }
  if (batches_.empty()) return std::optional<Event>();
  if (!is_within_) {
    const Done begun = begin_batch(chain);
    if (!begun) return begun.error();
  }
  Result<Event> event = take_event(chain);
  if (!event) return event.error();
  return std::optional<Event>(std::move(*event));
}

// It begins where the chain ends, or before.
Done PromiseReader::begin_batch(const EventChain& chain) {
  const PromisedBatch& batch = batches_.front();
  if (batch.begin > chain.size()) return too_late();
  is_within_ = true;
  if (batch.begin < chain.size()) return check_known_part(chain);
  latest_content_ = {};
  return batch.fingerprint == chain.fingerprint().value() ? done() : Done(not_its_own());
}

Result<Event> PromiseReader::take_event(EventChain& chain) {
  auto written = take_written();
  if (!written) return damaged();
  Result<Event> event = chain.add(std::move(*written));
  if (event) return event;
  Error why = event.error();
  why.file = name_;  // the chain knows the recording's
  return why;
}

// nullopt: there is none.
std::optional<WrittenEvent> PromiseReader::take_written() {
  std::string_view& in = batches_.front().events;
  WrittenEvent event;
  std::uint32_t node = 0, connection = 0, fields_size = 0, content_size = 0;
  std::uint64_t cause = 0;
  std::uint8_t kind = 0;
  const bool has_numbers = take_little_endian(in, event.time_us) && take_little_endian(in, node) &&
                           take_little_endian(in, connection) && take_little_endian(in, cause) &&
                           take_little_endian(in, kind) && take_little_endian(in, fields_size) &&
                           take_little_endian(in, content_size);
  if (!has_numbers || !take_span(in, fields_size, event.fields)) return std::nullopt;
  event.node = NodeId{node};
  event.connection = ConnectionId{connection};
  event.cause = EventPosition{cause};
  event.kind = kind;
  if (content_size == 0) return event;
  if (content_size != kSameContent) {
    std::string_view content;
    if (!take_span(in, content_size, content)) return std::nullopt;
    latest_content_ = Bytes(content);
  }
  event.content = latest_content_;
  return event;
}

Error PromiseReader::damaged() const {
  return {"is damaged: it holds what was promised last, and some of that cannot be read",
          "move it away to read the recording without it", name_};
}

Error PromiseReader::too_late() const {
  return {"begins after the end of the recording beside it",
          "copy it before the recording, or move it away to read the recording without it", name_};
}

Error PromiseReader::not_its_own() const {
  return {"does not belong to the recording beside it",
          "move it away to read the recording without it", name_};
}

}  // namespace mailwalk::journal
