#include "dns/zone_set.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace mailwalk::dns {
namespace {

Message reply_to(const Message& query, Rcode rcode) {
  Message reply;
  reply.id = query.id;
  reply.kind = MessageKind::Response;
  reply.opcode = query.opcode;
  reply.recursion_desired = query.recursion_desired;
  reply.rcode = rcode;
  reply.questions = query.questions;
  return reply;
}

// Whether the query is one that is answered from zones at all.
Rcode judge(const Message& query) {
  if (query.opcode != Opcode::Query) return Rcode::NotImplemented;
  if (query.questions.size() != 1) return Rcode::FormatError;
  // RFC 6891 section 7: so a server without EDNS says that it has none.
  for (const ResourceRecord& record : query.additional) {
    if (record.type() == RecordType::Opt) return Rcode::FormatError;
  }
  const Question& question = query.questions.front();
  if (question.record_class != RecordClass::Internet) return Rcode::Refused;
  if (question.type >= RecordType::Ixfr && question.type <= RecordType::Maila) {
    return Rcode::NotImplemented;
  }
  return Rcode::NoError;
}

std::vector<ResourceRecord> records_of(const Zone& zone, const Name& name, RecordType type) {
  std::vector<ResourceRecord> found;
  for (const ResourceRecord& record : zone.records_at(name)) {
    if (type == RecordType::Any || record.type() == type) found.push_back(record);
  }
  return found;
}

const ResourceRecord* alias_at(const Zone& zone, const Name& name) {
  for (const ResourceRecord& record : zone.records_at(name)) {
    if (std::holds_alternative<CnameData>(record.data)) return &record;
  }
  return nullptr;
}

// The NS records of the highest name below the apex, at or above `name`, that has any: there the
// zone ends and another server's begins (RFC 1034 section 4.2.1).
std::vector<ResourceRecord> delegation_above(const Zone& zone, const Name& name) {
  std::vector<ResourceRecord> highest;
  for (Name at = name; !(at == zone.apex()); at = at.parent()) {
    auto servers = records_of(zone, at, RecordType::Ns);
    if (!servers.empty()) highest = std::move(servers);
  }
  return highest;
}

// The name whose addresses are wanted by whoever gets this record, if there is one.
const Name* host_in(const RecordData& data) {
  if (const auto* mx = std::get_if<MxData>(&data)) return &mx->exchange;
  if (const auto* ns = std::get_if<NsData>(&data)) return &ns->host;
  return nullptr;
}

// One query on its way through the zones (RFC 1034 section 4.3.2).
class Answering {
 public:
  Answering(const ZoneSet& zones, const Message& query)
      : zones_(zones),
        question_(query.questions.front()),
        name_(question_.name),
        reply_(reply_to(query, Rcode::NoError)) {}

  std::optional<Message> run();

 private:
  enum class Step { Ended, FollowAlias };

  Step answer_from(const Zone& zone);
  void deny(const Zone& zone, Rcode rcode);
  void add_addresses();
  void add_addresses_of(const Name& host);
  [[nodiscard]] Message failed() const;

