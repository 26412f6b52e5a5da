#include "journal/event_codec.hpp"

#include <array>
#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>

#include "base/little_endian.hpp"

namespace mailwalk::journal {
namespace {

// ---- Enumerations: how many values each has, so that decoding can refuse others ---------------

template <class E>
constexpr std::size_t enumerators();
template <>
constexpr std::size_t enumerators<Secrecy>() {
  return 2;
}
template <>
constexpr std::size_t enumerators<Protocol>() {
  return 2;
}
template <>
constexpr std::size_t enumerators<Side>() {
  return 2;
}
template <>
constexpr std::size_t enumerators<Trust>() {
  return 3;
}
template <>
constexpr std::size_t enumerators<TlsTrouble>() {
  return 4;
}
template <>
constexpr std::size_t enumerators<ConnectFailure>() {
  return 3;
}
template <>
constexpr std::size_t enumerators<FetchMode>() {
  return 3;
}
template <>
constexpr std::size_t enumerators<Outcome>() {
  return 4;
}
template <>
constexpr std::size_t enumerators<Trouble>() {
  return 19;
}
template <>
constexpr std::size_t enumerators<LookupOutcome>() {
  return 6;
}
template <>
constexpr std::size_t enumerators<Act>() {
  return 7;
}
template <>
constexpr std::size_t enumerators<Cast>() {
  return 2;
}
template <>
constexpr std::size_t enumerators<Fault>() {
  return 7;
}
template <>
constexpr std::size_t enumerators<smtp::Verb>() {
  return smtp::kVerbCount;
}
template <>
constexpr std::size_t enumerators<pop3::Verb>() {
  return pop3::kVerbCount;
}
template <>
constexpr std::size_t enumerators<smtp::State>() {
  return smtp::kStateCount;
}
template <>
constexpr std::size_t enumerators<pop3::State>() {
  return pop3::kStateCount;
}

// ---- Encoding ---------------------------------------------------------------------------------

// In place of a length: the bytes stand apart. Bytes that really have this length do not occur.
constexpr std::uint32_t kStandsApart = ~std::uint32_t{0};

// Visits a payload's fields for the longest bytes of them, the first of equals.
class LongestBytes {
 public:
  explicit LongestBytes(std::size_t least_octets) : longer_than_(least_octets - 1) {}

  void operator()(const char* /*name*/, const Bytes& bytes) {
    if (bytes.size() <= longer_than_) return;
    longer_than_ = bytes.size();
    found_ = &bytes;
  }
  template <class T>
  void operator()(const char* /*name*/, const T& /*no_bytes*/) {}

  // nullptr if none are long enough.
  [[nodiscard]] const Bytes* found() const { return found_; }

 private:
  std::size_t longer_than_;
  const Bytes* found_ = nullptr;
};

class Encoder {
 public:
  // Of most payloads, without what stands apart.
  static constexpr std::size_t kUsualOctets = 60;

  Encoder() = default;
  // Of these bytes of the payload only the place is written.
  explicit Encoder(const Bytes* apart) : apart_(apart) { out_.reserve(kUsualOctets); }

  template <class T>
  void operator()(const char* /*name*/, const T& value) {
    put(value);
  }
  std::string take() { return std::move(out_); }

 private:
  template <class T>
  requires std::is_integral_v<T>
  void put(T number) { put_little_endian(out_, number); }
  void put(bool flag) { put(static_cast<std::uint8_t>(flag)); }
  template <class E>
  requires std::is_enum_v<E>
  void put(E value) { put(static_cast<std::uint8_t>(value)); }
  template <class Tag, class Rep>
  void put(StrongId<Tag, Rep> id) {
    put(id.value());
  }
  void put(Duration duration) { put(duration.us); }
  void put(VirtualTime time) { put(time.us); }
  void put(IpAddress address) { put(address.value); }
  void put(const Bytes& bytes) {
    if (&bytes == apart_) return put(kStandsApart);
    put(static_cast<std::uint32_t>(bytes.size()));
    out_ += bytes.view();
  }
  void put(const AddressList& list) {
    put(static_cast<std::uint32_t>(list.size()));
    for (const Bytes& bytes : list) put(bytes);
  }
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class A, class B>
  void put(const std::variant<A, B>& value) {
    put(static_cast<std::uint8_t>(value.index()));
    std::visit([this](const auto& v) { this->put(v); }, value);
  }

  const Bytes* apart_ = nullptr;
  std::string out_;
};

// ---- Decoding ---------------------------------------------------------------------------------

// Once something was wrong, everything after it is left as it is and ok() is false.
class Decoder {
 public:
  explicit Decoder(std::string_view in) : in_(in) {}
  // The content stands apart, and has one place in what is read.
  Decoder(std::string_view in, const Bytes& content) : in_(in), content_(&content) {}

  template <class T>
  void operator()(const char* /*name*/, T& value) {
    get(value);
  }
  [[nodiscard]] bool ok_and_at_end() const { return ok_ && in_.empty() && content_ == nullptr; }

