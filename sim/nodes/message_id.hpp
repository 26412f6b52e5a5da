// Message-ID fields (RFC 5322 section 3.6.4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "nodes/machine.hpp"

namespace mailwalk::nodes {

// "20260105090000.1@kampus.example", without <>: unique if nobody uses the number twice for a
// domain.
std::string make_message_id(const Machine& machine, std::uint64_t number, std::string_view domain);

}  // namespace mailwalk::nodes
