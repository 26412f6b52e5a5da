#include "cli/kept_mail.hpp"

#include <fmt/format.h>

#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "cli/write_file.hpp"
#include "world/problems.hpp"

namespace mailwalk::cli {

namespace fs = std::filesystem;

namespace {

// Collects mails under names that are safe in a file system and unlike each other.
class Collection {
 public:
  void enter(const Bytes& machine, std::string_view place) {
    folder_ = fs::path(safe_file_name(machine.view())) / safe_file_name(place);
  }

  void add(std::string_view name, const Bytes& content) {
    const std::string safe = safe_file_name(name);
    fs::path file = folder_ / (safe + ".eml");
    for (int number = 2; !used_.insert(file).second; ++number) {
      file = folder_ / fmt::format("{}-{}.eml", safe, number);
    }
    mails_.push_back({std::move(file), content});
  }

  std::vector<KeptMail> take() { return std::move(mails_); }

 private:
  fs::path folder_;
  std::set<fs::path> used_;
  std::vector<KeptMail> mails_;
};

void collect(const journal::Machine& machine, Collection& collection) {
  collection.enter(machine.name, "outbox");
  for (const auto& [id, mail] : machine.outbox) {
    collection.add(std::to_string(id.value()), mail->content);
  }
  collection.enter(machine.name, "sent");
  int number = 0;
  for (const auto& [position, copy] : machine.sent) {
    collection.add(std::to_string(++number), copy.content);
  }
  collection.enter(machine.name, "queue");
  for (const auto& [id, mail] : machine.queue) {
    collection.add(mail->queue_id.view(), mail->content);
  }
  for (const auto& [owner, drop] : machine.maildrops) {
    collection.enter(machine.name, fmt::format("maildrop-{}", owner.view()));
    for (const auto& [position, letter] : drop->letters) {
      collection.add(letter.uid.view(), letter.content);
    }
  }
  collection.enter(machine.name, "inbox");
  for (const auto& [id, letter] : machine.letters) {
    collection.add(std::to_string(id.value()), letter.content);
  }
}

}  // namespace

std::vector<KeptMail> kept_mail(const journal::WorldView& view) {
  Collection collection;
  for (const auto& [id, machine] : view.machines) collect(*machine, collection);
  return collection.take();
}

Done save_mail(const std::vector<KeptMail>& mails, const fs::path& folder) {
  for (const KeptMail& mail : mails) {
    const fs::path file = folder / mail.file;
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (error) {
      return world::make_error(fmt::format(
          "{} cannot be made: {}", world::in_quotes(file.parent_path().string()), error.message()));
    }
    const Done written = write_file(file, mail.content.view());
    if (!written) return written;
  }
  return done();
}

}  // namespace mailwalk::cli
