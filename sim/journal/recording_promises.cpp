#include "journal/recording_promises.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "base/fingerprint.hpp"
#include "journal/event_codec.hpp"
#include "journal/recording_format.hpp"

namespace mailwalk::journal {

namespace fs = std::filesystem;

namespace {

// What stands before the events of a batch: the mark, and these, each 8 octets.
struct BatchHead {
  std::uint64_t octets = 0;       // of the events
  std::uint64_t begin = 0;        // position of the first one
  std::uint64_t end = 0;          // and after the last one
  std::uint64_t fingerprint = 0;  // of all events of the run before the first one
  std::uint64_t check = 0;        // of the batch
};
constexpr std::size_t kHeadOctets = 48;
constexpr std::string_view kMark = "MaWkProm";

constexpr std::size_t kGrowthOctets = 1'000'000;

// In place of a content's length: it is that of the last event in the batch that had one.
constexpr std::uint32_t kSameContent = ~std::uint32_t{0};

template <class Number>
void put_number(std::string& out, Number number) {
  std::array<char, sizeof(Number)> octets{};
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    octets[i] = static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * i) & 255);
  }
  out.append(octets.data(), octets.size());
}

// False: there are not so many octets left.
template <class Number>
bool take_number(std::string_view& in, Number& number) {
  if (in.size() < sizeof(Number)) return false;
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(in[i])) << (8 * i);
  }
  in.remove_prefix(sizeof(Number));
  number = static_cast<Number>(bits);
  return true;
}

bool take_octets(std::string_view& in, std::uint64_t count, std::string_view& octets) {
  if (in.size() < count) return false;
  octets = in.substr(0, static_cast<std::size_t>(count));
  in.remove_prefix(octets.size());
  return true;
}

std::uint64_t check_of(const BatchHead& head, std::string_view events) {
  Fingerprint check;
  for (const std::uint64_t number : {head.octets, head.begin, head.end, head.fingerprint}) {
    check.add_number(number);
  }
  check.add_text(events);
  return check.value();
}

// nullopt: these octets do not begin with a batch that is whole.
struct WholeBatch {
  BatchHead head;
  std::string_view events;
};
std::optional<WholeBatch> take_whole_batch(std::string_view& octets) {
  std::string_view in = octets;
  if (!in.starts_with(kMark)) return std::nullopt;
  in.remove_prefix(kMark.size());
  BatchHead head;
  for (std::uint64_t* number :
       {&head.octets, &head.begin, &head.end, &head.fingerprint, &head.check}) {
    if (!take_number(in, *number)) return std::nullopt;
  }
  std::string_view events;
  if (!take_octets(in, head.octets, events) || head.begin >= head.end) return std::nullopt;
  if (head.check != check_of(head, events)) return std::nullopt;
  octets = in;
  return WholeBatch{head, events};
}

// Wherever it begins. Each mark of a forged file may claim all that is behind it: who has so many
// octets to check that no program wrote them is believed nothing.
bool has_whole_batch(std::string_view octets) {
  constexpr std::uint64_t kMostChecked = 1'000'000'000;
  for (std::uint64_t checked = 0; checked < kMostChecked;) {
    const std::size_t at = octets.find(kMark);
    if (at == std::string_view::npos) return false;
    octets.remove_prefix(at);
    std::string_view claimed = octets.substr(kMark.size());
    std::uint64_t length = 0;
    if (take_number(claimed, length) && length <= claimed.size()) checked += length;
    if (take_whole_batch(octets)) return true;
    octets.remove_prefix(kMark.size());
  }
  return true;
}

// A batch that is not whole, with a whole one behind it.
bool has_gap(std::string_view octets) {
  while (take_whole_batch(octets)) {
  }
  return has_whole_batch(octets);
}

