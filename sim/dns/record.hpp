// Resource records (RFC 1035 sections 3.2 to 3.4): what the DNS says about a name.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/ip_address.hpp"
#include "dns/limits.hpp"
#include "dns/name.hpp"

namespace mailwalk::dns {

// TYPE and QTYPE values (RFC 1035 section 3.2.2). Any other 16-bit number may stand in it, too.
enum class RecordType : std::uint16_t {
  A = 1,
  Ns = 2,
  Cname = 5,
  Soa = 6,
  Ptr = 12,
  Mx = 15,
  Txt = 16,
  Aaaa = 28,   // RFC 3596
  Opt = 41,    // RFC 6891, not a record but a marker of EDNS
  Ixfr = 251,  // RFC 1995; the first of the question types that transfer zones or mailboxes
  Maila = 254,
  Any = 255,
};

enum class RecordClass : std::uint16_t { Internet = 1, Chaos = 3, Any = 255 };

// "MX", or "TYPE65280" for what has no name here (RFC 3597 section 5).
std::string name(RecordType type);
// "IN", or "CLASS7".
std::string name(RecordClass record_class);

struct AData {
  IpAddress address;
  friend bool operator==(const AData&, const AData&) = default;
};
struct AaaaData {
  std::array<std::uint8_t, 16> octets{};
  friend bool operator==(const AaaaData&, const AaaaData&) = default;
};
struct NsData {
  Name host;
  friend bool operator==(const NsData&, const NsData&) = default;
};
struct CnameData {
  Name target;
  friend bool operator==(const CnameData&, const CnameData&) = default;
};
struct PtrData {
  Name target;
  friend bool operator==(const PtrData&, const PtrData&) = default;
};
struct MxData {
  std::uint16_t preference = 0;  // the lowest is asked first
  Name exchange;                 // the root says "accepts no mail" (RFC 7505)
  friend bool operator==(const MxData&, const MxData&) = default;
};
struct SoaData {
  Name primary;  // MNAME: the server the zone comes from
  Name mailbox;  // RNAME: who looks after it, with a dot for the @
  std::uint32_t serial = 1;
  std::uint32_t refresh_seconds = 86'400;
  std::uint32_t retry_seconds = 7'200;
  std::uint32_t expire_seconds = 3'600'000;
  std::uint32_t minimum_seconds = 3'600;  // how long "there is none" holds (RFC 2308 section 4)
  friend bool operator==(const SoaData&, const SoaData&) = default;
};
struct TxtData {
  std::vector<std::string> strings;  // 1 or more, each of at most 255 octets
  friend bool operator==(const TxtData&, const TxtData&) = default;
};
// The octets of a record that is not read: an unknown type, or an address of another class.
struct RawData {
  RecordType type{};
  std::string octets;
  friend bool operator==(const RawData&, const RawData&) = default;
};

using RecordData =
    std::variant<AData, AaaaData, NsData, CnameData, PtrData, MxData, SoaData, TxtData, RawData>;

struct ResourceRecord {
  Name name;
  RecordData data;
  std::uint32_t ttl_seconds = kDefaultTtlSeconds;
  RecordClass record_class = RecordClass::Internet;

  [[nodiscard]] RecordType type() const;

  friend bool operator==(const ResourceRecord&, const ResourceRecord&) = default;
};

// Whether it says that the domain accepts no mail (RFC 7505).
bool is_null_mx(const ResourceRecord& record);

}  // namespace mailwalk::dns
