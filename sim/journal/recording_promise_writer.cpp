#include "journal/recording_promise_writer.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "base/bytes.hpp"
#include "base/little_endian.hpp"
#include "journal/event_codec.hpp"
#include "journal/recording_format.hpp"
#include "journal/recording_sqlite.hpp"

namespace mailwalk::journal {
namespace {

constexpr std::size_t kGrowthOctets = 1'000'000;

void put_event(std::string& out, const Event& event, Bytes& latest_content) {
  const SplitPayload split = encode_apart(event.payload, kLeastContentOctets);
  put_little_endian(out, event.time.us);
  put_little_endian(out, event.node.value());
  put_little_endian(out, event.connection.value());
  put_little_endian(out, event.cause.value());
  put_little_endian(out, payload_kind(event.payload));
  put_little_endian(out, static_cast<std::uint32_t>(split.fields.size()));
  const bool same = !split.content.empty() && split.content == latest_content;
  put_little_endian(out, same ? kSameContent : static_cast<std::uint32_t>(split.content.size()));
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

}  // namespace

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
  batch_.assign(kBatchHeadOctets, '\0');
  Bytes latest_content;
  for (std::uint64_t i = begin; i < end; ++i) {
    put_event(batch_, journal[EventPosition{i}], latest_content);
  }
  const std::string_view events = std::string_view(batch_).substr(kBatchHeadOctets);
  batch_.replace(0, kBatchHeadOctets, batch_head(mark_, begin, end, fingerprint, events));
  // The head is on the disk before any batch: where there are batches without it, it was damaged.
  if (end_octets_ == 0) {
    const Done headed = append(log_head(mark_));
    if (!headed) return headed;
  }
  const Done appended = append(batch_);
  return appended ? check_in_place() : appended;
}

// Where the disk knows the place already it has less to write: the octets, and nothing about the
// file. So the file grows before it is needed.
Done PromiseWriter::append(std::string_view octets) {
  while (room_octets_ < end_octets_ + octets.size()) {
    if (!write_at(room_octets_, std::string(kGrowthOctets, '\0'))) return system_error();
    room_octets_ += kGrowthOctets;
  }
  if (!write_at(end_octets_, octets) || ::fdatasync(file_) != 0) return system_error();
  end_octets_ += octets.size();
  return done();
}

Done PromiseWriter::check_in_place() const {
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
  if (::getentropy(&mark_, sizeof mark_) != 0) return system_error();
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
              (why == ENOSPC ? std::string(kDiskIsFull) : std::generic_category().message(why)),
          {},
          path_};
}

}  // namespace mailwalk::journal
