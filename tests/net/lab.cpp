#include "lab.hpp"

#include <fmt/format.h>

#include <utility>

namespace mailwalk::test {

void Ear::note(const std::string& what, ConnectionId connection) {
  notes.push_back(fmt::format("{} {} {}", scheduler_.now().us, what, connection.value()));
}

void Ear::on_accepted(ConnectionId connection, Port /*local_port*/, const net::Caller& caller) {
  if (caller.admission == net::Admission::TooMany) too_many.push_back(connection);
  note("accepted", connection);
  when_accepted(connection);
}

void Ear::on_connected(ConnectionId connection) {
  note("connected", connection);
  when_connected(connection);
}

void Ear::on_connect_failed(ConnectionId connection, net::ConnectFailure why) {
  static constexpr const char* kWhy[] = {"refused", "unreachable", "timed out"};
  note(kWhy[static_cast<std::size_t>(why)], connection);
}

void Ear::on_bytes(ConnectionId connection, std::string_view bytes) {
  heard[connection] += bytes;
  pieces[connection].push_back({scheduler_.now(), bytes.size()});
  when_bytes(connection);
}

void Ear::on_closed(ConnectionId connection, net::CloseKind how) {
  note(how == net::CloseKind::Orderly ? "closed" : "reset", connection);
  when_closed(connection);
}

void Ear::on_datagram(const net::Datagram& datagram) {
  datagrams.push_back(fmt::format("{} {}", scheduler_.now().us, datagram.bytes.view()));
}

Lab::Lab(net::Link link, std::uint64_t seed) : network(scheduler, seed) {
  network.set_default_link(link);
  network.add_machine(kAnn, kAnnAddress, ann);
  network.add_machine(kBob, kBobAddress, bob);
  network.add_machine(kCid, kCidAddress, cid);
  network.listen(kBob, kPort);
}

void Lab::at(Duration time, std::function<void()> act) {
  later_.acts.push_back(std::move(act));
  scheduler.schedule(VirtualTime{} + time, net::Priority::Person, later_, later_.acts.size() - 1);
}

void Lab::run() {
  while (scheduler.step()) {
  }
}

void Lab::run_until(Duration time) {
  while (scheduler.next_time() && *scheduler.next_time() <= VirtualTime{} + time) scheduler.step();
}

Sums sums_of(const journal::Journal& journal, ConnectionId connection) {
  Sums sums;
  for (const journal::Event& event : journal) {
    if (event.connection != connection) continue;
    if (const auto* sent = journal::payload_if<journal::BytesSent>(event)) {
      sums.sent += sent->bytes.size();
    } else if (const auto* delivered = journal::payload_if<journal::BytesDelivered>(event)) {
      sums.delivered += delivered->size;
    } else if (const auto* lost = journal::payload_if<journal::BytesLost>(event)) {
      sums.lost += lost->size;
    }
  }
  return sums;
}

std::string counted_text(std::size_t octets) {
  std::string text;
  for (std::size_t number = 0; text.size() < octets; ++number) text += fmt::format("{} ", number);
  text.resize(octets);
  return text;
}

}  // namespace mailwalk::test