void put_event(std::string& out, const Event& event, Bytes& latest_content) {
  const SplitPayload split = encode_apart(event.payload, kLeastContentOctets);
  put_number(out, event.time.us);
  put_number(out, event.node.value());
  put_number(out, event.connection.value());
  put_number(out, event.cause.value());
  put_number(out, payload_kind(event.payload));
  put_number(out, static_cast<std::uint32_t>(split.fields.size()));
  const bool same = !split.content.empty() && split.content == latest_content;
  put_number(out, same ? kSameContent : static_cast<std::uint32_t>(split.content.size()));
  out += split.fields;
  if (same || split.content.empty()) return;
  out += split.content.view();
  latest_content = split.content;
}

// So that the new name is there after a loss of power. Not every file system can be asked, nor
// every folder that can be written.
bool sync_folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return errno == EACCES;
  const bool synced = ::fsync(opened) == 0 || errno == EINVAL;
  const int why = errno;
  ::close(opened);
  errno = why;
  return synced;
}

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
  std::string octets(std::istreambuf_iterator<char>(file), {});
  if (file.bad() || !file.is_open()) {
    return Error{"cannot be read: " + std::generic_category().message(errno), {}, path};
  }
  return octets;
}

}  // namespace

std::string promises_path(const std::string& recording) {
  // A recording may be reached by several names; SQLite keeps its own files beside the real one.
  std::error_code problem;
  const fs::path real = fs::weakly_canonical(fs::absolute(recording, problem), problem);
  return (problem ? recording : real.string()) + "-promised";
}

std::string batch_head(std::uint64_t begin, std::uint64_t end, std::uint64_t fingerprint,
                       std::string_view events) {
  BatchHead head{events.size(), begin, end, fingerprint, 0};
  head.check = check_of(head, events);
  std::string out(kMark);
  for (const std::uint64_t number :
       {head.octets, head.begin, head.end, head.fingerprint, head.check}) {
    put_number(out, number);
  }
  return out;
}

// ---- Writing ---------------------------------------------------------------------------------

PromiseWriter::PromiseWriter(const std::string& recording) : path_(promises_path(recording)) {}

PromiseWriter::~PromiseWriter() {
  if (file_ >= 0) ::close(file_);
}

Done PromiseWriter::keep(const Journal& journal, std::uint64_t begin, std::uint64_t end,
                         std::uint64_t fingerprint) {
  if (file_ < 0) {
    const Done made = make_file();
    if (!made) return made;
  }
  batch_.assign(kHeadOctets, '\0');
  Bytes latest_content;
  for (std::uint64_t i = begin; i < end; ++i) {
    put_event(batch_, journal[EventPosition{i}], latest_content);
  }
  const std::string_view events = std::string_view(batch_).substr(kHeadOctets);
  batch_.replace(0, kHeadOctets, batch_head(begin, end, fingerprint, events));
  return append();
}

// Where the disk knows the place already it has less to write: the octets, and nothing about the
// file. So the file grows before it is needed.
Done PromiseWriter::append() {
  while (room_octets_ < end_octets_ + batch_.size()) {
    if (!write_at(room_octets_, std::string(kGrowthOctets, '\0'))) return system_error();
    room_octets_ += kGrowthOctets;
  }
  if (!write_at(end_octets_, batch_) || ::fdatasync(file_) != 0) return system_error();
  end_octets_ += batch_.size();
  struct stat written {
  }, there{};
  const bool is_there = ::fstat(file_, &written) == 0 && ::stat(path_.c_str(), &there) == 0 &&
                        written.st_dev == there.st_dev && written.st_ino == there.st_ino;
  if (is_there) return done();
  return Error{"cannot be written: somebody moved or removed it meanwhile", {}, path_};
}

bool PromiseWriter::write_at(std::uint64_t place, std::string_view octets) const {
  while (!octets.empty()) {
    const ssize_t written =
        ::pwrite(file_, octets.data(), octets.size(), static_cast<off_t>(place));
    if (written < 0 && errno != EINTR) return false;
    if (written < 0) continue;
    octets.remove_prefix(static_cast<std::size_t>(written));
    place += static_cast<std::uint64_t>(written);
  }
  return true;
}

