#include "journal/recording_promise_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/bytes.hpp"
#include "base/little_endian.hpp"
#include "journal/event_codec.hpp"
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

int make_file(const std::string& path, int existing) {
  return ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | existing, 0666);
}

}  // namespace

PromiseWriter::PromiseWriter(const std::string& recording)
    : path_(promises_path(recording)), next_path_(next_promises_path(recording)) {}

PromiseWriter::~PromiseWriter() {
  if (file_ >= 0) ::close(file_);
}

void PromiseWriter::take_over(std::uint64_t events) {
  const std::lock_guard lock(mutex_);
  kept_events_ = events;
}

Done PromiseWriter::keep(std::uint64_t end, const EventAt& event_at) {
  const std::lock_guard lock(mutex_);
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

Done PromiseWriter::all_in_file(std::uint64_t events, const Fingerprint& fingerprint) {
  const std::lock_guard lock(mutex_);
  if (kept_events_ <= events) {
    kept_events_ = events;
    fingerprint_ = fingerprint;
    return forget();
  }
  std::size_t needless = 0;
  while (needless < batches_.size() && batches_[needless].end_events <= events) ++needless;
  if (needless == 0) return done();
  return batches_[needless - 1].end_octets < kWorthToDropOctets ? done() : begin_anew(needless);
}

// While promises are made without a pause, the file never has all of them. What it lacks goes into
// a log of its own, which takes the place of this one in one step.
Done PromiseWriter::begin_anew(std::size_t needless) {
  const std::uint64_t drop = batches_[needless - 1].end_octets - kBatchHeadOctets;
  const std::uint64_t from = kBatchHeadOctets + drop;
  std::string batches = read_at(file_, from, end_octets_ - from);
  if (batches.empty() || ::getentropy(&mark_, sizeof mark_) != 0) return system_error();
  batches_.erase(batches_.begin(), batches_.begin() + static_cast<std::ptrdiff_t>(needless));
  std::string mark;
  put_little_endian(mark, mark_);
  std::size_t begin = 0;
  for (Batch& batch : batches_) {
    batches.replace(begin, mark.size(), mark);
    batch.end_octets -= drop;
    begin = static_cast<std::size_t>(batch.end_octets - kBatchHeadOctets);
  }
  const Done replaced = replace_file(log_head(mark_) + batches);
  if (!replaced) return replaced;
  end_octets_ = room_octets_ = kBatchHeadOctets + batches.size();
  return done();
}

Done PromiseWriter::replace_file(std::string_view octets) {
  const int next = make_file(next_path_, O_TRUNC);
  const bool is_in_place = next >= 0 && write_at(next, 0, octets) && ::fdatasync(next) == 0 &&
                           std::rename(next_path_.c_str(), path_.c_str()) == 0 &&
                           sync_folder_of(path_);
  if (!is_in_place) {
    const Error why = system_error();
    if (next >= 0) ::close(next);
    ::unlink(next_path_.c_str());
    return why;
  }
  ::close(std::exchange(file_, next));
  return done();
}

Done PromiseWriter::forget() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
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
