#include "dns/text.hpp"

#include <fmt/format.h>

#include <array>

namespace mailwalk::dns {
namespace {

// A string of a TXT record in quotes, as in a zone file (RFC 1035 section 5.1).
std::string quoted(std::string_view string) {
  std::string out = "\"";
  for (const char c : string) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c >= ' ' && c <= '~') {
      out += c;
    } else {
      out += fmt::format("\\{:03}", static_cast<unsigned char>(c));
    }
  }
  return out + '"';
}

using Groups = std::array<unsigned, 8>;

struct Run {
  std::size_t start = 0;
  std::size_t length = 0;
};

Run longest_zero_run(const Groups& groups) {
  Run longest;
  Run run;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] != 0) continue;
    if (i == 0 || groups[i - 1] != 0) run = {i, 0};
    ++run.length;
    if (run.length > longest.length) longest = run;
  }
  return longest;
}

// RFC 5952 section 4: lower case, no leading zeros, "::" for the first longest run of two or more
// zero groups.
std::string ipv6_text(const std::array<std::uint8_t, 16>& octets) {
  Groups groups{};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    groups[i] = static_cast<unsigned>(octets[2 * i] << 8 | octets[2 * i + 1]);
  }
  const Run zeros = longest_zero_run(groups);
  std::string out;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (zeros.length >= 2 && i == zeros.start) {
      out += "::";
      i += zeros.length - 1;
      continue;
    }
    if (!out.empty() && out.back() != ':') out += ':';
    out += fmt::format("{:x}", groups[i]);
  }
  return out;
}

std::string hex(std::string_view octets) {
  std::string out;
  for (const char c : octets) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

enum class FinalDot { With, Without };

std::string name_text(const Name& name, FinalDot final_dot) {
  return final_dot == FinalDot::With ? name.absolute_text() : name.text();
}

struct DataText {
  FinalDot dot;

  std::string operator()(const AData& data) const { return data.address.text(); }
  std::string operator()(const AaaaData& data) const { return ipv6_text(data.octets); }
  std::string operator()(const NsData& data) const { return name_text(data.host, dot); }
  std::string operator()(const CnameData& data) const { return name_text(data.target, dot); }
  std::string operator()(const PtrData& data) const { return name_text(data.target, dot); }
  std::string operator()(const MxData& data) const {
    return fmt::format("{} {}", data.preference, name_text(data.exchange, dot));
  }
  std::string operator()(const SoaData& data) const {
    return fmt::format("{} {} {} {} {} {} {}", name_text(data.primary, dot),
                       name_text(data.mailbox, dot), data.serial, data.refresh_seconds,
                       data.retry_seconds, data.expire_seconds, data.minimum_seconds);
  }
  std::string operator()(const TxtData& data) const {
    std::string out;
    for (const std::string& string : data.strings) {
      if (!out.empty()) out += ' ';
      out += quoted(string);
    }
    return out;
  }
  std::string operator()(const RawData& data) const {
    std::string out = fmt::format("\\# {}", data.octets.size());
    if (!data.octets.empty()) out += ' ' + hex(data.octets);
    return out;
  }
};

std::string opcode_text(Opcode opcode) {
  switch (opcode) {
    case Opcode::Query: return "QUERY";
    case Opcode::InverseQuery: return "IQUERY";
    case Opcode::Status: return "STATUS";
    case Opcode::Notify: return "NOTIFY";
    case Opcode::Update: return "UPDATE";
  }
  return fmt::format("OPCODE{}", static_cast<unsigned>(opcode));
}

std::string flags_text(const Message& message) {
  std::string out;
  if (message.kind == MessageKind::Response) out += " qr";
  if (message.authoritative) out += " aa";
  if (message.truncated) out += " tc";
  if (message.recursion_desired) out += " rd";
  if (message.recursion_available) out += " ra";
  return out;
}

std::string section_text(std::string_view title, const std::vector<ResourceRecord>& records) {
  if (records.empty()) return {};
  std::string out = fmt::format(";; {} SECTION:\n", title);
  for (const ResourceRecord& record : records) out += text(record) + '\n';
  return out;
}

std::string answers_summary(const Message& message) {
  std::string out;
  for (const ResourceRecord& record : message.answers) {
    if (!out.empty()) out += ", ";
    if (record.type() == RecordType::Cname) out += "alias of ";
    out += std::visit(DataText{FinalDot::Without}, record.data);
    if (is_null_mx(record)) out += " (accepts no mail)";
  }
  return out;
}

// "nothing of that type" is not said when the server only names others to ask.
std::string emptiness_summary(const Message& message) {
  for (const ResourceRecord& record : message.authority) {
    if (record.type() == RecordType::Soa) return "no such record (NODATA)";
  }
  return message.authority.empty() ? "no such record (NODATA)" : "ask another server (referral)";
}

std::string rcode_summary(Rcode rcode) {
  switch (rcode) {
    case Rcode::NameError: return "no such name (NXDOMAIN)";
    case Rcode::ServerFailure: return "the name server failed (SERVFAIL)";
    case Rcode::Refused: return "the name server refused (REFUSED)";
    case Rcode::FormatError: return "the name server did not understand (FORMERR)";
    case Rcode::NotImplemented: return "the name server cannot do this (NOTIMP)";
    case Rcode::NoError: break;
  }
  return fmt::format("error {}", name(rcode));
}

std::string result_summary(const Message& message) {
  std::string out = answers_summary(message);
  if (message.rcode != Rcode::NoError) {
    out += (out.empty() ? "" : ", ") + rcode_summary(message.rcode);
  } else if (out.empty()) {
    out = message.truncated ? "nothing that fits" : emptiness_summary(message);
  }
  return message.truncated ? out + " (cut: TC)" : out;
}

}  // namespace

std::string text(const Question& question) {
  return fmt::format("{} {} {}", question.name.absolute_text(), name(question.record_class),
                     name(question.type));
}

std::string text(const RecordData& data) {
  return std::visit(DataText{FinalDot::With}, data);
}

std::string text(const ResourceRecord& record) {
  return fmt::format("{} {} {} {} {}", record.name.absolute_text(), record.ttl_seconds,
                     name(record.record_class), name(record.type()), text(record.data));
}

std::string text(const Message& message) {
  std::string out = fmt::format(
      ";; opcode: {}, status: {}, id: {}\n;; flags:{}; QUERY: {}, ANSWER: "
      "{}, AUTHORITY: {}, ADDITIONAL: {}\n",
      opcode_text(message.opcode), name(message.rcode), message.id, flags_text(message),
      message.questions.size(), message.answers.size(), message.authority.size(),
      message.additional.size());
  if (!message.questions.empty()) out += ";; QUESTION SECTION:\n";
  for (const Question& question : message.questions) out += fmt::format(";{}\n", text(question));
  out += section_text("ANSWER", message.answers);
  out += section_text("AUTHORITY", message.authority);
  out += section_text("ADDITIONAL", message.additional);
  return out;
}

std::string summary(const Message& message) {
  std::string asked = "nothing asked";
  if (!message.questions.empty()) {
    const Question& question = message.questions.front();
    asked = fmt::format("{} {}", name(question.type), question.name.text());
  }
  if (message.kind == MessageKind::Query) return asked + '?';
  return fmt::format("{}: {}", asked, result_summary(message));
}

}  // namespace mailwalk::dns
