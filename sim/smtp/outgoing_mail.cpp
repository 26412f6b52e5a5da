#include "smtp/outgoing_mail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "smtp/limits.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::smtp {

namespace {

struct Lines {
  OutgoingMail::LineEnds ends = OutgoingMail::LineEnds::CrLf;
  std::size_t longest_octets = 0;
  enum class Last { Ended, Open } last = Last::Ended;
};

// A line here is what a strict receiver takes for one: it ends with CRLF only.
Lines examine_lines(std::string_view content) {
  Lines lines;
  std::size_t start = 0;
  while (start < content.size()) {
    const std::size_t end = content.find("\r\n", start);
    const std::string_view text = content.substr(start, end - start);
    if (text.find('\n') != std::string_view::npos || text.find('\r') != std::string_view::npos) {
      lines.ends = OutgoingMail::LineEnds::SomeBare;
    }
    lines.longest_octets = std::max(lines.longest_octets, text.size() + 2);
    if (end == std::string_view::npos) {
      lines.last = Lines::Last::Open;
      break;
    }
    start = end + 2;
  }
  return lines;
}

bool needs_smtputf8(const mail::Envelope& envelope) {
  if (envelope.smtputf8) return true;
  if (envelope.reverse_path && !mail::is_ascii(*envelope.reverse_path)) return true;
  return !std::all_of(envelope.recipients.begin(), envelope.recipients.end(), mail::is_ascii);
}

}  // namespace

OutgoingMail make_outgoing(mail::Envelope envelope, Bytes content) {
  const Lines lines = examine_lines(content.view());
  const auto octets = wire::is_ascii(content.view()) ? OutgoingMail::Octets::SevenBit
                                                     : OutgoingMail::Octets::EightBit;
  const auto addresses =
      needs_smtputf8(envelope) ? OutgoingMail::Addresses::Utf8 : OutgoingMail::Addresses::Ascii;
  const std::size_t added = lines.last == Lines::Last::Open ? 2 : 0;
  const std::size_t size = content.size() + added;
  return {std::move(envelope), std::move(content),   octets, lines.ends,
          addresses,           lines.longest_octets, size};
}

std::optional<Reply> reason_not_to_send(const OutgoingMail& mail, const OfferedExtensions& offered,
                                        const ContentRules& rules) {
  // RFC 6531 section 3.2: not to a server without SMTPUTF8.
  if (mail.addresses == OutgoingMail::Addresses::Utf8 && !offered.known.has(Extension::SmtpUtf8)) {
    return Reply(553, {6, 7}, "The server does not offer SMTPUTF8");
  }
  // RFC 6152 section 3: convert it or return it. Mailwalk does not rewrite mails.
  if (mail.octets == OutgoingMail::Octets::EightBit &&
      !offered.known.has(Extension::EightBitMime)) {
    return Reply(554, {6, 3}, "The server does not offer 8BITMIME");
  }
  if (offered.size_limit_bytes && mail.size_bytes > *offered.size_limit_bytes) {  // RFC 1870
    return Reply(552, {3, 4},
                 fmt::format("Message of {} bytes exceeds the server's limit of {}",
                             mail.size_bytes, *offered.size_limit_bytes));
  }
  if (mail.line_ends == OutgoingMail::LineEnds::SomeBare &&
      rules.bare_line_ends == ContentCheck::Strict) {
    return Reply(554, {6, 0}, "The content has a CR or LF alone, which SMTP does not allow");
  }
  if (mail.longest_line_octets > kTextLineOctets && rules.long_lines == ContentCheck::Strict) {
    return Reply(554, {6, 0}, "The content has a line of more than 998 octets");
  }
  return std::nullopt;
}

MailParameters parameters_for(const OutgoingMail& mail, const OfferedExtensions& offered) {
  MailParameters parameters;
  if (offered.known.has(Extension::Size)) parameters.size_bytes = mail.size_bytes;
  if (mail.octets == OutgoingMail::Octets::EightBit) {
    parameters.body = mail::BodyType::EightBitMime;
  }
  if (mail.addresses == OutgoingMail::Addresses::Utf8) parameters.utf8 = mail::Utf8::Allowed;
  return parameters;
}

}  // namespace mailwalk::smtp