Done PromiseWriter::make_file() {
  end_octets_ = room_octets_ = 0;
  file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  return file_ >= 0 && sync_folder_of(path_) ? done() : Done(system_error());
}

Done PromiseWriter::forget() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
  if (::unlink(path_.c_str()) == 0 || errno == ENOENT) return done();
  return system_error();
}

Error PromiseWriter::system_error() const {
  const int why = errno;
  return {"cannot be written: " +
              (why == ENOSPC ? "the disk is full" : std::generic_category().message(why)),
          {},
          path_};
}

// ---- Reading ---------------------------------------------------------------------------------

Result<std::string> load_promises(const std::string& recording) {
  // While it is written, a read may miss the middle of what it has the end of.
  constexpr int kMostTries = 3;
  Result<std::string> octets = load_once(recording);
  for (int tries = 1; tries < kMostTries && octets && has_gap(*octets); ++tries) {
    octets = load_once(recording);
  }
  return octets;
}

Result<PromiseReader> PromiseReader::open(std::string_view octets, const std::string& name) {
  PromiseReader reader(name);
  while (const auto batch = take_whole_batch(octets)) {
    const BatchHead& head = batch->head;
    if (!reader.batches_.empty() && reader.batches_.back().end != head.begin) {
      return reader.damaged();
    }
    reader.batches_.push_back({head.begin, head.end, head.fingerprint, batch->events});
  }
  // One that was not finished is the last one: the next is begun when the disk has this.
  if (has_whole_batch(octets)) return reader.damaged();
  return reader;
}

Done PromiseReader::pass(const EventChain& chain) {
  while (!batches_.empty() && batches_.front().end <= chain.size()) batches_.pop_front();
  const bool begins_here = !batches_.empty() && batches_.front().begin == chain.size();
  if (!begins_here || batches_.front().fingerprint == chain.fingerprint().value()) return done();
  return not_its_own();
}

Result<std::optional<Event>> PromiseReader::next(EventChain& chain) {
  if (is_within_ && batches_.front().events.empty()) {
    if (batches_.front().end != chain.size()) return damaged();
    batches_.pop_front();
    is_within_ = false;
  }
  if (batches_.empty()) return std::optional<Event>();
  if (!is_within_) {
    const Batch& begun = batches_.front();
    const bool goes_on =
        begun.begin == chain.size() && begun.fingerprint == chain.fingerprint().value();
    if (!goes_on) return begun.begin > chain.size() ? too_late() : not_its_own();
    is_within_ = true;
    latest_content_ = {};
  }
  Result<WrittenEvent> written = take_event();
  if (!written) return written.error();
  Result<Event> event = chain.add(std::move(*written));
  if (!event) return event.error();
  return std::optional<Event>(std::move(*event));
}

Result<WrittenEvent> PromiseReader::take_event() {
  std::string_view& in = batches_.front().events;
  WrittenEvent event;
  std::uint32_t node = 0, connection = 0, fields_size = 0, content_size = 0;
  std::uint64_t cause = 0;
  std::uint8_t kind = 0;
  const bool has_numbers = take_number(in, event.time_us) && take_number(in, node) &&
                           take_number(in, connection) && take_number(in, cause) &&
                           take_number(in, kind) && take_number(in, fields_size) &&
                           take_number(in, content_size);
  if (!has_numbers || !take_octets(in, fields_size, event.fields)) return damaged();
  event.node = NodeId{node};
  event.connection = ConnectionId{connection};
  event.cause = EventPosition{cause};
  event.kind = kind;
  if (content_size == 0) return event;
  if (content_size != kSameContent) {
    std::string_view content;
    if (!take_octets(in, content_size, content)) return damaged();
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
