#include "nodes/message_id.hpp"

#include <fmt/format.h>

namespace mailwalk::nodes {

std::string make_message_id(const Machine& machine, std::uint64_t number, std::string_view domain) {
  const auto real = machine.real_unix_seconds();
  const CivilTime t = real ? civil_time(Calendar{*real, 0}, VirtualTime{})
                           : civil_time(machine.calendar(), machine.now());
  // The machine's number too: a person's laptop and phone write for the same domain.
  return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}.{}.{}@{}", t.year, t.month, t.day, t.hour,
                     t.minute, t.second, machine.id().value(), number, domain);
}

}  // namespace mailwalk::nodes
