#include "journal/recording_promise_writer.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/bytes.hpp"
#include "base/little_endian.hpp"
#include "journal/event_codec.hpp"
#include "journal/recording_creation.hpp"
#include "journal/recording_format.hpp"
#include "journal/recording_place.hpp"
#include "journal/recording_sqlite.hpp"

namespace mailwalk::journal {
namespace {

constexpr std::size_t kGrowthOctets = 1'000'000;

// To begin a log anew the disk is waited for, and whoever has a promise to keep waits for that.
constexpr std::uint64_t kWorthToDropOctets = 4'000'000;

void put_event(std::string& out, const Event& event, Bytes& latest_content) {
  const SplitPayload split = encode_apart(event.payload, kLeastContentOctets);
  const bool same = !split.content.empty() && split.content == latest_content;
  put_little_endian(out, event.time.us, event.node.value(), event.connection.value(),
                    event.cause.value(), payload_kind(event.payload),
                    static_cast<std::uint32_t>(split.fields.size()),
                    same ? kSameContent : static_cast<std::uint32_t>(split.content.size()));
  out += split.fields;
  if (same || split.content.empty()) return;
  out += split.content.view();
  latest_content = split.content;
}

// So that the new name is there after a loss of power. Not every file system can be asked, nor
// every folder that can be written.
bool sync_folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return errno == EACCES;
  const bool synced = ::fsync(opened) == 0 || errno == EINVAL;
  const int why = errno;
  ::close(opened);
  errno = why;
  return synced;
}

bool write_at(int file, std::uint64_t place, std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t written = ::pwrite(file, octets.data(), octets.size(), static_cast<off_t>(place));
    if (written < 0 && errno != EINTR) return false;
    if (written < 0) continue;
    octets.remove_prefix(static_cast<std::size_t>(written));
    place += static_cast<std::uint64_t>(written);
  }
  return true;
}

