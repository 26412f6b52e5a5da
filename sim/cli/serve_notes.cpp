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
  return port == kSubmissionPort ? "SMTP (587)" : "SMTP";
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

std::string lines_to_copy(const Door& door, const world::Scenario& scenario,
                          const world::HostSpec& host) {
  const std::string where = door.endpoint.text();
  const std::string address = door.endpoint.address.text();
  std::string text = fmt::format("      telnet {} {}\n", address, door.endpoint.port.value());
  const world::MaildropSpec* reader = somebody_who_reads(scenario, host);
  if (reader == nullptr) return text;
  if (door.port == kPop3Port) {
    return text + fmt::format("      curl pop3://{}/ -u {}\n", where,
                              shell_quoted(reader->user + ":" + reader->password));
  }
  const std::string to = shell_quoted(reader->user + "@" + reader->domain);
  const std::string from = shell_quoted(somebody_who_writes(scenario));
  text += fmt::format("      curl smtp://{} --mail-from {} --mail-rcpt {} -T letter.eml\n", where,
                      from, to);
  return text + fmt::format("      swaks --server {} --from {} --to {}\n", where, from, to);
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
  text += narrator.pick("Ready. Ctrl+C ends it.\n\n", "Siap. Ctrl+C untuk berhenti.\n\n");
  return text;
}

std::string reaches_out_words(Endpoint server, Language language) {
  return Narrator(language).format(
      "the lesson's mail and passwords go to {0}, which is another computer, and nothing is "
      "encrypted",
      "surat dan kata sandi pelajaran ini dikirim ke {0}, komputer lain, tanpa enkripsi",
      server.text());
}

std::string open_to_others_words(IpAddress address, Language language) {
  return Narrator(language).format(
      "everybody who reaches {0} can call these servers, and nothing is encrypted; choose no "
      "password that is used elsewhere",
      "siapa pun yang dapat mencapai {0} bisa menghubungi server ini, tanpa enkripsi; jangan pakai "
      "kata sandi yang dipakai di tempat lain",
      address.text());
}

}  // namespace mailwalk::cli
