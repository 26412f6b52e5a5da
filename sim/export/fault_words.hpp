// What a fault does, and where: "connections between A and B stand still after 600 octets".
#pragma once

#include <string>

#include "export/narrator.hpp"

namespace mailwalk::exporting {

// The sentence that follows "FAULT: "; of Fault::Clear, the whole one. happened.event's payload is
// `fault`.
std::string fault_words(const journal::FaultInjected& fault, const Happened& happened,
                        const Narrator& narrator);

}  // namespace mailwalk::exporting
