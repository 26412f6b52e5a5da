#include "cli/mail_file.hpp"

#include <fmt/format.h>

#include <utility>

#include "mail/message.hpp"
#include "world/problems.hpp"
#include "world/scenario_load.hpp"

namespace mailwalk::cli {

Result<MailFile> read_mail_file(const std::string& path) {
  const Result<Bytes> file = world::load_file(path, world::kMostMailBytes);
  if (!file) return file.error();
  std::string lines = mail::normalise_line_ends(file->view());
  // Each change adds one CR, and the last line perhaps an LF as well.
  const bool unended = !file->empty() && !file->view().ends_with('\n');
  MailFile mail;
  mail.lines_changed = lines.size() - file->size() - (unended ? 1U : 0U);
  mail.content = Bytes(std::move(lines));
  if (mail::Message(mail.content).fields().empty()) {
    return world::make_error(fmt::format("{} is no mail", world::in_quotes(path)),
                             "it should begin with fields such as \"Subject: Halo\"");
  }
  return mail;
}

}  // namespace mailwalk::cli
