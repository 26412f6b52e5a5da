// How a copy of a letter looks in tables and lists: each standing has a shape of its own.
#pragma once

#include <cstdint>

namespace mailwalk::gui {

// In the order of what is told where several copies share a place: the later one.
enum class CopyLook : std::uint8_t {
  None,     // never was there
  Hollow,   // was there, and went: a small ring
  Open,     // there, and read on this device
  Closed,   // there
  Ghost,    // there, and marked by DELE: dashed
  Crossed,  // refused, or bounced
};

}  // namespace mailwalk::gui
