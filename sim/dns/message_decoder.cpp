// Bytes to messages: nothing that comes from a network is believed.
#include "dns/message.hpp"

namespace mailwalk::dns {
namespace {

// A name has at most 127 labels, so a chain of more pointers than that cannot be honest.
constexpr int kMaxPointers = 127;

// Reads from front to back. The first fault sticks; from then on every read yields nothing.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes), end_(bytes.size()) {}

  [[nodiscard]] bool ok() const { return fault_ == DecodeFault::None; }
  [[nodiscard]] DecodeFault fault() const { return fault_; }
  [[nodiscard]] std::size_t fault_offset() const { return fault_offset_; }
  [[nodiscard]] std::size_t left() const { return ok() ? end_ - position_ : 0; }

  void fail(DecodeFault fault) { fail_at(position_, fault); }

  std::string_view octets(std::size_t count) {
    if (count > left()) fail(fault_when_cut_);
    if (!ok()) return {};
    position_ += count;
    return bytes_.substr(position_ - count, count);
  }
  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return number(4); }
  Name name();

  // Until leave_data() only the next `size` octets are to be read.
  void enter_data(std::size_t size) {
    if (size > left()) fail(DecodeFault::Cut);
    if (!ok()) return;
    end_ = position_ + size;
    fault_when_cut_ = DecodeFault::BadRecordData;
  }
  void leave_data() {
    if (left() > 0) fail(DecodeFault::BadRecordData);
    end_ = bytes_.size();
    fault_when_cut_ = DecodeFault::Cut;
  }

 private:
  void fail_at(std::size_t offset, DecodeFault fault) {
    if (!ok()) return;
    fault_ = fault;
    fault_offset_ = offset;
  }
  std::uint32_t number(std::size_t size) {
    std::uint32_t value = 0;
    for (const char c : octets(size)) value = value << 8 | static_cast<unsigned char>(c);
    return value;
  }
  [[nodiscard]] std::size_t octet_at(std::size_t offset) const {
    return static_cast<unsigned char>(bytes_[offset]);
  }

  std::string_view bytes_;
  std::size_t position_ = 0;
  std::size_t end_;
  DecodeFault fault_ = DecodeFault::None;
  DecodeFault fault_when_cut_ = DecodeFault::Cut;
  std::size_t fault_offset_ = 0;
};

// RFC 1035 section 4.1.4: labels that end in a zero octet or in a pointer to an earlier name.
//
//   0 0 length   a label     1 1 offset (14 bits)   go on there     0 1, 1 0   reserved
//
// A pointer must lead to before everything of this name read so far: then no two jumps can meet.
Name Reader::name() {
  std::vector<std::string_view> labels;
  std::size_t at = position_;          // where we read
  std::size_t limit = end_;            // what is not to be read: the end, then the name's own start
  std::size_t name_start = position_;  // of the part being read
  std::optional<std::size_t> resume;   // after the first pointer, where the reader goes on
  int pointers = 0;
  const auto failed = [&](DecodeFault fault) {
    fail_at(at, fault);
    return Name{};
  };
  while (ok()) {
    if (at >= limit) return failed(resume ? DecodeFault::BadPointer : fault_when_cut_);
    const std::size_t octet = octet_at(at);
    if (octet == 0) {
      position_ = resume.value_or(at + 1);
      const auto name = Name::from_labels(labels);
      return name ? *name : failed(DecodeFault::NameTooLong);
    }
    if (octet <= kMaxLabelOctets) {
      if (octet >= limit - at) return failed(resume ? DecodeFault::BadPointer : fault_when_cut_);
      if (labels.size() >= kMaxNameOctets / 2) return failed(DecodeFault::NameTooLong);
      labels.push_back(bytes_.substr(at + 1, octet));
      at += 1 + octet;
      continue;
    }
    if (octet < 0xC0) return failed(DecodeFault::BadLabel);
    if (limit - at < 2) return failed(resume ? DecodeFault::BadPointer : fault_when_cut_);
    const std::size_t target = (octet & 0x3F) << 8 | octet_at(at + 1);
    if (target >= name_start || ++pointers > kMaxPointers) return failed(DecodeFault::BadPointer);
    if (!resume) resume = at + 2;
    limit = name_start;
    name_start = at = target;
  }
  return {};
}

Question read_question(Reader& reader) {
  Question question;
  question.name = reader.name();
  question.type = RecordType{reader.u16()};
  question.record_class = RecordClass{reader.u16()};
  return question;
}

