// [[account]] and [[device]]: people, their maildrops, and the machines in their hands.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "mail/address.hpp"
#include "world/scenario_reading.hpp"

namespace mailwalk::world {
namespace {

// An argument of POP3 has at most 40 octets (RFC 1939 section 3).
constexpr std::size_t kMostPop3Octets = 40;

// What USER and PASS can carry: printable ASCII, and for a user's name no blanks.
bool fits_pop3(std::string_view text, bool blanks_allowed) {
  if (text.empty() || text.size() > kMostPop3Octets) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return !ascii::is_control(c) && !ascii::is_8bit(c) && (c != ' ' || blanks_allowed);
  });
}

std::optional<std::string> read_password(const TableReader& table, Need need) {
  const auto password = table.text("password", need);
  if (!password) return std::nullopt;
  if (!fits_pop3(password->value, true)) {
    table.problem(password->place, "the password does not fit into a POP3 command",
                  "use 1 to 40 characters of ASCII");
    return std::nullopt;
  }
  return password->value;
}

// ---- [[account]] -----------------------------------------------------------------------------

std::optional<mail::Mailbox> read_account_address(const TableReader& table, Reading& reading) {
  const auto text = table.text("address", Need::Required);
  if (!text) return std::nullopt;
  auto mailbox = mail::parse_mailbox(text->value, mail::Utf8::Refused);
  if (!mailbox || !fits_pop3(mailbox->local_part, false)) {
    table.problem(text->place,
                  fmt::format("{} is not an address with a mailbox", in_quotes(text->value)),
                  "write it like \"budi@kantor.example\", at most 40 characters before the @");
    return std::nullopt;
  }
  if (!check_name({mailbox->domain, text->place}, reading)) return std::nullopt;
  return mailbox;
}

// The host that the account names, or else the only one that keeps mailboxes.
HostSpec* account_host(const TableReader& table, Reading& reading) {
  if (const auto name = table.text("host")) {
    HostSpec* host = require_host(*name, "host", reading);
    if (host == nullptr || host->mailbox) return host;
    table.problem(name->place, fmt::format("\"{}\" keeps no mailboxes", host->name),
                  "give that host the role \"mailbox\", or name another");
    return nullptr;
  }
  std::vector<HostSpec*> candidates;
  for (HostSpec& host : reading.scenario.hosts) {
    if (host.mailbox) candidates.push_back(&host);
  }
  if (candidates.size() == 1) return candidates.front();
  table.problem(table.place(), "[[account]] lacks its \"host\"",
                "add host = …, a host with the role \"mailbox\"");
  return nullptr;
}

// A maildrop is known by the part before the @ alone, on screen as well as to POP3.
bool check_new_user(const TableReader& table, const mail::Mailbox& address, const HostSpec& host) {
  for (const MaildropSpec& maildrop : host.mailbox->maildrops) {
    if (maildrop.user != address.local_part) continue;
    table.problem(table.place_of("address"),
                  fmt::format("\"{}\" has a second user \"{}\"", host.name, address.local_part),
                  "use another part before the @, or another host");
    return false;
  }
  return true;
}

void add_own_domain(const std::string& domain, std::vector<std::string>& domains) {
  if (std::find(domains.begin(), domains.end(), domain) == domains.end()) domains.push_back(domain);
}

// ---- [[device.fetch]] ------------------------------------------------------------------------

struct FoundAccount {
  const HostSpec* host;
  const MaildropSpec* maildrop;
};

std::optional<FoundAccount> find_account(const Scenario& scenario, std::string_view address) {
  for (const HostSpec& host : scenario.hosts) {
    if (!host.mailbox) continue;
    for (const MaildropSpec& maildrop : host.mailbox->maildrops) {
      if (maildrop.user + "@" + maildrop.domain == address) return FoundAccount{&host, &maildrop};
    }
  }
  return std::nullopt;
}

std::optional<FoundAccount> require_account(const PlacedText& address, Reading& reading) {
  const auto account = find_account(reading.scenario, address.value);
  // An account whose table has mistakes is not there, but was meant: those mistakes are told
  // already.
  if (account || reading.accounts_meant.count(address.value) > 0) return account;
  std::vector<std::string> known;
  for (const HostSpec& host : reading.scenario.hosts) {
    if (!host.mailbox) continue;
    for (const MaildropSpec& maildrop : host.mailbox->maildrops) {
      known.push_back(maildrop.user + "@" + maildrop.domain);
    }
  }
  reading.problems.add(
      address.place,
      fmt::format("account is {}, which is no account here", in_quotes(address.value)),
      known.empty() ? "add an [[account]]" : suggest(address.value, {known.begin(), known.end()}));
  return std::nullopt;
}

