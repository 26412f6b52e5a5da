// Message-ID fields (RFC 5322 section 3.6.4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "nodes/machine.hpp"

namespace mailwalk::nodes {

// "20260105090000.3.1@kampus.example", without <>: unique if no machine uses a number twice. The
// time is the scenario's; on TCP, where the scenario's begins anew with each run, it is the real
// one.
std::string make_message_id(const Machine& machine, std::uint64_t number, std::string_view domain);

}  // namespace mailwalk::nodes
