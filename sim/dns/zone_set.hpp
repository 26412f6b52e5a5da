// The zones that one name server is the authority for, and the answers it gives from them.
#pragma once

#include <map>
#include <optional>
#include <string_view>

#include "dns/message.hpp"
#include "dns/zone.hpp"

namespace mailwalk::dns {

// Answers as an authoritative server without recursion (RFC 1034 section 4.3.2). A name belongs to
// the zone with the longest apex above it. Wildcards are not offered: "*" is a label like others.
class ZoneSet {
 public:
  // Takes the place of a zone with the same apex.
  void add(Zone zone);

  // nullptr if no zone holds the name. The pointer is valid until the next add().
  [[nodiscard]] const Zone* zone_of(const Name& name) const;
  [[nodiscard]] Zone* zone_of(const Name& name);

  // The response; nullopt for silence: a NameFailure says so, or `query` is itself a response.
  // Aliases are followed through all zones here. Answers with MX or NS bring addresses in
  // additional. Names of others: REFUSED. Question types and operations not offered: NOTIMP.
  [[nodiscard]] std::optional<Message> answer(const Message& query) const;

  // The same for bytes from the network; bytes that are no message, but have a query's header, get
  // FORMERR. The caller encodes what comes back.
  [[nodiscard]] std::optional<Message> answer_datagram(std::string_view datagram) const;

 private:
  std::map<Name, Zone> zones_;
};

}  // namespace mailwalk::dns