// The host that serves the account, or the one that "from" names.
const HostSpec* fetch_server(const TableReader& table, const HostSpec& account_host,
                             Reading& reading) {
  const auto name = table.text("from");
  const HostSpec* server = name ? require_host(*name, "from", reading) : &account_host;
  if (server == nullptr || server->maa) return server;
  table.problem(name ? name->place : table.place_of("account"),
                fmt::format("\"{}\" serves no mailboxes", server->name),
                "give that host the role \"maa\", or name another in \"from\"");
  return nullptr;
}

tls::Wish read_tls_wish(const TableReader& table) {
  static constexpr std::array<Choice<tls::Wish>, 4> kWishes{
      {{"never", tls::Wish::Never},
       {"opportunistic", tls::Wish::Opportunistic},
       {"required", tls::Wish::Required},
       {"implicit", tls::Wish::Implicit}}};
  return table.choice("tls", std::span<const Choice<tls::Wish>>(kWishes))
      .value_or(tls::Wish::Never);
}

struct LoginSpec {
  Login login = Login::Pass;
  sasl::Mechanism mechanism = sasl::Mechanism::Plain;
};

std::optional<LoginSpec> read_login(const TableReader& table) {
  static constexpr std::array<Choice<LoginSpec>, 6> kLogins{
      {{"pass", {Login::Pass, {}}},
       {"apop", {Login::Apop, {}}},
       {"plain", {Login::Auth, sasl::Mechanism::Plain}},
       {"login", {Login::Auth, sasl::Mechanism::Login}},
       {"cram-md5", {Login::Auth, sasl::Mechanism::CramMd5}},
       {"scram-sha-256", {Login::Auth, sasl::Mechanism::ScramSha256}}}};
  return table.choice("login", std::span<const Choice<LoginSpec>>(kLogins));
}

std::optional<FetchSpec> read_fetch(const TableReader& table, Reading& reading) {
  const auto address = table.text("account", Need::Required);
  if (!address) return std::nullopt;
  const auto account = require_account(*address, reading);
  if (!account) return std::nullopt;
  const HostSpec* server = fetch_server(table, *account->host, reading);
  if (server == nullptr) return std::nullopt;

  FetchSpec fetch;
  fetch.user = account->maildrop->user;
  fetch.password = read_password(table, Need::Optional).value_or(account->maildrop->password);
  fetch.server = server->name;
  const LoginSpec login = read_login(table).value_or(LoginSpec{});
  fetch.login = login.login;
  fetch.mechanism = login.mechanism;
  fetch.tls = read_tls_wish(table);
  const auto mode = read_mode(table, "mode", Need::Optional).value_or(ModeSpec{});
  fetch.mode = mode.mode;
  fetch.keep_days = mode.keep_days;
  fetch.poll_interval = table.duration("every").value_or(Duration{});
  if (table.has("every") && fetch.poll_interval < seconds(1)) {
    table.problem(table.place_of("every"), "it would ask more than once a second",
                  "the least is \"1 s\"; leave it out to ask by hand only");
  }
  return fetch;
}

void read_fetches(const TableReader& table, DeviceSpec& device, Reading& reading) {
  for (const TableReader& entry : table.tables("fetch", words::kFetch)) {
    auto fetch = read_fetch(entry, reading);
    if (!fetch) continue;
    const bool again =
        std::any_of(device.accounts.begin(), device.accounts.end(), [&](const FetchSpec& other) {
          return other.user == fetch->user && other.server == fetch->server;
        });
    if (again) {
      entry.problem(entry.place(), fmt::format("\"{}\" fetches this account twice", device.name),
                    "once is enough");
      continue;
    }
    reading.fetch_names[device.name].push_back(
        {entry.text("account")->value, fetch->user + "@" + fetch->server});
    device.accounts.push_back(std::move(*fetch));
  }
}

// ---- [[device]] ------------------------------------------------------------------------------

