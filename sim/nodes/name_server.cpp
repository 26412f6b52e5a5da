#include "nodes/name_server.hpp"

#include <utility>

namespace mailwalk::nodes {

NameServer::NameServer(Machine& machine, dns::ZoneSet zones)
    : machine_(machine), zones_(std::move(zones)) {
  machine_.listen_datagrams(kDnsPort, [this](const net::Datagram& datagram) { answer(datagram); });
}

void NameServer::answer(const net::Datagram& datagram) {
  const auto response = zones_.answer_datagram(datagram.bytes.view());
  if (!response) return;
  machine_.send_datagram(kDnsPort, datagram.from, datagram.from_port, dns::encode(*response));
}

}  // namespace mailwalk::nodes
