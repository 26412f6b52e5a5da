// Messages to bytes: names compressed, and whole records left out where the room ends.
#include "dns/message.hpp"

#include <algorithm>
#include <cassert>
#include <map>

namespace mailwalk::dns {
namespace {

constexpr std::size_t kMaxPointerTarget = 0x3FFF;  // a pointer has 14 bits

class Writer {
 public:
  Writer() : out_(kHeaderOctets, '\0') {}

  [[nodiscard]] std::size_t size() const { return out_.size(); }

  void u8(unsigned value) { out_ += static_cast<char>(value & 255); }
  void u16(unsigned value) {
    u8(value >> 8);
    u8(value);
  }
  void u32(std::uint32_t value) {
    u16(value >> 16);
    u16(value & 0xFFFF);
  }
  void octets(std::string_view bytes) { out_ += bytes; }
  void name(const Name& name);

  void patch_u16(std::size_t offset, unsigned value) {
    out_[offset] = static_cast<char>(value >> 8 & 255);
    out_[offset + 1] = static_cast<char>(value & 255);
  }

  // Takes back everything from `size` on. REQUIRES that no name is written afterwards: it could
  // point to what is gone.
  void shrink_to(std::size_t size) { out_.resize(size); }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  // Where a name, or the rest of one, was written. Compared octet by octet, so that a name keeps
  // the case it was given.
  std::map<std::string, std::size_t, std::less<>> names_;
};

// RFC 1035 section 4.1.4: what was written before is pointed to.
void Writer::name(const Name& name) {
  std::string_view rest = name.wire_labels();
  while (!rest.empty()) {
    const auto known = names_.find(rest);
    if (known != names_.end()) {
      u16(0xC000U | static_cast<unsigned>(known->second));
      return;
    }
    if (size() <= kMaxPointerTarget) names_.emplace(rest, size());
    const std::size_t label_size = 1 + static_cast<std::size_t>(rest[0]);
    octets(rest.substr(0, label_size));
    rest.remove_prefix(label_size);
  }
  u8(0);
}

void write(Writer& writer, const Question& question) {
  writer.name(question.name);
  writer.u16(static_cast<std::uint16_t>(question.type));
  writer.u16(static_cast<std::uint16_t>(question.record_class));
}

// Names are compressed in the data of the types of RFC 1035, and in no others (RFC 3597 section 4).
struct WriteData {
  Writer& writer;

  void operator()(const AData& data) const { writer.u32(data.address.value); }
  void operator()(const AaaaData& data) const {
    for (const std::uint8_t octet : data.octets) writer.u8(octet);
  }
  void operator()(const NsData& data) const { writer.name(data.host); }
  void operator()(const CnameData& data) const { writer.name(data.target); }
  void operator()(const PtrData& data) const { writer.name(data.target); }
  void operator()(const MxData& data) const {
    writer.u16(data.preference);
    writer.name(data.exchange);
  }
  void operator()(const SoaData& data) const {
    writer.name(data.primary);
    writer.name(data.mailbox);
    writer.u32(data.serial);
    writer.u32(data.refresh_seconds);
    writer.u32(data.retry_seconds);
    writer.u32(data.expire_seconds);
    writer.u32(data.minimum_seconds);
  }
  void operator()(const TxtData& data) const {
    for (const std::string& string : data.strings) {
      assert(string.size() <= kMaxStringOctets);
      writer.u8(static_cast<unsigned>(string.size()));
      writer.octets(string);
    }
  }
  void operator()(const RawData& data) const { writer.octets(data.octets); }
};

void write(Writer& writer, const ResourceRecord& record) {
  writer.name(record.name);
  writer.u16(static_cast<std::uint16_t>(record.type()));
  writer.u16(static_cast<std::uint16_t>(record.record_class));
  writer.u32(record.ttl_seconds);
  const std::size_t length_at = writer.size();
  writer.u16(0);
  std::visit(WriteData{writer}, record.data);
  writer.patch_u16(length_at, static_cast<unsigned>(writer.size() - length_at - 2));
}

// What is to be left out along with an item that does not fit.
enum class Rest { KeepOthers, DropItsSet };

bool same_set(const Question&, const Question&) {
  return false;
}
bool same_set(const ResourceRecord& a, const ResourceRecord& b) {
  return a.type() == b.type() && a.record_class == b.record_class && a.name == b.name;
}

// Writes as many items as fit, and returns how many these are.
template <class Item>
std::size_t write_section(Writer& writer, const std::vector<Item>& items, std::size_t max_octets,
                          Rest rest) {
  std::size_t set_start = writer.size();
  std::size_t set_first = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::size_t start = writer.size();
    if (i == 0 || !same_set(items[i - 1], items[i])) {
      set_start = start;
      set_first = i;
    }
    write(writer, items[i]);
    if (writer.size() <= max_octets) continue;
    writer.shrink_to(rest == Rest::DropItsSet ? set_start : start);
    return rest == Rest::DropItsSet ? set_first : i;
  }
  return items.size();
}

// RFC 1035 section 4.1.1, see read_flags in the decoder.
unsigned flags(const Message& message, bool truncated) {
  return static_cast<unsigned>(message.kind) << 15 |
         (static_cast<unsigned>(message.opcode) & 15) << 11 |
         static_cast<unsigned>(message.authoritative) << 10 |
         static_cast<unsigned>(truncated) << 9 |
         static_cast<unsigned>(message.recursion_desired) << 8 |
         static_cast<unsigned>(message.recursion_available) << 7 |
         (static_cast<unsigned>(message.reserved) & 7) << 4 |
         (static_cast<unsigned>(message.rcode) & 15);
}

}  // namespace

std::string encode(const Message& message, std::size_t max_octets) {
  max_octets = std::min(max_octets, kMaxMessageOctets);
  Writer writer;
  bool complete = true;
  // After a section that is not complete there is no other one: what is missing is at the end.
  const auto section = [&](const auto& items, std::size_t count_at, Rest rest) {
    if (!complete) return;
    const std::size_t written = write_section(writer, items, max_octets, rest);
    writer.patch_u16(count_at, static_cast<unsigned>(written));
    complete = written == items.size();
  };
  section(message.questions, 4, Rest::KeepOthers);
  section(message.answers, 6, Rest::KeepOthers);
  section(message.authority, 8, Rest::KeepOthers);
  const bool truncated = message.truncated || !complete;
  section(message.additional, 10, Rest::DropItsSet);
  writer.patch_u16(0, message.id);
  writer.patch_u16(2, flags(message, truncated));
  return writer.take();
}

}  // namespace mailwalk::dns