SoaData read_soa(Reader& reader) {
  SoaData soa;
  soa.primary = reader.name();
  soa.mailbox = reader.name();
  soa.serial = reader.u32();
  soa.refresh_seconds = reader.u32();
  soa.retry_seconds = reader.u32();
  soa.expire_seconds = reader.u32();
  soa.minimum_seconds = reader.u32();
  return soa;
}

AaaaData read_aaaa(Reader& reader) {
  AaaaData data;
  for (std::uint8_t& octet : data.octets) octet = reader.u8();
  return data;
}

MxData read_mx(Reader& reader) {
  MxData data;
  data.preference = reader.u16();
  data.exchange = reader.name();
  return data;
}

// RFC 1035 section 3.3.14: one or more strings, each with a length octet before it.
TxtData read_txt(Reader& reader) {
  TxtData data;
  do {
    data.strings.emplace_back(reader.octets(reader.u8()));
  } while (reader.left() > 0);
  return data;
}

// The addresses have this form in the Internet class only; the other types in every class.
RecordData read_data(Reader& reader, RecordType type, RecordClass record_class) {
  const bool internet = record_class == RecordClass::Internet;
  switch (type) {
    case RecordType::A:
      if (internet) return AData{IpAddress{reader.u32()}};
      break;
    case RecordType::Aaaa:
      if (internet) return read_aaaa(reader);
      break;
    case RecordType::Ns: return NsData{reader.name()};
    case RecordType::Cname: return CnameData{reader.name()};
    case RecordType::Ptr: return PtrData{reader.name()};
    case RecordType::Mx: return read_mx(reader);
    case RecordType::Soa: return read_soa(reader);
    case RecordType::Txt: return read_txt(reader);
    default: break;
  }
  return RawData{type, std::string(reader.octets(reader.left()))};
}

// RFC 1035 section 4.1.3.
ResourceRecord read_record(Reader& reader) {
  ResourceRecord record;
  record.name = reader.name();
  const RecordType type{reader.u16()};
  record.record_class = RecordClass{reader.u16()};
  record.ttl_seconds = reader.u32();
  reader.enter_data(reader.u16());
  record.data = read_data(reader, type, record.record_class);
  reader.leave_data();
  return record;
}

std::vector<ResourceRecord> read_section(Reader& reader, std::size_t count) {
  std::vector<ResourceRecord> records;
  for (std::size_t i = 0; i < count && reader.ok(); ++i) records.push_back(read_record(reader));
  return records;
}

// RFC 1035 section 4.1.1, the second line of the header:
//   QR(1) Opcode(4) AA(1) TC(1) RD(1) RA(1) Z(3) RCODE(4)
void read_flags(Message& message, std::uint16_t flags) {
  message.kind = MessageKind{static_cast<std::uint8_t>(flags >> 15)};
  message.opcode = Opcode{static_cast<std::uint8_t>(flags >> 11 & 15)};
  message.authoritative = (flags >> 10 & 1) != 0;
  message.truncated = (flags >> 9 & 1) != 0;
  message.recursion_desired = (flags >> 8 & 1) != 0;
  message.recursion_available = (flags >> 7 & 1) != 0;
  message.reserved = static_cast<std::uint8_t>(flags >> 4 & 7);
  message.rcode = Rcode{static_cast<std::uint8_t>(flags & 15)};
}

Message read_message(Reader& reader) {
  Message message;
  message.id = reader.u16();
  read_flags(message, reader.u16());
  const std::size_t questions = reader.u16();
  const std::size_t answers = reader.u16();
  const std::size_t authority = reader.u16();
  const std::size_t additional = reader.u16();
  for (std::size_t i = 0; i < questions && reader.ok(); ++i) {
    message.questions.push_back(read_question(reader));
  }
  message.answers = read_section(reader, answers);
  message.authority = read_section(reader, authority);
  message.additional = read_section(reader, additional);
  if (reader.left() > 0) reader.fail(DecodeFault::Surplus);
  return message;
}

}  // namespace

Decoded decode(std::string_view datagram) {
  if (datagram.size() > kMaxMessageOctets) {
    return {std::nullopt, DecodeFault::TooLong, kMaxMessageOctets};
  }
  Reader reader(datagram);
  Message message = read_message(reader);
  if (!reader.ok()) return {std::nullopt, reader.fault(), reader.fault_offset()};
  return {std::move(message), DecodeFault::None, 0};
}

}  // namespace mailwalk::dns
