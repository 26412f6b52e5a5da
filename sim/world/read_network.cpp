// [network], [[link]] and [[domain]]: the lines between machines, and what the name server knows.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "world/scenario_reading.hpp"

namespace mailwalk::world {
namespace {

constexpr Duration kLongestLatency = hours(1);
constexpr std::uint64_t kLargestSegmentBytes = 65'535;  // the largest IP packet

// ---- Lines -----------------------------------------------------------------------------------

void read_line(const TableReader& table, LinkSpec& link) {
  link.latency = table.duration("latency").value_or(link.latency);
  if (link.latency > kLongestLatency) {
    table.problem(table.place_of("latency"), "the latency is more than an hour",
                  "a satellite has \"300 ms\", the moon \"1.3 s\"");
  }
  link.bytes_per_second = table.rate("bandwidth").value_or(link.bytes_per_second);
  if (const auto bytes = table.size_bytes("segment")) {
    if (*bytes == 0 || *bytes > kLargestSegmentBytes) {
      table.problem(table.place_of("segment"), "no segment can have that size",
                    "expected \"1 B\" to \"65535 B\"; Ethernet has \"1460 B\"");
    } else {
      link.segment_bytes = static_cast<std::uint32_t>(*bytes);
    }
  }
  link.random_segments = table.truth("random_segments").value_or(link.random_segments);
}

// Two different machines that have no link yet.
bool read_ends(const TableReader& table, LinkSpec& link, Reading& reading,
               std::set<std::pair<std::string, std::string>>& linked) {
  const auto ends = read_between(table, reading);
  if (!ends) return false;
  link.a = ends->first;
  link.b = ends->second;
  if (linked.insert(std::minmax(link.a, link.b)).second) return true;
  table.problem(table.place_of("between"),
                fmt::format("\"{}\" and \"{}\" have a link already", link.a, link.b),
                "give the two one [[link]]");
  return false;
}

// ---- Names -----------------------------------------------------------------------------------

std::optional<MxSpec> read_mx(const TableReader& table, Reading& reading) {
  const auto host = table.text("host", Need::Required);
  if (!host || !check_name(*host, reading)) return std::nullopt;
  MxSpec mx;
  mx.host = host->value;
  mx.preference = static_cast<std::uint16_t>(table.number("preference", 0, 65'535).value_or(10));
  const bool missing = table.truth("missing").value_or(false);
  const bool known = find_host(reading.scenario, mx.host) != nullptr;
  if (missing && known) {
    table.problem(table.place_of("missing"), fmt::format("\"{}\" is a host here", mx.host),
                  "take missing away, or name a host that does not exist");
  }
  if (!missing && !known) {
    table.problem(host->place,
                  fmt::format("mx names {}, which is no host here", in_quotes(mx.host)),
                  suggest(mx.host, host_names(reading.scenario)) +
                      "; or add missing = true if it shall not exist");
  }
  return mx;
}

void read_mx_list(const TableReader& table, DomainSpec& domain, Reading& reading) {
  for (const TableReader& entry : table.tables("mx", words::kMx)) {
    auto mx = read_mx(entry, reading);
    if (!mx) continue;
    const bool again = std::any_of(domain.mx.begin(), domain.mx.end(),
                                   [&](const MxSpec& other) { return other.host == mx->host; });
    if (again) {
      entry.problem(entry.place(), fmt::format("mx names \"{}\" twice", mx->host),
                    "once is enough");
    }
    domain.mx.push_back(std::move(*mx));
  }
  if (!table.truth("null_mx").value_or(false)) return;
  if (table.has("mx")) {
    table.problem(table.place_of("null_mx"), "a domain with an MX cannot have the null MX too",
                  "keep one of mx and null_mx (RFC 7505 section 3)");
    return;
  }
  domain.mx.push_back({0, ""});
}

// The domain's own A record: an address, or a host whose address it shares.
void read_domain_address(const TableReader& table, DomainSpec& domain, Reading& reading) {
  const auto text = table.text("address");
  if (!text) return;
  domain.address = IpAddress::parse(text->value);
  if (domain.address) return;
  if (require_host(*text, "address", reading) != nullptr) {
    reading.domain_hosts.emplace(domain.name, text->value);
  }
}

}  // namespace

std::optional<std::pair<std::string, std::string>> read_between(const TableReader& table,
                                                                Reading& reading) {
  const auto ends = table.texts("between", Need::Required);
  if (!ends || ends->empty()) return std::nullopt;
  if (ends->size() != 2) {
    table.problem(table.place_of("between"),
                  fmt::format("\"between\" names {} machines", ends->size()),
                  "expected two, as in [\"laptop\", \"mta\"]");
    return std::nullopt;
  }
  const PlacedText& a = ends->front();
  const PlacedText& b = ends->back();
  const bool a_known = check_machine(a, "one end", reading);
  const bool b_known = check_machine(b, "one end", reading);
  if (!a_known || !b_known) return std::nullopt;
  if (a.value == b.value) {
    table.problem(b.place, fmt::format("both ends are \"{}\"", a.value), "name two machines");
    return std::nullopt;
  }
  return std::pair(a.value, b.value);
}

void read_network(const TableReader& file, Reading& reading) {
  LinkSpec usual;
  if (const auto table = file.table("network", words::kNetwork)) {
    read_line(*table, usual);
    reading.scenario.links.push_back(usual);
  }
  std::set<std::pair<std::string, std::string>> linked;
  for (const TableReader& table : file.tables("link", words::kLink)) {
    LinkSpec link = usual;
    read_line(table, link);
    if (read_ends(table, link, reading, linked)) reading.scenario.links.push_back(std::move(link));
  }
}

void read_domains(const TableReader& file, Reading& reading) {
  static constexpr std::array<Choice<NameFailure>, 2> kFailures{
      {{"servfail", NameFailure::ServerFailure}, {"no-answer", NameFailure::NoAnswer}}};
  std::set<std::string> names;
  for (const TableReader& table : file.tables("domain", words::kDomain)) {
    const auto name = table.text("name", Need::Required);
    if (!name || !check_name(*name, reading)) continue;
    if (!names.insert(name->value).second) {
      table.problem(name->place, fmt::format("the domain \"{}\" stands here twice", name->value),
                    "give it one [[domain]]");
      continue;
    }
    DomainSpec domain;
    domain.name = name->value;
    read_mx_list(table, domain, reading);
    read_domain_address(table, domain, reading);
    domain.failure = table.choice("failure", std::span<const Choice<NameFailure>>(kFailures))
                         .value_or(NameFailure::None);
    reading.scenario.domains.push_back(std::move(domain));
  }
}

}  // namespace mailwalk::world
