#include "dns/message.hpp"

#include <fmt/format.h>

namespace mailwalk::dns {

std::string name(Rcode rcode) {
  switch (rcode) {
    case Rcode::NoError: return "NOERROR";
    case Rcode::FormatError: return "FORMERR";
    case Rcode::ServerFailure: return "SERVFAIL";
    case Rcode::NameError: return "NXDOMAIN";
    case Rcode::NotImplemented: return "NOTIMP";
    case Rcode::Refused: return "REFUSED";
  }
  return fmt::format("RCODE{}", static_cast<unsigned>(rcode));
}

std::string_view name(DecodeFault fault) {
  switch (fault) {
    case DecodeFault::None: return "None";
    case DecodeFault::Cut: return "Cut";
    case DecodeFault::TooLong: return "TooLong";
    case DecodeFault::BadLabel: return "BadLabel";
    case DecodeFault::BadPointer: return "BadPointer";
    case DecodeFault::NameTooLong: return "NameTooLong";
    case DecodeFault::BadRecordData: return "BadRecordData";
    case DecodeFault::Surplus: return "Surplus";
  }
  return "Unknown";
}

}  // namespace mailwalk::dns
