// The letters that every place holds, as files: what --save-mail writes.
#pragma once

#include <filesystem>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::cli {

struct KeptMail {
  std::filesystem::path file;  // "hp-budi/inbox/1.eml"; each has its own
  Bytes content;
};

// By machine, in the order of the scenario: outbox/NUMBER, sent/NUMBER, queue/QUEUE-ID,
// maildrop-OWNER/UID and inbox/NUMBER, each .eml.
std::vector<KeptMail> kept_mail(const journal::WorldView& view);

// Writes them below the folder, which is there. Stops at the first that cannot be written.
Done save_mail(const std::vector<KeptMail>& mails, const std::filesystem::path& folder);

}  // namespace mailwalk::cli
