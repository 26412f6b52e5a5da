// [[host]]: the servers.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "world/scenario_reading.hpp"

namespace mailwalk::world {
namespace {

using journal::Role;

constexpr std::array<Choice<Role>, 4> kRoles{{{"mta", Role::Mta},
                                              {"mailbox", Role::MailboxServer},
                                              {"maa", Role::MaaServer},
                                              {"names", Role::NameServer}}};

Offered offered(std::optional<bool> truth, Offered otherwise) {
  if (!truth) return otherwise;
  return *truth ? Offered::Yes : Offered::No;
}

constexpr std::uint64_t kMostCounted = 100'000;  // recipients, errors

Duration read_idle(const TableReader& table, Duration otherwise) {
  const Duration idle = table.duration("idle").value_or(otherwise);
  if (idle < seconds(1)) {
    table.problem(table.place_of("idle"), "idle is less than a second", "the least is \"1 s\"");
  }
  return idle;
}

constexpr std::array<Choice<tls::Offer>, 3> kTlsOffers{{{"none", tls::Offer::None},
                                                        {"offered", tls::Offer::Offered},
                                                        {"required", tls::Offer::Required}}};

tls::Offer read_tls_offer(const TableReader& table) {
  return table.choice("tls", std::span<const Choice<tls::Offer>>(kTlsOffers))
      .value_or(tls::Offer::None);
}

std::vector<sasl::Mechanism> read_mechanisms(const TableReader& table) {
  std::vector<sasl::Mechanism> mechanisms;
  for (const PlacedText& word : table.texts("auth").value_or(std::vector<PlacedText>{})) {
    const auto mechanism =
        table.chosen("auth", word, std::span<const Choice<sasl::Mechanism>>(kMechanismWords));
    if (!mechanism) continue;
    if (std::find(mechanisms.begin(), mechanisms.end(), *mechanism) != mechanisms.end()) {
      table.problem(word.place, fmt::format("the mechanism \"{}\" stands twice", word.value),
                    "once is enough");
      continue;
    }
    mechanisms.push_back(*mechanism);
  }
  return mechanisms;
}

tls::ClearTextLogin read_clear_text_login(const TableReader& table, std::string_view key) {
  return table.truth(key).value_or(true) ? tls::ClearTextLogin::Allowed
                                         : tls::ClearTextLogin::Refused;
}

SmtpSpec read_smtp(const TableReader& table) {
  SmtpSpec smtp;
  smtp.max_message_bytes = table.size_bytes("max_message").value_or(smtp.max_message_bytes);
  smtp.max_recipients =
      table.number("max_recipients", 1, kMostCounted).value_or(smtp.max_recipients);
  smtp.max_errors = table.number("max_errors", 1, kMostCounted).value_or(smtp.max_errors);
  smtp.idle = read_idle(table, smtp.idle);
  smtp.eight_bit_mime = offered(table.truth("eight_bit_mime"), smtp.eight_bit_mime);
  smtp.pipelining = offered(table.truth("pipelining"), smtp.pipelining);
  smtp.smtputf8 = offered(table.truth("smtputf8"), smtp.smtputf8);
  smtp.enhanced_status_codes =
      offered(table.truth("enhanced_status_codes"), smtp.enhanced_status_codes);
  smtp.tls = read_tls_offer(table);
  smtp.auth = read_mechanisms(table);
  smtp.auth_without_tls = read_clear_text_login(table, "auth_without_tls");
  return smtp;
}

MaaSpec read_maa(const TableReader& table) {
  MaaSpec maa;
  maa.user_pass = offered(table.truth("user_pass"), maa.user_pass);
  maa.apop = offered(table.truth("apop"), maa.apop);
  maa.max_errors = static_cast<std::uint32_t>(
      table.number("max_errors", 1, kMostCounted).value_or(maa.max_errors));
  maa.idle = read_idle(table, maa.idle);
  maa.tls = read_tls_offer(table);
  maa.auth = read_mechanisms(table);
  maa.login_without_tls = read_clear_text_login(table, "login_without_tls");
  if (maa.user_pass == Offered::No && maa.apop == Offered::No && maa.auth.empty()) {
    table.problem(table.place(), "nobody could log in: neither user_pass nor apop is offered",
                  "let one of them be true, or name a mechanism in \"auth\"");
  }
  return maa;
}

std::vector<std::string> read_domain_names(const TableReader& table, std::string_view key,
                                           Reading& reading) {
  std::vector<std::string> domains;
  for (const PlacedText& domain : table.texts(key).value_or(std::vector<PlacedText>{})) {
    if (check_name(domain, reading)) domains.push_back(domain.value);
  }
  return domains;
}

void read_retries(const TableReader& table, MtaSpec& mta) {
  mta.retry_min = table.duration("retry_min").value_or(mta.retry_min);
  mta.retry_max = table.duration("retry_max").value_or(std::max(mta.retry_max, mta.retry_min));
  mta.expiry = table.duration("expiry").value_or(mta.expiry);
  if (mta.retry_min < seconds(1)) {
    table.problem(table.place_of("retry_min"), "retry_min is less than a second",
                  "the least is \"1 s\"; RFC 5321 asks for \"30 min\"");
  }
  if (mta.retry_max < mta.retry_min) {
    table.problem(table.place_of("retry_max"), "retry_max is less than retry_min",
                  fmt::format("retry_min is {}", duration_text(mta.retry_min)));
  }
}

MtaSpec read_mta(const TableReader& table, const std::string& host, Reading& reading) {
  MtaSpec mta;
  if (const auto senders = table.texts("relays_for")) {
    reading.own_relay_lists.insert(host);
    for (const PlacedText& sender : *senders) {
      mta.relays_for.push_back(sender.value);
      reading.neighbours.push_back({sender, Neighbour::As::Sender});
    }
  }
  mta.relay_domains = read_domain_names(table, "relay_domains", reading);
  if (const auto next = table.text("next_hop")) {
    mta.next_hop = next->value;
    if (next->value == host) {
      table.problem(next->place, "next_hop is the host itself", "name another host");
    } else {
      reading.neighbours.push_back({*next, Neighbour::As::NextHop});
    }
  }
  static constexpr std::array<Choice<tls::Wish>, 3> kTlsWishes{
      {{"never", tls::Wish::Never},
       {"opportunistic", tls::Wish::Opportunistic},
       {"required", tls::Wish::Required}}};
  mta.tls = table.choice("tls", std::span<const Choice<tls::Wish>>(kTlsWishes)).value_or(mta.tls);
  read_retries(table, mta);
  return mta;
}

journal::Roles read_roles(const TableReader& host) {
  journal::Roles roles = 0;
  const auto words = host.texts("roles", Need::Required);
  if (!words) return roles;
  for (const PlacedText& word : *words) {
    const auto role = host.chosen("roles", word, std::span<const Choice<Role>>(kRoles));
    if (role && journal::has_role(roles, *role)) {
      host.problem(word.place, fmt::format("the role \"{}\" stands twice", word.value),
                   "once is enough");
    }
    if (role) roles = roles | *role;
  }
  if (journal::has_role(roles, Role::MaaServer) && !journal::has_role(roles, Role::MailboxServer)) {
    host.problem(host.place_of("roles"), "an MAA without mailboxes has nothing to serve",
                 "add the role \"mailbox\"");
  }
  return roles;
}

// The settings of one role. Without the role, settings for it are a mistake.
std::optional<TableReader> settings_of(const TableReader& host, std::string_view key,
                                       const TableWords& words, Role role, journal::Roles roles) {
  const auto table = host.table(key, words);
  if (table && !journal::has_role(roles, role)) {
    host.problem(host.place_of(key), fmt::format("the host lacks the role that \"{}\" is for", key),
                 fmt::format("add \"{}\" to its roles", key));
  }
  return table;
}

void read_settings(const TableReader& table, journal::Roles roles, HostSpec& host,
                   Reading& reading) {
  const auto smtp = table.table("smtp", words::kSmtp);
  if (smtp) host.smtp = read_smtp(*smtp);
  if (smtp && !journal::has_role(roles, Role::Mta) &&
      !journal::has_role(roles, Role::MailboxServer)) {
    table.problem(table.place_of("smtp"), "the host speaks no SMTP",
                  "add \"mta\" or \"mailbox\" to its roles");
  }
  const auto mta = settings_of(table, "mta", words::kMta, Role::Mta, roles);
  if (journal::has_role(roles, Role::Mta)) {
    host.mta = mta ? read_mta(*mta, host.name, reading) : MtaSpec{};
  }
  const auto mailbox = settings_of(table, "mailbox", words::kMailbox, Role::MailboxServer, roles);
  if (journal::has_role(roles, Role::MailboxServer)) {
    host.mailbox.emplace();
    if (mailbox) host.mailbox->domains = read_domain_names(*mailbox, "domains", reading);
  }
  const auto maa = settings_of(table, "maa", words::kMaa, Role::MaaServer, roles);
  if (journal::has_role(roles, Role::MaaServer)) host.maa = maa ? read_maa(*maa) : MaaSpec{};
  host.name_server = journal::has_role(roles, Role::NameServer);
}

// "127.0.0.1:2500"
std::optional<net::Endpoint> parse_endpoint(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  const auto address = IpAddress::parse(text.substr(0, colon));
  const auto port = ascii::parse_number(text.substr(std::min(colon + 1, text.size())), 65'535);
  if (!address || address->value == 0 || !port || *port == 0) return std::nullopt;
  return net::Endpoint{*address, Port{static_cast<std::uint16_t>(*port)}};
}

// A server that is somebody else's has its own settings, and its own idea of names.
void read_external(const TableReader& table, HostSpec& host) {
  const auto text = table.text("external");
  if (!text) return;
  host.external = parse_endpoint(text->value);
  if (!host.external) {
    table.problem(text->place, fmt::format("{} is no place of a server", in_quotes(text->value)),
                  "write an IPv4 address and a port, as in \"127.0.0.1:2500\"");
  }
  if (host.name_server) {
    table.problem(table.place_of("roles"), "an external host cannot have the role \"names\"",
                  "the lesson's own name server knows its names");
  }
  for (const std::string_view key : {"smtp", "mta", "mailbox", "maa"}) {
    if (!table.has(key)) continue;
    table.problem(table.place_of(key),
                  fmt::format("an external host has its own settings, not \"{}\"", key),
                  "leave it out");
  }
}

// Devices and MTAs find everybody else by name.
void check_name_servers(const TableReader& file, Reading& reading) {
  int count = 0;
  for (const HostSpec& host : reading.scenario.hosts) count += host.name_server ? 1 : 0;
  if (count == 1) return;
  reading.problems.add(file.place_of("host"),
                       count == 0 ? "no host has the role \"names\""
                                  : fmt::format("{} hosts have the role \"names\"", count),
                       "every machine asks one name server: give one host the role");
}

}  // namespace

void read_hosts(const TableReader& file, Reading& reading) {
  for (const TableReader& table : file.tables("host", words::kHost)) {
    const auto name = table.text("name", Need::Required);
    if (!name || !add_machine_name(*name, reading)) continue;
    HostSpec host;
    host.name = name->value;
    host.label = table.local_text("label").value_or(LocalText{host.name, host.name});
    host.address = read_machine_address(table, reading).value_or(IpAddress{});
    read_settings(table, read_roles(table), host, reading);
    read_external(table, host);
    reading.scenario.hosts.push_back(std::move(host));
  }
  check_name_servers(file, reading);
}

void check_neighbours(Reading& reading) {
  for (const Neighbour& neighbour : reading.neighbours) {
    if (neighbour.as == Neighbour::As::Sender) {
      check_machine(neighbour.name, "relays_for", reading);
      continue;
    }
    const HostSpec* host = require_host(neighbour.name, "next_hop", reading);
    if (host != nullptr && !host->mta && !host->mailbox) {
      reading.problems.add(neighbour.name.place,
                           fmt::format("next_hop is \"{}\", which takes no mail", host->name),
                           "name a host with the role \"mta\" or \"mailbox\"");
    }
  }
}

}  // namespace mailwalk::world
