#include "mail/address.hpp"

#include <cstddef>
#include <utility>

#include "base/ascii.hpp"
#include "mail/address_literal.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::mail {

namespace {

// RFC 5321 section 4.5.3.1 and, for the label, RFC 1035 section 2.3.4.
constexpr std::size_t kMaxLocalPartOctets = 64;
constexpr std::size_t kMaxDomainOctets = 255;
constexpr std::size_t kMaxLabelOctets = 63;
constexpr std::size_t kMaxPathOctets = 256;

// The functions below read a piece of grammar from the start of `rest`, and leave what follows it.
// They take characters outside ASCII as RFC 6531 section 3.3 does; limits() refuses them where it
// has to.

bool take(std::string_view& rest, char c) {
  if (rest.empty() || rest.front() != c) return false;
  rest.remove_prefix(1);
  return true;
}

// Octets of the character at the start of text if it is UTF8-non-ascii, else 0.
std::size_t non_ascii_length(std::string_view text) {
  const std::size_t length = wire::utf8_length(text);
  return length > 1 ? length : 0;
}

// atext = ALPHA / DIGIT / "!" / "#" / … (RFC 5322 section 3.2.3) / UTF8-non-ascii
std::size_t atext_length(std::string_view text) {
  static constexpr std::string_view kSpecials = "!#$%&'*+-/=?^_`{|}~";
  if (text.empty()) return 0;
  const char c = text.front();
  if (ascii::is_alnum(c) || kSpecials.find(c) != std::string_view::npos) return 1;
  return non_ascii_length(text);
}

// Dot-string = Atom *("." Atom);  Atom = 1*atext
bool take_dot_string(std::string_view& rest) {
  do {
    std::size_t length = atext_length(rest);
    if (length == 0) return false;
    for (; length > 0; length = atext_length(rest)) rest.remove_prefix(length);
  } while (take(rest, '.'));
  return true;
}

bool is_dot_string(std::string_view text) {
  return take_dot_string(text) && text.empty();
}

// Quoted-string   = DQUOTE *( qtextSMTP / quoted-pairSMTP ) DQUOTE
// qtextSMTP       = %d32-33 / %d35-91 / %d93-126 / UTF8-non-ascii
// quoted-pairSMTP = "\" %d32-126
std::optional<std::string> take_quoted_string(std::string_view& rest) {
  std::string unquoted;
  if (!take(rest, '"')) return std::nullopt;
  while (!take(rest, '"')) {
    const bool escaped = take(rest, '\\');
    if (rest.empty() || ascii::is_control(rest.front())) return std::nullopt;
    const std::size_t length = ascii::is_8bit(rest.front()) ? non_ascii_length(rest) : 1;
    if (length == 0 || (escaped && length > 1)) return std::nullopt;
    unquoted.append(rest.substr(0, length));
    rest.remove_prefix(length);
  }
  return unquoted;
}

// sub-domain = Let-dig [Ldh-str] / U-label: letters, digits and, inside, hyphens
bool is_label(std::string_view text) {
  return !text.empty() && text.front() != '-' && text.back() != '-';
}

// Domain = sub-domain *("." sub-domain)
std::optional<std::string_view> take_domain(std::string_view& rest) {
  const std::string_view start = rest;
  std::size_t octets = 0;
  do {
    const std::string_view label_start = rest;
    while (!rest.empty()) {
      const bool ldh = ascii::is_alnum(rest.front()) || rest.front() == '-';
      const std::size_t length = ldh ? 1 : non_ascii_length(rest);
      if (length == 0) break;
      rest.remove_prefix(length);
    }
    if (!is_label(label_start.substr(0, label_start.size() - rest.size()))) return std::nullopt;
    octets = start.size() - rest.size();
  } while (take(rest, '.'));
  return start.substr(0, octets);
}

// Domain / address-literal
std::optional<std::string_view> take_domain_or_literal(std::string_view& rest) {
  if (rest.empty() || rest.front() != '[') return take_domain(rest);
  const std::size_t end = rest.find(']');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view literal = rest.substr(0, end + 1);
  if (!is_address_literal(literal)) return std::nullopt;
  rest.remove_prefix(literal.size());
  return literal;
}

struct WrittenMailbox {
  Mailbox mailbox;
  std::string_view local_part;  // as written, with quotes
};

// Mailbox = ( Dot-string / Quoted-string ) "@" ( Domain / address-literal )
std::optional<WrittenMailbox> take_mailbox(std::string_view& rest) {
  const std::string_view start = rest;
  WrittenMailbox written;
  if (!rest.empty() && rest.front() == '"') {
    auto unquoted = take_quoted_string(rest);
    if (!unquoted) return std::nullopt;
    written.mailbox.local_part = std::move(*unquoted);
    written.local_part = start.substr(0, start.size() - rest.size());
  } else {
    if (!take_dot_string(rest)) return std::nullopt;
    written.local_part = start.substr(0, start.size() - rest.size());
    written.mailbox.local_part = std::string(written.local_part);
  }
  if (!take(rest, '@')) return std::nullopt;
  const auto domain = take_domain_or_literal(rest);
  if (!domain) return std::nullopt;
  written.mailbox.domain = std::string(*domain);
  return written;
}

// [ A-d-l ":" ] of a Path;  A-d-l = At-domain *( "," At-domain );  At-domain = "@" Domain
bool take_source_route(std::string_view& rest) {
  if (rest.empty() || rest.front() != '@') return true;
  do {
    if (!take(rest, '@') || !take_domain(rest)) return false;
  } while (take(rest, ','));
  return take(rest, ':');
}

bool fits_domain_limits(std::string_view domain) {
  if (domain.size() > kMaxDomainOctets) return false;
  if (domain.front() == '[') return true;
  while (true) {
    const std::size_t dot = domain.find('.');
    if (domain.substr(0, dot).size() > kMaxLabelOctets) return false;
    if (dot == std::string_view::npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

// What is wrong with a well-formed mailbox inside `text`, all of which counts.
PathFault limits(const WrittenMailbox& written, std::string_view text, Utf8 utf8) {
  if (utf8 == Utf8::Refused && !wire::is_ascii(text)) return PathFault::NonAscii;
  if (written.local_part.size() > kMaxLocalPartOctets) return PathFault::LocalPartTooLong;
  if (!fits_domain_limits(written.mailbox.domain)) return PathFault::DomainTooLong;
  if (text.size() > kMaxPathOctets) return PathFault::TooLong;
  return PathFault::None;
}

ParsedPath faulty(PathFault fault) {
  return {fault, std::nullopt, {}};
}

// Path = "<" [ A-d-l ":" ] Mailbox ">"
ParsedPath parse_path(std::string_view text, Utf8 utf8) {
  std::string_view rest = text;
  if (!take(rest, '<') || !take_source_route(rest)) return faulty(PathFault::Syntax);
  auto written = take_mailbox(rest);
  if (!written || !take(rest, '>')) return faulty(PathFault::Syntax);
  const PathFault fault = limits(*written, text.substr(0, text.size() - rest.size()), utf8);
  if (fault != PathFault::None) return faulty(fault);
  return {PathFault::None, std::move(written->mailbox), rest};
}

}  // namespace

std::string Mailbox::text() const {
  std::string out;
  if (is_dot_string(local_part)) {
    out = local_part;
  } else {
    out += '"';
    for (const char c : local_part) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  if (!domain.empty()) out += '@' + domain;
  return out;
}

bool operator==(const Mailbox& a, const Mailbox& b) {
  return a.local_part == b.local_part && ascii::iequals(a.domain, b.domain);
}

bool is_postmaster(const Mailbox& mailbox) {
  return ascii::iequals(mailbox.local_part, "postmaster");
}

bool is_ascii(const Mailbox& mailbox) {
  return wire::is_ascii(mailbox.local_part) && wire::is_ascii(mailbox.domain);
}

ParsedPath parse_reverse_path(std::string_view text, Utf8 utf8) {
  if (text.substr(0, 2) == "<>") return {PathFault::None, std::nullopt, text.substr(2)};
  return parse_path(text, utf8);
}

ParsedPath parse_forward_path(std::string_view text, Utf8 utf8) {
  static constexpr std::string_view kPostmaster = "<Postmaster>";
  if (ascii::istarts_with(text, kPostmaster)) {
    Mailbox postmaster{std::string(text.substr(1, kPostmaster.size() - 2)), ""};
    return {PathFault::None, std::move(postmaster), text.substr(kPostmaster.size())};
  }
  return parse_path(text, utf8);
}

std::optional<Mailbox> parse_mailbox(std::string_view text, Utf8 utf8) {
  std::string_view rest = text;
  auto written = take_mailbox(rest);
  if (!written || !rest.empty()) return std::nullopt;
  if (limits(*written, text, utf8) != PathFault::None) return std::nullopt;
  return std::move(written->mailbox);
}

bool valid_domain(std::string_view text, Utf8 utf8) {
  std::string_view rest = text;
  const auto domain = take_domain_or_literal(rest);
  if (!domain || !rest.empty()) return false;
  return fits_domain_limits(*domain) && (utf8 == Utf8::Allowed || wire::is_ascii(text));
}

}  // namespace mailwalk::mail
