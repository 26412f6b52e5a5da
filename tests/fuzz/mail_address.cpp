// Paths and mailboxes: whatever is taken for an address can be written, and read again as the same.
#include "mail/address.hpp"

#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

namespace {

void check_path(std::string_view input, const mail::ParsedPath& path, mail::Utf8 utf8) {
  if (!path.ok()) {
    fuzz::require(!path.mailbox && path.rest.empty(), "a fault comes with nothing else");
    return;
  }
  fuzz::require(input.ends_with(path.rest), "the rest is what follows the path");
  if (!path.mailbox) return;
  const auto again = mail::parse_forward_path("<" + path.mailbox->text() + ">", utf8);
  fuzz::require(again.ok() && again.mailbox == path.mailbox, "a path is read as it was written");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text(data, size);
  for (const mail::Utf8 utf8 : {mail::Utf8::Refused, mail::Utf8::Allowed}) {
    check_path(input, mail::parse_reverse_path(input, utf8), utf8);
    check_path(input, mail::parse_forward_path(input, utf8), utf8);
    mail::valid_domain(input, utf8);
    const auto mailbox = mail::parse_mailbox(input, utf8);
    if (mailbox) {
      fuzz::require(mail::parse_mailbox(mailbox->text(), utf8) == mailbox,
                    "a mailbox is read as it was written");
      fuzz::require(mail::valid_domain(mailbox->domain, utf8), "a mailbox has a valid domain");
    }
  }
  return 0;
}
