// The steps in which a scenario file is read. Only scenario_file.cpp and the reading files use it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "world/problems.hpp"
#include "world/scenario.hpp"
#include "world/scenario_file.hpp"
#include "world/suggest.hpp"
#include "world/table_reader.hpp"

namespace mailwalk::world {

// A machine that an MTA's settings name; it can only be looked up once all machines are known.
struct Neighbour {
  enum class As : std::uint8_t { Sender, NextHop };
  PlacedText name;
  As as;
};

// An account by its mail address, and as the device that fetches it names it.
struct FetchName {
  std::string address;  // "budi@kantor.example"
  std::string account;  // "budi@mx.kantor.example"
};

// As files name them.
inline constexpr std::array<Choice<sasl::Mechanism>, 4> kMechanismWords{
    {{"plain", sasl::Mechanism::Plain},
     {"login", sasl::Mechanism::Login},
     {"cram-md5", sasl::Mechanism::CramMd5},
     {"scram-sha-256", sasl::Mechanism::ScramSha256}}};

// What is known of the file so far.
struct Reading {
  Reading(const std::string& file, const MailFileReader& mail_reader)
      : problems(file), read_mail(mail_reader) {}

  Scenario scenario;
  Problems problems;
  const MailFileReader& read_mail;
  std::map<std::string, Place> machine_names;  // hosts and devices
  std::map<IpAddress, std::string> addresses;  // that the file gives, and to whom
  std::set<std::string> accounts_meant;        // addresses of all [[account]] tables, good or not
  std::map<std::string, std::vector<FetchName>> fetch_names;  // by device
  std::vector<Neighbour> neighbours;
  std::set<std::string> own_relay_lists;            // hosts whose relays_for the file gives
  std::map<std::string, std::string> domain_hosts;  // domains' A records that name a host
  std::size_t mail_bytes = 0;                       // of all mails so far
};

// ---- One step each, in this order ------------------------------------------------------------

void read_hosts(const TableReader& file, Reading& reading);
void read_accounts(const TableReader& file, Reading& reading);
void read_devices(const TableReader& file, Reading& reading);
void check_neighbours(Reading& reading);
void read_network(const TableReader& file, Reading& reading);
void read_domains(const TableReader& file, Reading& reading);
void read_events(const TableReader& file, Reading& reading);
void read_gates(const TableReader& file, Reading& reading);
// Addresses, domains and relay lists that the file leaves open. REQUIRES a reading without
// problems.
void fill_defaults(Reading& reading);

// ---- What several steps need -----------------------------------------------------------------

// nullptr if there is none of that name.
HostSpec* find_host(Scenario& scenario, std::string_view name);
DeviceSpec* find_device(Scenario& scenario, std::string_view name);

// Names to suggest from.
Words host_names(const Scenario& scenario);
Words device_names(const Scenario& scenario);
Words machine_names(const Reading& reading);

// Each of these tells the problems if the name will not do, and then yields false or nullptr.
bool check_machine(const PlacedText& name, std::string_view what, Reading& reading);
HostSpec* require_host(const PlacedText& name, std::string_view what, Reading& reading);
DeviceSpec* require_device(const PlacedText& name, std::string_view what, Reading& reading);

// One or more labels of a to z, 0 to 9 and hyphens, parted by dots (RFC 1035 section 2.3.1, in
// lower case only, so that a name has one spelling).
bool is_name(std::string_view text);
bool check_name(const PlacedText& name, Reading& reading);

// The name and address of a new machine, which must be unlike those of the others.
bool add_machine_name(const PlacedText& name, Reading& reading);
std::optional<IpAddress> read_machine_address(const TableReader& machine, Reading& reading);

// `between`: two different machines.
std::optional<std::pair<std::string, std::string>> read_between(const TableReader& table,
                                                                Reading& reading);

// The events of read_faults.cpp; nullopt if the table has a problem.
std::optional<Action> read_fault(const TableReader& table, Reading& reading);
std::optional<Action> read_answer(const TableReader& table, Reading& reading);
std::optional<Action> read_cut(const TableReader& table, Reading& reading);

// "delete", "keep" or "keep 14 days".
struct ModeSpec {
  journal::FetchMode mode = journal::FetchMode::Keep;
  std::uint32_t keep_days = 0;
};
std::optional<ModeSpec> read_mode(const TableReader& table, std::string_view key, Need need);

}  // namespace mailwalk::world
