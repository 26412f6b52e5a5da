#include "export/line_anatomy.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/ascii.hpp"
#include "mail/address.hpp"
#include "mail/status_code.hpp"
#include "pop3/apop.hpp"

namespace mailwalk::exporting {
namespace {

using journal::Protocol;

// Cuts parts off the front of a line.
class Knife {
 public:
  explicit Knife(std::string_view line) : rest_(line) {}

  [[nodiscard]] std::string_view rest() const { return rest_; }
  std::vector<LinePart> finish() { return std::move(parts_); }

  void cut(PartKind kind, std::size_t octets) {
    octets = std::min(octets, rest_.size());
    if (octets == 0) return;
    parts_.push_back({kind, rest_.substr(0, octets)});
    rest_.remove_prefix(octets);
  }
  void cut_blanks() {
    std::size_t octets = 0;
    while (octets < rest_.size() && ascii::is_blank(rest_[octets])) ++octets;
    cut(PartKind::Blank, octets);
  }
  // Up to the next blank.
  void cut_word(PartKind kind) { cut(kind, word().size()); }
  // All but the blanks at the end.
  void cut_rest(PartKind kind) {
    std::size_t octets = rest_.size();
    while (octets > 0 && ascii::is_blank(rest_[octets - 1])) --octets;
    cut(kind, octets);
    cut_blanks();
  }
  [[nodiscard]] std::string_view word() const {
    return rest_.substr(0, std::min(rest_.find_first_of(" \t"), rest_.size()));
  }