  const ZoneSet& zones_;
  const Question& question_;
  Name name_;  // where we are on the chain of aliases
  Message reply_;
};

std::optional<Message> Answering::run() {
  for (int aliases = 0; aliases <= kMaxAliases; ++aliases) {
    const Zone* zone = zones_.zone_of(name_);
    if (zone == nullptr) {
      if (aliases == 0) reply_.rcode = Rcode::Refused;
      return reply_;  // an alias that leads elsewhere: whoever asked goes on there
    }
    const NameFailure failure = zone->failure_at(name_);
    if (failure == NameFailure::Silence) return std::nullopt;
    if (failure == NameFailure::ServerFailure) return failed();
    if (answer_from(*zone) == Step::Ended) {
      add_addresses();
      return reply_;
    }
  }
  return failed();  // aliases in a circle
}

Answering::Step Answering::answer_from(const Zone& zone) {
  reply_.authority = delegation_above(zone, name_);
  if (!reply_.authority.empty()) return Step::Ended;
  reply_.authoritative = true;
  if (question_.type != RecordType::Cname && question_.type != RecordType::Any) {
    if (const ResourceRecord* alias = alias_at(zone, name_)) {
      reply_.answers.push_back(*alias);
      name_ = std::get_if<CnameData>(&alias->data)->target;
      return Step::FollowAlias;
    }
  }
  const auto found = records_of(zone, name_, question_.type);
  reply_.answers.insert(reply_.answers.end(), found.begin(), found.end());
  if (found.empty()) deny(zone, zone.has_name(name_) ? Rcode::NoError : Rcode::NameError);
  return Step::Ended;
}

// RFC 2308 section 2: the SOA record says who denies it, and for how long that holds.
void Answering::deny(const Zone& zone, Rcode rcode) {
  reply_.rcode = rcode;
  reply_.authority.push_back(zone.soa_for_negative_answer());
}

// RFC 1035 sections 3.3.9 and 3.3.11: what will be asked next is told at once, where it is known.
void Answering::add_addresses() {
  for (const auto* section : {&reply_.answers, &reply_.authority}) {
    for (const ResourceRecord& record : *section) {
      if (const Name* host = host_in(record.data)) add_addresses_of(*host);
    }
  }
}

void Answering::add_addresses_of(const Name& host) {
  const auto is_of_host = [&](const ResourceRecord& record) { return record.name == host; };
  const auto& known = reply_.additional;
  if (std::any_of(known.begin(), known.end(), is_of_host)) return;
  const Zone* zone = zones_.zone_of(host);
  if (zone == nullptr || zone->failure_at(host) != NameFailure::None) return;
  for (const RecordType type : {RecordType::A, RecordType::Aaaa}) {
    const auto addresses = records_of(*zone, host, type);
    reply_.additional.insert(reply_.additional.end(), addresses.begin(), addresses.end());
  }
}

Message Answering::failed() const {
  Message reply = reply_;
  reply.rcode = Rcode::ServerFailure;
  reply.authoritative = false;
  reply.answers.clear();
  return reply;
}

// The header alone, whatever follows it: the counts are taken to be 0.
std::optional<Message> decode_header(std::string_view datagram) {
  std::string header(datagram.substr(0, kHeaderOctets));
  if (header.size() < kHeaderOctets) return std::nullopt;
  std::fill(header.begin() + 4, header.end(), '\0');
  return decode(header).message;
}

}  // namespace

void ZoneSet::add(Zone zone) {
  const Name apex = zone.apex();
  zones_.insert_or_assign(apex, std::move(zone));
}

const Zone* ZoneSet::zone_of(const Name& name) const {
  for (Name at = name;; at = at.parent()) {
    const auto found = zones_.find(at);
    if (found != zones_.end()) return &found->second;
    if (at.is_root()) return nullptr;
  }
}

Zone* ZoneSet::zone_of(const Name& name) {
  const Zone* zone = std::as_const(*this).zone_of(name);
  return zone == nullptr ? nullptr : &zones_.find(zone->apex())->second;
}

std::optional<Message> ZoneSet::answer(const Message& query) const {
  if (query.kind == MessageKind::Response) return std::nullopt;
  const Rcode rcode = judge(query);
  if (rcode != Rcode::NoError) return reply_to(query, rcode);
  return Answering(*this, query).run();
}

std::optional<Message> ZoneSet::answer_datagram(std::string_view datagram) const {
  const Decoded decoded = decode(datagram);
  if (decoded.message) return answer(*decoded.message);
  const auto header = decode_header(datagram);
  if (!header || header->kind == MessageKind::Response) return std::nullopt;
  return reply_to(*header, Rcode::FormatError);
}

}  // namespace mailwalk::dns