void read_sending(const TableReader& table, DeviceSpec& device, Reading& reading) {
  const auto mail = table.text("mail");
  const auto server = table.text("submit_to");
  if (mail && !mail::parse_mailbox(mail->value, mail::Utf8::Allowed)) {
    table.problem(mail->place, fmt::format("{} is not a mail address", in_quotes(mail->value)),
                  "write it like \"ani@kampus.example\"");
  }
  if (mail && !table.has("submit_to")) {
    table.problem(mail->place, "the device sends mail but does not know to which MTA",
                  "add submit_to = …, a host with the role \"mta\"");
  }
  if (server && !table.has("mail")) {
    table.problem(server->place, "the device sends mail but has no address of its own",
                  "add mail = …, such as \"ani@kampus.example\"");
  }
  if (mail) device.mail_address = mail->value;
  if (!server) return;
  const HostSpec* host = require_host(*server, "submit_to", reading);
  if (host != nullptr && !host->mta) {
    table.problem(server->place, fmt::format("\"{}\" is no MTA", host->name),
                  "name a host with the role \"mta\"");
  }
  device.submit_to = server->value;
}

// How it logs in where it sends, and over what.
void read_submission_login(const TableReader& table, DeviceSpec& device, const Reading& reading) {
  device.tls = read_tls_wish(table);
  device.auth = table.choice("auth", std::span<const Choice<sasl::Mechanism>>(kMechanismWords));
  const auto password = read_password(table, Need::Optional);
  for (const std::string_view key : {"tls", "auth"}) {
    if (!table.has(key) || table.has("submit_to")) continue;
    table.problem(table.place_of(key),
                  fmt::format("{} is for sending, and the device only fetches", key),
                  "put it below [[device.fetch]], or add mail and submit_to");
  }
  if (table.has("password") && !table.has("auth")) {
    table.problem(table.place_of("password"), "the device has a password and does not log in",
                  "add auth = …, such as \"plain\"");
  }
  if (!device.auth) return;
  const auto account = find_account(reading.scenario, device.mail_address);
  if (!password && !account && !table.has("password") &&
      reading.accounts_meant.count(device.mail_address) == 0) {
    table.problem(table.place_of("auth"), "the device has no password to log in with",
                  "add password = …, or an [[account]] with its address");
  }
  device.password = password ? *password : account ? account->maildrop->password : "";
}

void read_device(const TableReader& table, DeviceSpec& device, Reading& reading) {
  device.label = table.local_text("label").value_or(LocalText{device.name, device.name});
  device.address = read_machine_address(table, reading).value_or(IpAddress{});
  if (const auto owner = table.text("owner")) device.display_name = owner->value;
  read_sending(table, device, reading);
  read_submission_login(table, device, reading);
  device.outbox_retry = table.duration("outbox_retry").value_or(device.outbox_retry);
  if (device.outbox_retry < seconds(1)) {
    table.problem(table.place_of("outbox_retry"), "outbox_retry is less than a second",
                  "the least is \"1 s\"");
  }
  device.capacity_bytes = table.size_bytes("storage").value_or(0);
  read_fetches(table, device, reading);
  if (!table.has("mail") && !table.has("submit_to") && !table.has("fetch")) {
    table.problem(table.place(), fmt::format("\"{}\" neither sends nor fetches", device.name),
                  "add mail and submit_to, or a [[device.fetch]]");
  }
}

}  // namespace

void read_accounts(const TableReader& file, Reading& reading) {
  for (const TableReader& table : file.tables("account", words::kAccount)) {
    const auto address = read_account_address(table, reading);
    if (address) reading.accounts_meant.insert(address->text());
    const auto password = read_password(table, Need::Required);
    const std::uint64_t quota_bytes = table.size_bytes("quota").value_or(0);
    HostSpec* host = account_host(table, reading);
    if (!address || host == nullptr || !check_new_user(table, *address, *host)) continue;
    add_own_domain(address->domain, host->mailbox->domains);
    host->mailbox->maildrops.push_back(
        {address->local_part, address->domain, password.value_or(""), quota_bytes});
  }
}

void read_devices(const TableReader& file, Reading& reading) {
  for (const TableReader& table : file.tables("device", words::kDevice)) {
    const auto name = table.text("name", Need::Required);
    if (!name || !add_machine_name(*name, reading)) continue;
    DeviceSpec device;
    device.name = name->value;
    read_device(table, device, reading);
    reading.scenario.devices.push_back(std::move(device));
  }
}

}  // namespace mailwalk::world
