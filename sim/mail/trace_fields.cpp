#include "mail/trace_fields.hpp"

#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "mail/folding.hpp"

namespace mailwalk::mail {

namespace {

constexpr std::string_view kReturnPath = "Return-Path";

// From-domain = "FROM" FWS Extended-Domain
// Extended-Domain = Domain / ( ( Domain / address-literal ) FWS "(" TCP-info ")" )
std::string from_clause(const Hop& hop) {
  const std::string literal = "[" + hop.from_address.text() + "]";
  const bool helo_holds = valid_domain(hop.from_helo, Utf8::Refused);
  std::string clause = "from ";
  return clause.append(helo_holds ? hop.from_helo : literal).append(" (").append(literal) += ')';
}

// By-domain = CFWS "BY" FWS Extended-Domain;  With = CFWS "WITH" FWS Protocol;  ID = CFWS "ID" FWS
// Atom
std::string by_clause(const Hop& hop) {
  std::string clause = "by " + hop.by;
  clause.append(" with ").append(name(hop.with));
  if (!hop.id.empty()) clause += " id " + hop.id;
  return clause;
}

}  // namespace

std::string_view name(TransferProtocol protocol) {
  switch (protocol) {
    case TransferProtocol::Smtp: return "SMTP";
    case TransferProtocol::Esmtp: return "ESMTP";
    case TransferProtocol::Esmtps: return "ESMTPS";
    case TransferProtocol::Esmtpa: return "ESMTPA";
    case TransferProtocol::Esmtpsa: return "ESMTPSA";
    case TransferProtocol::Utf8Smtp: return "UTF8SMTP";
    case TransferProtocol::Utf8Smtps: return "UTF8SMTPS";
    case TransferProtocol::Utf8Smtpa: return "UTF8SMTPA";
    case TransferProtocol::Utf8Smtpsa: return "UTF8SMTPSA";
  }
  return {};
}

// Stamp = From-domain By-domain Opt-info [CFWS] ";" FWS date-time
std::string received_field(const Hop& hop) {
  const std::string from = from_clause(hop);
  std::string by = by_clause(hop);
  std::string date = rfc5322_date(hop.calendar, hop.time);
  if (hop.only_recipient) {
    date = "for <" + hop.only_recipient->text() + ">; " + date;
  } else {
    by += ';';
  }
  return fold_field("Received", {from, by, date});
}

std::string return_path_field(const ReversePath& reverse_path) {
  return fold_field(kReturnPath, path_text(reverse_path));
}

std::size_t count_received(const Message& message) {
  return message.count("Received");
}

Bytes strip_return_path(const Message& message) {
  const Bytes& raw = message.raw();
  if (message.count(kReturnPath) == 0) return raw;
  std::string stripped;
  stripped.reserve(raw.size());
  const char* copied = raw.view().data();
  for (const Field& field : message.fields()) {
    if (!ascii::iequals(field.name, kReturnPath)) continue;
    stripped.append(copied, field.raw.data());
    copied = field.raw.data() + field.raw.size();
  }
  stripped.append(copied, raw.view().data() + raw.size());
  return Bytes(std::move(stripped));
}

Bytes prepend(std::string_view fields, const Bytes& raw) {
  if (fields.empty()) return raw;
  std::string whole;
  whole.reserve(fields.size() + raw.size());
  whole.append(fields).append(raw.view());
  return Bytes(std::move(whole));
}

}  // namespace mailwalk::mail
