#include "journal/recording_contents.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/fingerprint.hpp"

namespace mailwalk::journal {
namespace {

// What servers put before a mail in a few hops. So little that looking for a core costs little.
constexpr std::size_t kMostOctetsAroundCore = 1'000;

// Whoever writes keeps to it, so that whoever reads may bound the memory by the size of the file.
// A mail has two cores a hop: as it is sent, and as it arrives with one more field.
constexpr std::uint64_t kMostOctetsOfCoresPerOctet = 16;

constexpr const char* kAddContent = "INSERT INTO contents VALUES (?, ?, ?, ?)";
constexpr const char* kReadContents =
    "SELECT content, octets, core, core_at FROM contents ORDER BY content";
// Columns of the query, parameters of the one that adds (counted from 1).
enum ContentColumn { kContentNumber, kContentOctets, kCore, kCoreAt };
int content_parameter(ContentColumn column) {
  return static_cast<int>(column) + 1;
}

std::uint64_t fingerprint_of_octets(std::string_view octets) {
  Fingerprint fingerprint;
  fingerprint.add_text(octets);
  return fingerprint.value();
}

Error content_missing() {
  return {"its content is not there", {}, {}};
}
Error content_unreadable() {
  return {"its content cannot be read", {}, {}};
}

// Takes so many octets of what is left. False: there are not so many.
bool take_octets(std::uint64_t& left, std::uint64_t octets) {
  if (octets > left) return false;
  left -= octets;
  return true;
}

}  // namespace

// ---- Writing ---------------------------------------------------------------------------------

Result<ContentWriter> ContentWriter::prepare(Database& database) {
  Result<Statement> add = database.prepare(kAddContent);
  if (!add) return add.error();
  return ContentWriter(database, std::move(*add));
}

Result<std::int64_t> ContentWriter::number_of(const Bytes& octets) {
  // The next event often carries the same mail: then nothing has to be looked up.
  if (added_.latest != 0) {
    for (const std::int64_t number : {added_.latest, stored(added_.latest).core}) {
      if (stored(number).octets == octets) return added_.latest = number;
    }
  }
  const std::uint64_t print = fingerprint_of_octets(octets.view());
  const std::int64_t known = find(octets, print);
  return known != 0 ? known : add(octets, print);
}

bool ContentWriter::recall(const Bytes& octets, Statement& rows) {
  const std::uint64_t print = fingerprint_of_octets(octets.view());
  if (find(octets, print) != 0) return true;
  if (rows.step() != Statement::Step::Row) return false;
  const auto number = static_cast<std::int64_t>(stored_.size()) + 1;
  const std::int64_t core = rows.number(0).value_or(number);
  if (core < 1 || core > number) return false;
  if (core != number) added_.octets_of_cores += stored(core).octets.size();
  added_.octets += static_cast<std::uint64_t>(rows.number(1).value_or(0));
  stored_.push_back({octets, core});
  ++added_.contents;
  numbers_.emplace(print, number);
  added_.latest = number;
  return true;
}

void ContentWriter::taken_back() {
  for (; stored_.size() > committed_.contents; stored_.pop_back()) {
    const auto number = static_cast<std::int64_t>(stored_.size());
    auto [place, end] = numbers_.equal_range(fingerprint_of_octets(stored_.back().octets.view()));
    while (place != end && place->second != number) ++place;
    if (place != end) numbers_.erase(place);
  }
  added_ = committed_;
}

std::int64_t ContentWriter::find(const Bytes& octets, std::uint64_t print) {
  const auto [begin, end] = numbers_.equal_range(print);
  for (auto place = begin; place != end; ++place) {
    if (stored(place->second).octets == octets) return added_.latest = place->second;
  }
  return 0;
}

// What is said is put on the wire at once, and what has arrived goes into a queue or a maildrop at
// once: if a content has a core, it is that of the content before, or this one itself.
ContentWriter::Core ContentWriter::core_of(const Bytes& octets) const {
  if (added_.latest == 0) return {};
  const std::int64_t core = stored(added_.latest).core;
  const std::string_view inner = stored(core).octets.view();
  const std::size_t size = inner.size();
  const bool may_lie_within =
      octets.size() > size && octets.size() - size <= std::min(kMostOctetsAroundCore, size) &&
      added_.octets_of_cores + size <= added_.octets * kMostOctetsOfCoresPerOctet;
  if (!may_lie_within) return {};
  const std::size_t at = octets.view().find(inner);
  return at == std::string_view::npos ? Core{} : Core{core, at};
}

Result<std::int64_t> ContentWriter::add(const Bytes& octets, std::uint64_t print) {
  const auto number = static_cast<std::int64_t>(stored_.size()) + 1;
  const Core core = core_of(octets);
  std::string_view row = octets.view();
  std::string around_core;
  add_.bind(content_parameter(kContentNumber), number);
  add_.bind_null(content_parameter(kCore));
  add_.bind_null(content_parameter(kCoreAt));
  if (core.number != 0) {
    const std::size_t size = stored(core.number).octets.size();
    around_core.append(row.substr(0, core.at)).append(row.substr(core.at + size));
    row = around_core;
    added_.octets_of_cores += size;
    add_.bind(content_parameter(kCore), core.number);
    add_.bind(content_parameter(kCoreAt), static_cast<std::int64_t>(core.at));
  }
  add_.bind_octets(content_parameter(kContentOctets), row);
  const Statement::Step step = add_.step();
  add_.reset();
  if (step != Statement::Step::Done) return database_->error();
  added_.octets += row.size();
  stored_.push_back({octets, core.number != 0 ? core.number : number});
  ++added_.contents;
  numbers_.emplace(print, number);
  return added_.latest = number;
}

// ---- Reading ---------------------------------------------------------------------------------

ContentReader::ContentReader(Database& database, Statement contents, std::uint64_t file_octets)
    : database_(&database),
      contents_(std::move(contents)),
      octets_left_(file_octets),
      octets_of_cores_left_(file_octets * kMostOctetsOfCoresPerOctet) {}

Result<ContentReader> ContentReader::prepare(Database& database, std::uint64_t file_octets) {
  Result<Statement> contents = database.prepare(kReadContents);
  if (!contents) return contents.error();
  return ContentReader(database, std::move(*contents), file_octets);
}

Result<Bytes> ContentReader::read(std::int64_t number) {
  const auto known = static_cast<std::int64_t>(known_.size());
  if (number < 1 || number > known + 1) return content_missing();
  if (number <= known) return known_[static_cast<std::size_t>(number - 1)];
  const Statement::Step step = contents_.step();
  if (step == Statement::Step::Failed) return database_->error("its content cannot be read");
  if (step == Statement::Step::Done || contents_.number(kContentNumber) != number) {
    return content_missing();
  }
  return read_next();
}

Result<Bytes> ContentReader::read_next() {
  const auto octets = contents_.octets(kContentOctets);
  if (!octets || octets->empty() || !take_octets(octets_left_, octets->size()))
    return content_unreadable();
  if (contents_.is_null(kCore)) return known_.emplace_back(*octets);
  const auto core = contents_.number(kCore).value_or(0);
  const auto at = contents_.number(kCoreAt).value_or(-1);
  if (core < 1 || core > static_cast<std::int64_t>(known_.size())) return content_unreadable();
  if (at < 0 || at > static_cast<std::int64_t>(octets->size())) return content_unreadable();
  const std::string_view inner = known_[static_cast<std::size_t>(core - 1)].view();
  if (!take_octets(octets_of_cores_left_, inner.size())) return content_unreadable();
  std::string whole(*octets);
  whole.insert(static_cast<std::size_t>(at), inner);
  return known_.emplace_back(whole);
}

}  // namespace mailwalk::journal
