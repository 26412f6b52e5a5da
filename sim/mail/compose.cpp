#include "mail/compose.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/ascii.hpp"
#include "mail/encoded_word.hpp"
#include "mail/folding.hpp"
#include "mail/message.hpp"
#include "wire/quoted_printable.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::mail {

namespace {

// RFC 2045 section 2.7 and 2.8: lines within the limit, no NUL, CR only in CRLF. REQUIRES that
// there is no bare LF.
bool can_travel_as_it_is(std::string_view crlf_text) {
  if (crlf_text.find('\0') != std::string_view::npos) return false;
  while (!crlf_text.empty()) {
    const std::size_t end = crlf_text.find('\n');
    const std::string_view line = crlf_text.substr(0, end);
    if (line.find('\r') != line.size() - 1 || line.size() > kMaxLineOctets + 1) return false;
    crlf_text.remove_prefix(end + 1);
  }
  return true;
}

std::string_view charset_of(std::string_view text) {
  if (wire::is_ascii(text)) return "us-ascii";
  return wire::is_utf8(text) ? "utf-8" : "unknown-8bit";  // RFC 1428
}

// phrase = 1*word; here: atoms with blanks between them
bool is_plain_phrase(std::string_view name) {
  static constexpr std::string_view kAtomSpecials = " !#$%&'*+-/=?^_`{|}~";
  return std::all_of(name.begin(), name.end(), [](char c) {
    return ascii::is_alnum(c) || kAtomSpecials.find(c) != std::string_view::npos;
  });
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}

std::string phrase(const std::string& name) {
  const std::string encoded = encode_words(name);
  return encoded != name || is_plain_phrase(name) ? encoded : quoted(name);
}

std::string recipients_text(const std::vector<Correspondent>& correspondents) {
  std::string text;
  for (const Correspondent& correspondent : correspondents) {
    if (!text.empty()) text += ", ";
    text += correspondent_text(correspondent);
  }
  return text;
}

std::string header_of_draft(const Draft& draft) {
  std::string header = fold_field("From", correspondent_text(draft.from));
  if (!draft.to.empty()) header += fold_field("To", recipients_text(draft.to));
  header += fold_field("Subject", encode_words(draft.subject));
  header += fold_field("Date", rfc5322_date(draft.calendar, draft.date));
  header += fold_field("Message-ID", "<" + draft.message_id + ">");
  return header;
}

}  // namespace

std::string correspondent_text(const Correspondent& correspondent) {
  const std::string address = correspondent.mailbox.text();
  if (correspondent.name.empty()) return address;
  return phrase(correspondent.name) + " <" + address + ">";
}

Bytes compose(const Draft& draft) {
  const std::string body = normalise_line_ends(draft.body);
  const bool as_it_is = can_travel_as_it_is(body);
  const std::string_view plain_encoding = wire::is_ascii(body) ? "7bit" : "8bit";

  std::string mail = header_of_draft(draft);
  mail += "MIME-Version: 1.0\r\n";
  mail += fold_field("Content-Type", "text/plain; charset=" + std::string(charset_of(body)));
  mail += fold_field("Content-Transfer-Encoding", as_it_is ? plain_encoding : "quoted-printable");
  mail += "\r\n";
  mail += as_it_is ? body : wire::quoted_printable_encode(body);
  return Bytes(std::move(mail));
}

}  // namespace mailwalk::mail
