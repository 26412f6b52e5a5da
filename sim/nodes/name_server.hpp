// The name server: answers every machine's DNS questions from its zones.
#pragma once

#include "dns/zone_set.hpp"
#include "nodes/machine.hpp"

namespace mailwalk::nodes {

class NameServer {
 public:
  // The machine must outlive it.
  NameServer(Machine& machine, dns::ZoneSet zones);

 private:
  void answer(const net::Datagram& datagram);

  Machine& machine_;
  dns::ZoneSet zones_;
};

}  // namespace mailwalk::nodes
