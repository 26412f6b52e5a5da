#include "cli/serve_notes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "export/narrator.hpp"
#include "wire/printable.hpp"

namespace mailwalk::cli {
namespace {

using exporting::Language;
using exporting::Narrator;
using net::Endpoint;
using Door = net::TcpNetwork::Door;

std::string_view service_name(Port port) {
  if (port == kPop3Port) return "POP3";
  if (port == kPop3sPort) return "POP3 (995, TLS)";
  if (port == kSubmissionsPort) return "SMTP (465, TLS)";
  return port == kSubmissionPort ? "SMTP (587)" : "SMTP";
}

bool starts_with_tls(Port port) {
  return port == kPop3sPort || port == kSubmissionsPort;
}

// Whether TLS can be asked for at this door, once somebody has called.
bool offers_tls(Port port, const world::HostSpec& host) {
  if (starts_with_tls(port)) return false;
  const tls::Offer offer = port == kPop3Port && host.maa ? host.maa->tls : host.smtp.tls;
  return offer != tls::Offer::None;
}

// Who calls by an address, as these lines do, wants the authority's certificate or no check of it.
std::string openssl_line(const Door& door, std::string_view starttls) {
  return fmt::format("      openssl s_client -quiet -crlf{}{} -connect {}\n",
                     starttls.empty() ? "" : " -starttls ", starttls, door.endpoint.text());
}

// As one word of a shell, which cannot command the terminal on which it is shown.
std::string shell_quoted(const std::string& raw) {
  const std::string word = wire::printable(raw);
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return ascii::is_alnum(c) || std::string_view("@._-+:").find(c) != std::string_view::npos;
  });
  if (plain) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string somebody_who_writes(const world::Scenario& scenario) {
  for (const world::DeviceSpec& device : scenario.devices) {
    if (!device.mail_address.empty()) return device.mail_address;
  }
  return "me@example.org";
}

// Whose letters lie at this host; of a host without any, whose letters lie anywhere.
const world::MaildropSpec* somebody_who_reads(const world::Scenario& scenario,
                                              const world::HostSpec& host) {
  if (host.mailbox && !host.mailbox->maildrops.empty()) return &host.mailbox->maildrops.front();
  for (const world::HostSpec& other : scenario.hosts) {
    if (other.mailbox && !other.mailbox->maildrops.empty()) {
      return &other.mailbox->maildrops.front();
    }
  }
  return nullptr;
}

std::string pop3_lines(const Door& door, const world::HostSpec& host,
                       const world::MaildropSpec& reader) {
  const std::string where = door.endpoint.text();
  const std::string who = shell_quoted(reader.user + ":" + reader.password);
  if (starts_with_tls(door.port)) {
    return openssl_line(door, "") + fmt::format("      curl -k pop3s://{}/ -u {}\n", where, who);
  }
  std::string text = fmt::format("      curl pop3://{}/ -u {}\n", where, who);
  if (!offers_tls(door.port, host)) return text;
  return text + openssl_line(door, "pop3") +
         fmt::format("      curl -k --ssl-reqd pop3://{}/ -u {}\n", where, who);
}

std::string smtp_lines(const Door& door, const world::Scenario& scenario,
                       const world::HostSpec& host, const world::MaildropSpec& reader) {
  const std::string where = door.endpoint.text();
  const std::string to = shell_quoted(reader.user + "@" + reader.domain);
  const std::string from = shell_quoted(somebody_who_writes(scenario));
  const bool implicit = starts_with_tls(door.port);
  const bool tls = implicit || offers_tls(door.port, host);
  const bool login = door.port != kSmtpPort && host.mta && !host.smtp.auth.empty();
  const std::string who = shell_quoted(reader.user + "@" + reader.domain + ":" + reader.password);
  std::string text;
  if (tls) text += openssl_line(door, implicit ? "" : "smtp");
  text += fmt::format("      curl{} {}://{}{} --mail-from {} --mail-rcpt {} -T letter.eml\n",
                      implicit ? " -k"
                      : tls    ? " -k --ssl-reqd"
                               : "",
                      implicit ? "smtps" : "smtp", where, login ? " -u " + who : "", from, to);
  return text + fmt::format("      swaks{}{} --server {} --from {} --to {}\n",
                            implicit ? " --tlsc"
                            : tls    ? " --tls"
                                     : "",
                            login ? " --au " + shell_quoted(reader.user + "@" + reader.domain) +
                                        " --ap " + shell_quoted(reader.password)
                                  : "",
                            where, from, to);
}

std::string lines_to_copy(const Door& door, const world::Scenario& scenario,
                          const world::HostSpec& host) {
  std::string text;
  if (!starts_with_tls(door.port)) {
    text = fmt::format("      telnet {} {}\n", door.endpoint.address.text(),
                       door.endpoint.port.value());
  }
  const world::MaildropSpec* reader = somebody_who_reads(scenario, host);
  if (reader == nullptr) return text;
  if (door.port == kPop3Port || door.port == kPop3sPort) {
    return text + pop3_lines(door, host, *reader);
  }
  return text + smtp_lines(door, scenario, host, *reader);
}

std::string headline(const world::HostSpec& host, const Narrator& narrator) {
  const std::string label(narrator.pick(host.label.english, host.label.indonesian));
  return fmt::format("{} ({})\n", wire::printable(label), host.name);
}

}  // namespace

std::string how_to_call(const world::World& world, const std::vector<Door>& doors,
                        Language language) {
  const Narrator narrator(language);
  const world::Scenario& scenario = world.scenario();
  std::string text;
  for (const world::HostSpec& host : scenario.hosts) {
    const NodeId node = world.find(host.name)->machine->id();
    bool named = false;
    for (const Door& door : doors) {
      if (door.node != node) continue;
      if (!named) text += headline(host, narrator);
      named = true;
      text += fmt::format("  {}: {}\n", service_name(door.port), door.endpoint.text());
      text += lines_to_copy(door, scenario, host);
    }
    if (host.external) {
      text += headline(host, narrator);
      text += fmt::format("  {}: {}\n", narrator.pick("a server outside", "server di luar"),
                          host.external->text());
    }
  }
  return text;
}

std::string ready_words(Language language) {
  return std::string(
      Narrator(language).pick("Ready. Ctrl+C ends it.\n\n", "Siap. Ctrl+C untuk berhenti.\n\n"));
}

std::string reaches_out_words(Endpoint server, Language language) {
  return Narrator(language).format(
      "the lesson's mail and passwords go to {0}, another computer; they are encrypted only where "
      "the "
      "lesson asks for TLS",
      "surat dan kata sandi pelajaran ini dikirim ke {0}, komputer lain; terenkripsi hanya kalau "
      "pelajarannya meminta TLS",
      server.text());
}

std::string open_to_others_words(IpAddress address, Language language) {
  return Narrator(language).format(
      "everybody who reaches {0} can call these servers, and read along where no TLS is used; "
      "choose no password that is used elsewhere",
      "siapa pun yang dapat mencapai {0} bisa menghubungi server ini, dan ikut membaca bila tanpa "
      "TLS; jangan pakai kata sandi yang dipakai di tempat lain",
      address.text());
}

}  // namespace mailwalk::cli
