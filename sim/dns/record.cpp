#include "dns/record.hpp"

#include <fmt/format.h>

namespace mailwalk::dns {
namespace {

struct TypeOf {
  RecordType operator()(const AData&) const { return RecordType::A; }
  RecordType operator()(const AaaaData&) const { return RecordType::Aaaa; }
  RecordType operator()(const NsData&) const { return RecordType::Ns; }
  RecordType operator()(const CnameData&) const { return RecordType::Cname; }
  RecordType operator()(const PtrData&) const { return RecordType::Ptr; }
  RecordType operator()(const MxData&) const { return RecordType::Mx; }
  RecordType operator()(const SoaData&) const { return RecordType::Soa; }
  RecordType operator()(const TxtData&) const { return RecordType::Txt; }
  RecordType operator()(const RawData& data) const { return data.type; }
};

}  // namespace

std::string name(RecordType type) {
  switch (type) {
    case RecordType::A: return "A";
    case RecordType::Ns: return "NS";
    case RecordType::Cname: return "CNAME";
    case RecordType::Soa: return "SOA";
    case RecordType::Ptr: return "PTR";
    case RecordType::Mx: return "MX";
    case RecordType::Txt: return "TXT";
    case RecordType::Aaaa: return "AAAA";
    case RecordType::Opt: return "OPT";
    case RecordType::Ixfr: return "IXFR";
    case RecordType::Maila: return "MAILA";
    case RecordType::Any: return "ANY";
  }
  return fmt::format("TYPE{}", static_cast<std::uint16_t>(type));
}

std::string name(RecordClass record_class) {
  switch (record_class) {
    case RecordClass::Internet: return "IN";
    case RecordClass::Chaos: return "CH";
    case RecordClass::Any: return "ANY";
  }
  return fmt::format("CLASS{}", static_cast<std::uint16_t>(record_class));
}

RecordType ResourceRecord::type() const {
  return std::visit(TypeOf{}, data);
}

bool is_null_mx(const ResourceRecord& record) {
  const auto* mx = std::get_if<MxData>(&record.data);
  return mx != nullptr && mx->exchange.is_root();
}

}  // namespace mailwalk::dns