// Empty if they cannot be read, or are fewer.
std::string read_at(int file, std::uint64_t place, std::uint64_t count) {
  std::string octets(static_cast<std::size_t>(count), '\0');
  for (std::size_t done = 0; done < octets.size();) {
    const ssize_t got =
        ::pread(file, octets.data() + done, octets.size() - done, static_cast<off_t>(place + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return {};
    done += static_cast<std::size_t>(got);
  }
  return octets;
}

// False: somebody else has locked it. Where files cannot be locked, nobody has.
bool lock_file(int file) {
  return ::flock(file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

// Locked. -1: that cannot be.
int make_file(const std::string& path, int existing) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | existing, 0666);
  if (file < 0 || lock_file(file)) return file;
  ::close(file);
  errno = EWOULDBLOCK;
  return -1;
}

bool move_to(const std::string& path, const std::string& from) {
  std::error_code failed;
  std::filesystem::rename(from, path, failed);
  return !failed;
}

void close_if_open(int& file) {
  if (file >= 0) ::close(file);
  file = -1;
}

}  // namespace

PromiseWriter::PromiseWriter(const std::string& recording)
    : path_(promises_path(recording)), next_path_(next_promises_path(recording)) {}

PromiseWriter::~PromiseWriter() {
  close_if_open(left_);
  close_if_open(file_);
}

Done PromiseWriter::take_over() {
  const std::lock_guard lock(mutex_);
  left_ = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (left_ < 0) return errno == ENOENT ? done() : Done(system_error());
  const bool is_mine = lock_file(left_) && file_at(path_) == file_opened_as(left_);
  return is_mine ? done() : Done(busy_error(path_, "end that program first"));
}

void PromiseWriter::has_kept(std::uint64_t events) {
  const std::lock_guard lock(mutex_);
  kept_events_ = events;
}

Done PromiseWriter::keep(std::uint64_t end, const EventAt& event_at) {
  const std::lock_guard lock(mutex_);
  return error_ ? Done(*error_) : remembered(keep_now(end, event_at));
}

Done PromiseWriter::all_in_file(std::uint64_t events, const Fingerprint& fingerprint) {
  const std::lock_guard lock(mutex_);
  return error_ ? Done(*error_) : remembered(drop(events, fingerprint));
}

void PromiseWriter::discard() {
  const std::lock_guard lock(mutex_);
  forget();
}

Done PromiseWriter::remembered(Done done) {
  if (!done) error_ = done.error();
  return done;
}

// ---- Keeping ---------------------------------------------------------------------------------

Done PromiseWriter::keep_now(std::uint64_t end, const EventAt& event_at) {
  if (kept_events_ >= end) return done();
  if (file_ < 0) {
    const Done begun = begin_log();
    if (!begun) return begun;
  }
  const std::uint64_t before = fingerprint_.value();
  batch_.assign(kBatchHeadOctets, '\0');
  Bytes latest_content;
  for (std::uint64_t i = kept_events_; i < end; ++i) {
    const Event& event = event_at(i);
    put_event(batch_, event, latest_content);
    add_to_fingerprint(event, fingerprint_);
  }
  const std::string_view events = std::string_view(batch_).substr(kBatchHeadOctets);
  batch_.replace(0, kBatchHeadOctets, batch_head(mark_, kept_events_, end, before, events));
  const Done appended = append(batch_);
  if (!appended) return appended;
  kept_events_ = end;
  batches_.push_back({end, end_octets_});
  return file_at(path_) == file_opened_as(file_) ? done() : Done(moved_error(path_));
}

// The head is on the disk before any batch: where there are batches without it, it was damaged.
Done PromiseWriter::begin_log() {
  end_octets_ = room_octets_ = 0;
  if (::getentropy(&mark_, sizeof mark_) != 0) return system_error();
  file_ = make_file(path_, O_EXCL);
  if (file_ < 0 || !sync_folder_of(path_)) return system_error();
  return append(log_head(mark_));
}

// Where the disk knows the place already it has less to write: the octets, and nothing about the
// file. So the file grows before it is needed.
Done PromiseWriter::append(std::string_view octets) {
  while (room_octets_ < end_octets_ + octets.size()) {
    if (!write_at(file_, room_octets_, std::string(kGrowthOctets, '\0'))) return system_error();
    room_octets_ += kGrowthOctets;
  }
  if (!write_at(file_, end_octets_, octets) || ::fdatasync(file_) != 0) return system_error();
  end_octets_ += octets.size();
  return done();
}

// ---- Dropping --------------------------------------------------------------------------------

Done PromiseWriter::drop(std::uint64_t events, const Fingerprint& fingerprint) {
  if (kept_events_ <= events) {
    kept_events_ = events;
    fingerprint_ = fingerprint;
    return forget();
  }
  std::size_t needless = 0;
  while (needless < batches_.size() && batches_[needless].end_events <= events) ++needless;
  const bool is_worth_it = needless > 0 && batches_[needless - 1].end_octets >= kWorthToDropOctets;
  return is_worth_it ? begin_anew(needless) : done();
}

// While promises are made without a pause, the recording never has all of them. What it lacks goes
// into a log of its own, which takes the place of this one in one step. If there is no room for
// that, this one goes on as it is.
Done PromiseWriter::begin_anew(std::size_t needless) {
  const std::uint64_t from = batches_[needless - 1].end_octets;
  std::string octets = read_at(file_, from, end_octets_ - from);
  BatchMark mark = 0;
  if (octets.empty() || ::getentropy(&mark, sizeof mark) != 0) return done();
  std::string mark_octets;
  put_little_endian(mark_octets, mark);
  std::deque<Batch> batches(batches_.begin() + static_cast<std::ptrdiff_t>(needless),
                            batches_.end());
  std::uint64_t begin = 0;
  for (Batch& batch : batches) {
    octets.replace(static_cast<std::size_t>(begin), mark_octets.size(), mark_octets);
    begin = batch.end_octets - from;
    batch.end_octets = kBatchHeadOctets + begin;
  }
  int next = make_file(next_path_, O_TRUNC);
  const bool is_in_place = next >= 0 && write_at(next, 0, log_head(mark) + octets) &&
                           ::fdatasync(next) == 0 && move_to(path_, next_path_);
  if (!is_in_place) {
    close_if_open(next);
    ::unlink(next_path_.c_str());
    return done();
  }
  ::close(std::exchange(file_, next));
  mark_ = mark;
  batches_ = std::move(batches);
  end_octets_ = room_octets_ = kBatchHeadOctets + octets.size();
  return sync_folder_of(path_) ? done() : Done(system_error());
}

// Another one's is left alone.
Done PromiseWriter::forget() {
  if (file_ < 0 && left_ < 0) return done();
  close_if_open(left_);
  close_if_open(file_);
  batches_.clear();
  ::unlink(next_path_.c_str());  // of somebody who was killed
  if (::unlink(path_.c_str()) == 0 || errno == ENOENT) return done();
  return system_error();
}

Error PromiseWriter::system_error() const {
  const int why = errno;
  return {"cannot be written: " +
              (why == ENOSPC ? std::string(kDiskIsFull) : std::generic_category().message(why)),
          {},
          path_};
}

}  // namespace mailwalk::journal
