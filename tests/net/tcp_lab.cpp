#include "tcp_lab.hpp"

#include <fmt/format.h>

namespace mailwalk::test {

std::vector<std::string> TcpLab::events(ConnectionId connection) const {
  std::vector<std::string> events;
  for (const journal::Event& event : journal) {
    if (event.connection != connection) continue;
    events.push_back(
        fmt::format("{}@{}", journal::payload_name(event.payload), event.node.value()));
  }
  return events;
}

}  // namespace mailwalk::test