 private:
  std::string_view rest_;
  std::vector<LinePart> parts_;
};

// ---- Commands --------------------------------------------------------------------------------

// "<ani@kampus.example>"; where it is no path, what a person would take for it.
std::size_t path_length(std::string_view text, PartKind kind) {
  const mail::ParsedPath path = kind == PartKind::ReversePath
                                    ? mail::parse_reverse_path(text, mail::Utf8::Allowed)
                                    : mail::parse_forward_path(text, mail::Utf8::Allowed);
  if (path.ok()) return text.size() - path.rest.size();
  const std::size_t bracket = text.find('>');
  if (!text.empty() && text.front() == '<' && bracket != std::string_view::npos) return bracket + 1;
  return std::min(text.find(' '), text.size());
}

// " SIZE=563 BODY=8BITMIME"
void cut_parameters(Knife& knife) {
  for (knife.cut_blanks(); !knife.rest().empty(); knife.cut_blanks()) {
    const std::size_t equals = knife.word().find('=');
    if (equals == std::string_view::npos) {
      knife.cut_word(PartKind::ParameterName);
      continue;
    }
    knife.cut(PartKind::ParameterName, equals);
    knife.cut(PartKind::Blank, 1);
    knife.cut_word(PartKind::ParameterValue);
  }
}

// "FROM:<…> …", "TO:<…> …"
void cut_path(Knife& knife, std::string_view keyword, PartKind kind) {
  if (!ascii::istarts_with(knife.rest(), keyword)) return knife.cut_rest(PartKind::Unexpected);
  knife.cut(PartKind::Keyword, keyword.size());
  knife.cut_blanks();
  knife.cut(kind, path_length(knife.rest(), kind));
  cut_parameters(knife);
}

void cut_arguments(Knife& knife, smtp::Verb verb) {
  switch (verb) {
    case smtp::Verb::Helo:
    case smtp::Verb::Ehlo: return knife.cut_rest(PartKind::HostName);
    case smtp::Verb::Mail: return cut_path(knife, "FROM:", PartKind::ReversePath);
    case smtp::Verb::Rcpt: return cut_path(knife, "TO:", PartKind::ForwardPath);
    case smtp::Verb::Vrfy:
    case smtp::Verb::Expn: return knife.cut_rest(PartKind::Address);
    case smtp::Verb::Auth:
      knife.cut_word(PartKind::Mechanism);
      knife.cut_blanks();
      return knife.cut_rest(PartKind::SaslText);
    case smtp::Verb::Noop:
    case smtp::Verb::Help: return knife.cut_rest(PartKind::Text);
    default: return knife.cut_rest(PartKind::Unexpected);
  }
}

PartKind number_kind(std::string_view word, PartKind kind) {
  return ascii::parse_number(word) ? kind : PartKind::Unexpected;
}

void cut_arguments(Knife& knife, pop3::Verb verb) {
  switch (pop3::arguments_of(verb)) {
    case pop3::Arguments::None: break;
    case pop3::Arguments::Name: knife.cut_rest(PartKind::UserName); break;
    case pop3::Arguments::Text:
      knife.cut(PartKind::Password, knife.rest().size());  // a password may end with blanks
      break;
    case pop3::Arguments::Mechanism:
      knife.cut_word(PartKind::Mechanism);
      knife.cut_blanks();
      knife.cut_word(PartKind::SaslText);
      break;
    case pop3::Arguments::NameAndDigest:
      knife.cut_word(PartKind::UserName);
      knife.cut_blanks();
      knife.cut_word(PartKind::Digest);
      break;
    case pop3::Arguments::Number:
    case pop3::Arguments::OptionalNumber:
      knife.cut_word(number_kind(knife.word(), PartKind::MessageNumber));
      break;
    case pop3::Arguments::NumberAndLines:
      knife.cut_word(number_kind(knife.word(), PartKind::MessageNumber));
      knife.cut_blanks();
      knife.cut_word(number_kind(knife.word(), PartKind::LineCount));
      break;
  }
  knife.cut_blanks();
  knife.cut_rest(PartKind::Unexpected);
}

// ---- Replies ---------------------------------------------------------------------------------

bool is_code(std::string_view text) {
  return text.size() >= 3 && std::all_of(text.begin(), text.begin() + 3, ascii::is_digit);
}

std::vector<LinePart> dissect_smtp_reply(std::string_view line) {
  Knife knife(line);
  if (is_code(line)) {
    knife.cut(PartKind::Code, 3);
    if (!knife.rest().empty() && knife.rest().front() == '-') knife.cut(PartKind::MoreFollows, 1);
    knife.cut_blanks();
    if (mail::StatusCode::parse(knife.word())) knife.cut_word(PartKind::EnhancedCode);
    knife.cut_blanks();
  }
  knife.cut_rest(is_code(line) ? PartKind::Text : PartKind::Unexpected);
  return knife.finish();
}

std::vector<LinePart> dissect_pop3_reply(std::string_view line) {
  Knife knife(line);
  const std::string_view status = knife.word();
  if (status != "+OK" && status != "-ERR") {
    knife.cut_rest(PartKind::Text);  // a line of a listing
    return knife.finish();
  }
  knife.cut_word(PartKind::Status);
  knife.cut_blanks();
  const std::size_t bracket = knife.rest().find(']');
  if (!knife.rest().empty() && knife.rest().front() == '[' && bracket != std::string_view::npos) {
    knife.cut(PartKind::ResponseCode, bracket + 1);
    knife.cut_blanks();
  }
  if (const auto stamp = pop3::find_stamp(knife.rest()); stamp && ascii::is_digit((*stamp)[1])) {
    knife.cut(PartKind::Text, knife.rest().find(*stamp));
    knife.cut(PartKind::Stamp, stamp->size());
    knife.cut_blanks();
  }
  knife.cut_rest(PartKind::Text);
  return knife.finish();
}

constexpr std::array<Meaning, kPartKinds> kNames{{
    {"", "", ""},
    {"command", "perintah", ""},
    {"keyword", "kata kunci", ""},
    {"envelope sender", "pengirim amplop", ""},
    {"envelope recipient", "penerima amplop", ""},
    {"parameter", "parameter", ""},
    {"value", "nilai", ""},
    {"who I am", "siapa saya", ""},
    {"address", "alamat", ""},
    {"user name", "nama pengguna", ""},
    {"password", "kata sandi", ""},
    {"digest", "sidik", ""},
    {"mechanism", "mekanisme", ""},
    {"proof, in Base64", "bukti, dalam Base64", ""},
    {"letter number", "nomor surat", ""},
    {"lines of body", "baris isi", ""},
    {"code", "kode", ""},
    {"more follows", "masih ada", ""},
    {"enhanced code", "kode rinci", ""},
    {"status", "status", ""},
    {"response code", "kode jawaban", ""},
    {"time stamp, for APOP", "cap waktu, untuk APOP", ""},
    {"text for people", "teks untuk orang", ""},
    {"unexpected", "tak terduga", ""},
}};

}  // namespace

Meaning name_of(PartKind kind) {
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<LinePart> dissect_command(Protocol protocol, std::string_view line) {
  Knife knife(line);
  const std::string_view word = knife.word();
  knife.cut_word(PartKind::Verb);
  knife.cut_blanks();
  if (protocol == Protocol::Smtp) {
    cut_arguments(knife, smtp::verb_from(word));
  } else {
    cut_arguments(knife, pop3::parse_verb(word));
  }
  return knife.finish();
}

std::vector<LinePart> dissect_reply(Protocol protocol, std::string_view line) {
  return protocol == Protocol::Smtp ? dissect_smtp_reply(line) : dissect_pop3_reply(line);
}

}  // namespace mailwalk::exporting
