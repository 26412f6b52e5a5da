#include "tests/support/random_payload.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace mailwalk::test {
namespace {

class RandomFields {
 public:
  RandomFields(Prng& prng, Range range) : prng_(prng), range_(range) {}

  template <class T>
  void operator()(const char* /*name*/, T& value) {
    draw(value);
  }

 private:
  std::uint64_t number() { return range_ == Range::Full ? prng_.next() : prng_.below(6); }

  template <class T>
  requires std::is_integral_v<T>
  void draw(T& value) { value = static_cast<T>(number()); }
  void draw(bool& value) { value = prng_.below(2) == 1; }

  template <class E>
  requires std::is_enum_v<E>
  void draw(E& value) { value = static_cast<E>(prng_.below(count(value))); }

  // How many enumerators there are; of the others, all have more than two.
  static std::size_t count(smtp::Verb) { return smtp::kVerbCount; }
  static std::size_t count(pop3::Verb) { return pop3::kVerbCount; }
  static std::size_t count(smtp::State) { return smtp::kStateCount; }
  static std::size_t count(pop3::State) { return pop3::kStateCount; }
  static std::size_t count(journal::Secrecy) { return 2; }
  static std::size_t count(journal::Protocol) { return 2; }
  static std::size_t count(journal::Side) { return 2; }
  static std::size_t count(journal::ConnectFailure) { return 3; }
  static std::size_t count(journal::FetchMode) { return 3; }
  static std::size_t count(journal::Outcome) { return 4; }
  static std::size_t count(journal::Trouble) { return 19; }
  static std::size_t count(journal::Trust) { return 3; }
  static std::size_t count(journal::TlsTrouble) { return 4; }
  static std::size_t count(journal::LookupOutcome) { return 6; }
  static std::size_t count(journal::Act) { return 7; }
  static std::size_t count(journal::Cast) { return 2; }
  static std::size_t count(journal::Fault) { return 7; }

  template <class Tag, class Rep>
  void draw(StrongId<Tag, Rep>& id) {
    id = StrongId<Tag, Rep>(static_cast<Rep>(number()));
  }
  void draw(Duration& duration) { draw(duration.us); }
  void draw(VirtualTime& time) { draw(time.us); }
  void draw(IpAddress& address) { draw(address.value); }
  void draw(Bytes& bytes) {
    if (range_ == Range::Crowded) {
      static constexpr const char* kFew[] = {"", "budi", "citra", "u1", "u2", "budi@b.example"};
      bytes = Bytes(kFew[prng_.below(6)]);
      return;
    }
    std::string octets(prng_.below(40), '\0');
    for (char& c : octets) c = static_cast<char>(prng_.below(256));
    bytes = Bytes(std::move(octets));
  }
  void draw(journal::AddressList& list) {
    list.resize(prng_.below(4));
    for (Bytes& bytes : list) draw(bytes);
  }
  template <class T>
  void draw(std::optional<T>& value) {
    value.reset();
    if (prng_.below(2) == 1) draw(value.emplace());
  }
  template <class A, class B>
  void draw(std::variant<A, B>& value) {
    if (prng_.below(2) == 0) {
      draw(value.template emplace<0>());
    } else {
      draw(value.template emplace<1>());
    }
  }

  Prng& prng_;
  Range range_;
};

template <std::size_t Kind>
journal::Payload random_of_kind(Prng& prng, Range range) {
  std::variant_alternative_t<Kind, journal::PayloadVariant> payload;
  RandomFields fields(prng, range);
  payload.fields(payload, fields);
  return payload;
}

template <std::size_t... Kinds>
constexpr auto makers(std::index_sequence<Kinds...>) {
  return std::array{&random_of_kind<Kinds>...};
}

}  // namespace

journal::Payload random_payload(std::size_t kind, Prng& prng, Range range) {
  static constexpr auto kMakers = makers(std::make_index_sequence<kPayloadKinds>());
  return kMakers.at(kind)(prng, range);
}

}  // namespace mailwalk::test
