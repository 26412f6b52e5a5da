// What `mailwalk serve` says before anything happens, in both languages.
#pragma once

#include <string>
#include <vector>

#include "export/text.hpp"
#include "net/tcp_network.hpp"
#include "world/world.hpp"

namespace mailwalk::cli {

// Every server with its addresses, and lines to copy for telnet, curl and swaks.
std::string how_to_call(const world::World& world, const std::vector<net::TcpNetwork::Door>& doors,
                        exporting::Language language);

// That they can be called now, said on a terminal.
std::string ready_words(exporting::Language language);

// That mail leaves this computer.
std::string reaches_out_words(net::Endpoint server, exporting::Language language);

// That others can call too.
std::string open_to_others_words(IpAddress address, exporting::Language language);

}  // namespace mailwalk::cli