 private:
  template <class T>
  requires std::is_integral_v<T>
  void get(T& number) {
    if (!take_little_endian(in_, number)) fail();
  }
  void get(bool& flag) {
    std::uint8_t octet = 0;
    get(octet);
    if (octet > 1) fail();
    flag = octet == 1;
  }
  template <class E>
  requires std::is_enum_v<E>
  void get(E& value) {
    std::uint8_t octet = 0;
    get(octet);
    if (octet >= enumerators<E>()) return fail();
    value = static_cast<E>(octet);
  }
  template <class Tag, class Rep>
  void get(StrongId<Tag, Rep>& id) {
    Rep number{};
    get(number);
    id = StrongId<Tag, Rep>(number);
  }
  void get(Duration& duration) { get(duration.us); }
  void get(VirtualTime& time) { get(time.us); }
  void get(IpAddress& address) { get(address.value); }
  void get(Bytes& bytes) {
    std::uint32_t size = 0;
    get(size);
    if (size == kStandsApart && content_ != nullptr) {
      bytes = *std::exchange(content_, nullptr);
      return;
    }
    if (size > in_.size()) return fail();
    bytes = Bytes(in_.substr(0, size));
    in_.remove_prefix(size);
  }
  void get(AddressList& list) {
    std::uint32_t count = 0;
    get(count);
    // Each takes 4 octets at least, so a count that is a lie costs nothing.
    if (count > in_.size() / 4) return fail();
    list.clear();
    for (std::uint32_t i = 0; i < count && ok_; ++i) get(list.emplace_back());
  }
  template <class T>
  void get(std::optional<T>& value) {
    bool there = false;
    get(there);
    value.reset();
    if (there && ok_) get(value.emplace());
  }
  template <class A, class B>
  void get(std::variant<A, B>& value) {
    bool second = false;
    get(second);
    if (second) {
      get(value.template emplace<1>());
    } else {
      get(value.template emplace<0>());
    }
  }

  void fail() {
    ok_ = false;
    in_ = {};
  }

  std::string_view in_;
  const Bytes* content_ = nullptr;  // until its place is found
  bool ok_ = true;
};

template <std::size_t Kind>
std::optional<Payload> decode_kind(Decoder decoder) {
  std::variant_alternative_t<Kind, PayloadVariant> payload;
  std::remove_reference_t<decltype(payload)>::fields(payload, decoder);
  if (!decoder.ok_and_at_end()) return std::nullopt;
  return Payload(std::move(payload));
}

template <std::size_t... Kinds>
constexpr auto decoders(std::index_sequence<Kinds...>) {
  return std::array{&decode_kind<Kinds>...};
}

std::optional<Payload> decode(std::uint8_t kind, Decoder decoder) {
  static constexpr auto kDecoders =
      decoders(std::make_index_sequence<std::variant_size_v<PayloadVariant>>{});
  if (kind >= kDecoders.size()) return std::nullopt;
  return kDecoders[kind](decoder);
}

// ---- Fingerprint ------------------------------------------------------------------------------

class Hasher {
 public:
  explicit Hasher(Fingerprint& fingerprint) : fingerprint_(fingerprint) {}

  template <class T>
  void operator()(const char* /*name*/, const T& value) {
    add(value);
  }

 private:
  template <class T>
  requires std::is_integral_v<T> || std::is_enum_v<T>
  void add(T number) { fingerprint_.add_number(static_cast<std::uint64_t>(number)); }
  template <class Tag, class Rep>
  void add(StrongId<Tag, Rep> id) {
    add(id.value());
  }
  void add(Duration duration) { add(duration.us); }
  void add(VirtualTime time) { add(time.us); }
  void add(IpAddress address) { add(address.value); }
  void add(const Bytes& bytes) { fingerprint_.add_text(bytes.view()); }
  void add(const AddressList& list) {
    add(list.size());
    for (const Bytes& bytes : list) add(bytes);
  }
  template <class T>
  void add(const std::optional<T>& value) {
    add(value.has_value());
    if (value) add(*value);
  }
  template <class A, class B>
  void add(const std::variant<A, B>& value) {
    add(value.index());
    std::visit([this](const auto& v) { this->add(v); }, value);
  }

  Fingerprint& fingerprint_;
};

}  // namespace

std::string encode_payload(const Payload& payload) {
  Encoder encoder;
  std::visit([&](const auto& p) { p.fields(p, encoder); }, payload);
  return encoder.take();
}

std::optional<Payload> decode_payload(std::uint8_t kind, std::string_view bytes) {
  return decode(kind, Decoder(bytes));
}

SplitPayload encode_apart(const Payload& payload, std::size_t least_octets) {
  return std::visit(
      [&](const auto& p) {
        LongestBytes longest(least_octets);
        p.fields(p, longest);
        Encoder encoder(longest.found());
        p.fields(p, encoder);
        return SplitPayload{encoder.take(), longest.found() ? *longest.found() : Bytes()};
      },
      payload);
}

std::optional<Payload> decode_apart(std::uint8_t kind, std::string_view fields,
                                    const Bytes& content) {
  return decode(kind, content.empty() ? Decoder(fields) : Decoder(fields, content));
}

void add_to_fingerprint(const Event& event, Fingerprint& fingerprint) {
  fingerprint.add_number(static_cast<std::uint64_t>(event.time.us));
  fingerprint.add_number(event.node.value());
  fingerprint.add_number(event.connection.value());
  fingerprint.add_number(event.cause.value());
  fingerprint.add_number(payload_kind(event.payload));
  Hasher hasher(fingerprint);
  std::visit([&](const auto& p) { p.fields(p, hasher); }, event.payload);
}

}  // namespace mailwalk::journal
