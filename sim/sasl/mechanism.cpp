#include "sasl/mechanism.hpp"

#include "base/ascii.hpp"

namespace mailwalk::sasl {
namespace {

constexpr std::array<std::string_view, kMechanisms.size()> kMechanismNames{
    "PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"};
static_assert(kMechanismNames[static_cast<std::size_t>(Mechanism::ScramSha256)] == "SCRAM-SHA-256");

}  // namespace

std::string_view name(Mechanism mechanism) {
  return kMechanismNames[static_cast<std::size_t>(mechanism)];
}

std::optional<Mechanism> mechanism_from(std::string_view word) {
  for (const Mechanism mechanism : kMechanisms) {
    if (ascii::iequals(word, name(mechanism))) return mechanism;
  }
  return std::nullopt;
}

}  // namespace mailwalk::sasl
