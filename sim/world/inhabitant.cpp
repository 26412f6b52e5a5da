#include "world/inhabitant.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/ascii.hpp"
#include "base/prng.hpp"
#include "mail/address.hpp"
#include "net/tcp_places.hpp"
#include "world/zones.hpp"

namespace mailwalk::world {
namespace {

using nodes::Machine;

smtp::ServerConfig server_config(const HostSpec& host) {
  smtp::ServerConfig config;
  config.host_name = host.name;
  config.limits.message_bytes = host.smtp.max_message_bytes;
  config.limits.recipients = host.smtp.max_recipients;
  config.limits.errors = host.smtp.max_errors;
  config.limits.idle = host.smtp.idle;
  const auto offer = [&](Offered offered, smtp::Extension extension) {
    if (offered == Offered::No) config.extensions.remove(extension);
  };
  offer(host.smtp.eight_bit_mime, smtp::Extension::EightBitMime);
  offer(host.smtp.pipelining, smtp::Extension::Pipelining);
  offer(host.smtp.smtputf8, smtp::Extension::SmtpUtf8);
  offer(host.smtp.enhanced_status_codes, smtp::Extension::EnhancedStatusCodes);
  config.tls = host.smtp.tls;
  return config;
}

smtp::ClientConfig client_config(const std::string& helo_name, tls::Wish tls) {
  smtp::ClientConfig config;
  config.helo_name = helo_name;
  config.tls = tls;
  return config;
}

smtp::ClientConfig submission_config(const DeviceSpec& device) {
  smtp::ClientConfig config = client_config("[" + device.address.text() + "]", device.tls);
  if (device.auth) config.login = {*device.auth, device.mail_address, device.password};
  return config;
}

IpAddress address_of(const Scenario& scenario, const std::string& name) {
  for (const HostSpec& host : scenario.hosts) {
    if (host.name == name) return host.address;
  }
  for (const DeviceSpec& device : scenario.devices) {
    if (device.name == name) return device.address;
  }
  return {};
}

// Mail for the postmaster of a host without mailboxes goes to the domain of those it works for.
std::string postmaster_domain(const HostSpec& host, const Scenario& scenario) {
  for (const DeviceSpec& device : scenario.devices) {
    if (device.submit_to != host.name) continue;
    const auto address = mail::parse_mailbox(device.mail_address, mail::Utf8::Allowed);
    if (address) return address->domain;
  }
  return host.name;
}

bool is_far_away(const HostSpec& host) {
  return host.external && !net::is_loopback(host.external->address);
}

nodes::MtaConfig::Reach reach_of(const Scenario& scenario) {
  return std::any_of(scenario.hosts.begin(), scenario.hosts.end(), is_far_away)
             ? nodes::MtaConfig::Reach::FarAway
             : nodes::MtaConfig::Reach::Near;
}

// Whether an A record of this name is that of another computer; it may stand with a host of the
// name or with a domain.
bool is_name_far_away(std::string_view name, const Scenario& scenario) {
  return std::any_of(scenario.hosts.begin(), scenario.hosts.end(), [&](const HostSpec& host) {
    const auto is_its_address = [&](const DomainSpec& domain) {
      return ascii::iequals(domain.name, name) && domain.address == host.address;
    };
    return is_far_away(host) &&
           (ascii::iequals(host.name, name) ||
            std::any_of(scenario.domains.begin(), scenario.domains.end(), is_its_address));
  });
}

// Whether mail for it may go to another computer, by its MX records or by its own address.
bool leads_far_away(const DomainSpec& domain, const Scenario& scenario) {
  return is_name_far_away(domain.name, scenario) ||
         std::any_of(domain.mx.begin(), domain.mx.end(),
                     [&](const MxSpec& mx) { return is_name_far_away(mx.host, scenario); });
}

// Those of the scenario; each that has mailboxes is among them by now. A program outside never
// reaches another computer through an MTA of ours.
std::vector<std::string> domains_for_visitors(const Scenario& scenario) {
  std::vector<std::string> domains;
  for (const HostSpec& host : scenario.hosts) {
    const auto is_smarthost = [&](const HostSpec& other) {
      return other.mta && other.mta->next_hop == host.name;
    };
    const bool all_go_there =
        std::any_of(scenario.hosts.begin(), scenario.hosts.end(), is_smarthost);
    if (is_far_away(host) && all_go_there) return domains;
  }
  for (const DomainSpec& domain : scenario.domains) {
    if (!leads_far_away(domain, scenario)) domains.push_back(domain.name);
  }
  return domains;
}

// An MTA knows the people whose domains it works for: those of its devices, and of the letters that
// it keeps.
std::map<std::string, std::string> passwords_known_to(const HostSpec& host,
                                                      const Scenario& scenario) {
  std::set<std::string> domains;
  for (const DeviceSpec& device : scenario.devices) {
    if (device.submit_to != host.name) continue;
    domains.insert(ascii::to_lower(device.mail_address.substr(device.mail_address.rfind('@') + 1)));
  }
  std::map<std::string, std::string> passwords;
  for (const HostSpec& other : scenario.hosts) {
    if (!other.mailbox) continue;
    for (const MaildropSpec& drop : other.mailbox->maildrops) {
      const std::string domain = ascii::to_lower(drop.domain);
      if (&other != &host && domains.count(domain) == 0) continue;
      passwords[ascii::to_lower(drop.user) + "@" + domain] = drop.password;
    }
  }
  return passwords;
}

nodes::MtaConfig mta_config(const HostSpec& host, const Scenario& scenario) {
  const MtaSpec& spec = *host.mta;
  nodes::MtaConfig config;
  config.smtp = server_config(host);
  config.client = client_config(host.name, spec.tls);
  config.login = {host.smtp.auth, host.smtp.auth_without_tls, passwords_known_to(host, scenario)};
  for (const std::string& name : spec.relays_for) {
    config.relays_for.push_back(address_of(scenario, name));
  }
  config.relay_domains = spec.relay_domains;
  config.domains_for_visitors = domains_for_visitors(scenario);
  config.reach = reach_of(scenario);
  config.next_hop = spec.next_hop;
  config.postmaster_domain = postmaster_domain(host, scenario);
  config.retry = {spec.retry_min, spec.retry_max, spec.expiry};
  return config;
}

journal::Roles roles_of(const HostSpec& host) {
  journal::Roles roles = 0;
  if (host.mta) roles = roles | journal::roles(journal::Role::Mta);
  if (host.mailbox) roles = roles | journal::roles(journal::Role::MailboxServer);
  if (host.maa) roles = roles | journal::roles(journal::Role::MaaServer);
  if (host.name_server) roles = roles | journal::roles(journal::Role::NameServer);
  return roles;
}

Inhabitant make(const std::string& name, const LocalText& label, IpAddress address,
                journal::Roles roles, NodeId id, const Ground& ground) {
  Inhabitant inhabitant;
  inhabitant.name = name;
  inhabitant.machine = std::make_unique<Machine>(id, name, address, ground.surroundings,
                                                 machine_seed(ground.scenario.seed, id));
  inhabitant.machine->record(kNoConnection,
                             journal::MachineAdded{Bytes(name), Bytes(label.english),
                                                   Bytes(label.indonesian), roles, address});
  return inhabitant;
}

nodes::MaaServerConfig maa_config(const MaaSpec& spec) {
  nodes::MaaServerConfig config;
  config.offers.user = spec.user_pass == Offered::Yes;
  config.offers.apop = spec.apop == Offered::Yes;
  config.limits.errors_before_login = spec.max_errors;
  config.limits.idle_after_login = spec.idle;
  config.limits.idle_before_login = std::min(spec.idle, config.limits.idle_before_login);
  config.tls = spec.tls;
  config.mechanisms = spec.auth;
  config.clear_text_login = spec.login_without_tls;
  return config;
}

std::unique_ptr<nodes::MailboxServer> open_mailboxes(const HostSpec& host, Machine& machine) {
  nodes::MailboxServerConfig config{host.mailbox->domains, server_config(host)};
  // Anybody's MTA calls here, and TLS cannot be asked of it (RFC 3207 section 4).
  if (config.smtp.tls == tls::Offer::Required) config.smtp.tls = tls::Offer::Offered;
  auto server = std::make_unique<nodes::MailboxServer>(machine, std::move(config));
  for (const MaildropSpec& drop : host.mailbox->maildrops) {
    server->add_mailbox(drop.user, drop.domain, drop.password, drop.quota_bytes);
  }
  return server;
}

nodes::LoginChoice login_choice(Login login) {
  switch (login) {
    case Login::Pass: return nodes::LoginChoice::Pass;
    case Login::Apop: return nodes::LoginChoice::Apop;
    case Login::Auth: break;
  }
  return nodes::LoginChoice::Auth;
}

nodes::FetchAccount fetch_account(const FetchSpec& spec) {
  nodes::FetchAccount account;
  account.user = spec.user;
  account.password = spec.password;
  account.server = spec.server;
  account.login = login_choice(spec.login);
  account.mechanism = spec.mechanism;
  account.tls = spec.tls;
  account.mode = spec.mode;
  account.keep_days = spec.keep_days;
  account.poll_interval = spec.poll_interval;
  return account;
}

}  // namespace

nodes::AnswerScript* Inhabitant::script(journal::Protocol protocol) const {
  if (protocol == journal::Protocol::Pop3) return maa_server ? &maa_server->script() : nullptr;
  if (mta) return &mta->script();
  return mailbox_server ? &mailbox_server->script() : nullptr;
}

std::uint64_t machine_seed(std::uint64_t world_seed, NodeId machine) {
  Prng seeds(world_seed + (std::uint64_t{machine.value()} << 32));
  return seeds.next();
}

Inhabitant make_inhabitant(const HostSpec& host, NodeId id, const Ground& ground) {
  return make(host.name, host.label, host.address, roles_of(host), id, ground);
}

Inhabitant make_inhabitant(const DeviceSpec& device, NodeId id, const Ground& ground) {
  return make(device.name, device.label, device.address, journal::roles(journal::Role::Device), id,
              ground);
}

void start_programs(Inhabitant& inhabitant, const HostSpec& host, const Ground& ground) {
  Machine& machine = *inhabitant.machine;
  if (host.name_server) {
    inhabitant.name_server =
        std::make_unique<nodes::NameServer>(machine, make_zones(ground.scenario));
  }
  if (host.mailbox) inhabitant.mailbox_server = open_mailboxes(host, machine);
  if (host.mta) {
    inhabitant.resolver = std::make_unique<nodes::Resolver>(machine, ground.name_server);
    inhabitant.mta = std::make_unique<nodes::Mta>(machine, *inhabitant.resolver,
                                                  mta_config(host, ground.scenario),
                                                  inhabitant.mailbox_server.get());
    inhabitant.mta->listen();
  } else if (host.mailbox) {
    inhabitant.mailbox_server->listen();
  }
  if (host.maa && host.mailbox) {
    inhabitant.maa_server = std::make_unique<nodes::MaaServer>(machine, *inhabitant.mailbox_server,
                                                               maa_config(*host.maa));
    inhabitant.maa_server->listen();
  }
}

void start_programs(Inhabitant& inhabitant, const DeviceSpec& device, const Ground& ground) {
  Machine& machine = *inhabitant.machine;
  inhabitant.resolver = std::make_unique<nodes::Resolver>(machine, ground.name_server);
  inhabitant.store = std::make_unique<store::DeviceStore>(device.capacity_bytes);
  const auto address = mail::parse_mailbox(device.mail_address, mail::Utf8::Allowed);
  if (address && !device.submit_to.empty()) {
    inhabitant.user_agent = std::make_unique<nodes::UserAgent>(
        machine, *inhabitant.resolver, *inhabitant.store,
        nodes::UserAgentConfig{*address, device.display_name, device.submit_to, device.outbox_retry,
                               submission_config(device)});
  }
  inhabitant.device =
      std::make_unique<nodes::Device>(machine, *inhabitant.resolver, *inhabitant.store);
  for (const FetchSpec& account : device.accounts) {
    inhabitant.device->add_account(fetch_account(account));
  }
}

}  // namespace mailwalk::world
