// Datagrams: they arrive or they are lost, and nobody is told.
#include <optional>

#include "lab.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;
using journal::Fault;

namespace {

std::size_t lost(const journal::Journal& journal) {
  std::size_t count = 0;
  for (const journal::Event& event : journal) {
    if (journal::payload_if<journal::DatagramLost>(event) != nullptr) ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("A datagram arrives whole after its time on the line and the latency", "[net]") {
  Lab lab(microsecond_link());
  lab.network.send_datagram(kAnn, Port{50'000}, kBobAddress, kDnsPort, Bytes(counted_text(2'000)));
  lab.run();
  CHECK(lab.bob.datagrams == std::vector<std::string>{"22000 " + counted_text(2'000)});
  CHECK(lost(lab.journal) == 0);
}

TEST_CASE("A datagram is lost where nothing gets through", "[net][faults]") {
  struct Row {
    const char* what;
    std::optional<Fault> kind;
    std::uint64_t after_bytes;
    std::optional<Port> port;
    IpAddress to;
    bool arrives;
  };
  const std::vector<Row> rows = {
      {"no fault", {}, 0, {}, kBobAddress, true},
      {"nobody has the address", {}, 0, {}, kNobodysAddress, false},
      {"no way leads there", Fault::Unreachable, 0, {}, kBobAddress, false},
      {"the line stands still", Fault::Stall, 0, {}, kBobAddress, false},
      {"a connection will stand still", Fault::Stall, 100, {}, kBobAddress, true},
      {"connections are refused", Fault::Refuse, 0, {}, kBobAddress, true},
      {"the fault is at its port", Fault::Stall, 0, kDnsPort, kBobAddress, false},
      {"the fault is at another port", Fault::Stall, 0, kSmtpPort, kBobAddress, true},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    Lab lab(microsecond_link());
    if (row.kind) {
      net::LinkFault fault;
      fault.kind = *row.kind;
      fault.a = kBob;
      fault.after_bytes = row.after_bytes;
      fault.port = row.port;
      lab.network.inject(fault);
    }
    lab.network.send_datagram(kAnn, Port{50'000}, row.to, kDnsPort, Bytes("who?"));
    lab.run();
    CHECK(lab.bob.datagrams.size() == (row.arrives ? 1U : 0U));
    CHECK(lost(lab.journal) == (row.arrives ? 0U : 1U));
  }
}
