#include "sasl/scram.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/ascii.hpp"
#include "sasl/digests.hpp"
#include "wire/base64.hpp"

namespace mailwalk::sasl {
namespace {

// Of "a=1,b=2" the parts. A message of SCRAM has a handful.
std::vector<std::string_view> split_at_commas(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t comma = text.find(',');
    parts.push_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

// What stands behind "n=" in "n=user".
std::optional<std::string_view> value_of_attribute(std::string_view part, char key) {
  if (part.size() < 2 || part[0] != key || part[1] != '=') return std::nullopt;
  return part.substr(2);
}

// saslname: "," is written =2C, and "=" is =3D (RFC 5802 section 5.1).
std::optional<std::string> unescape_name(std::string_view text) {
  std::string name;
  while (!text.empty()) {
    if (text.front() != '=') {
      name += text.front();
      text.remove_prefix(1);
      continue;
    }
    const std::string_view escape = text.substr(0, 3);
    if (escape != "=2C" && escape != "=3D") return std::nullopt;
    name += escape == "=2C" ? ',' : '=';
    text.remove_prefix(3);
  }
  return name;
}

std::string escape_name(std::string_view name) {
  std::string text;
  for (const char c : name) text += c == ',' ? "=2C" : c == '=' ? "=3D" : std::string(1, c);
  return text;
}

// What is longer makes a challenge that fits into no reply.
constexpr std::size_t kMostNonceOctets = 160;

// printable = %x21-2B / %x2D-7E
bool is_nonce(std::string_view text) {
  return !text.empty() && text.size() <= kMostNonceOctets &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c <= '~' && c != ','; });
}

}  // namespace

std::optional<ScramClientFirst> parse_client_first(std::string_view message) {
  const std::size_t first = message.find(',');
  const std::size_t second = first == std::string_view::npos ? first : message.find(',', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const std::string_view binding = message.substr(0, first);
  if (binding != "n" && binding != "y") return std::nullopt;

  ScramClientFirst parsed;
  parsed.gs2_header = std::string(message.substr(0, second + 1));
  parsed.bare = std::string(message.substr(second + 1));
  const auto parts = split_at_commas(parsed.bare);
  if (parts.size() < 2) return std::nullopt;
  const auto name = value_of_attribute(parts[0], 'n');
  const auto nonce = value_of_attribute(parts[1], 'r');
  if (!name || !nonce || !is_nonce(*nonce)) return std::nullopt;
  const auto user = unescape_name(*name);
  if (!user || user->empty()) return std::nullopt;
  // Somebody who logs in to act as somebody else: nobody may, here.
  const std::string_view acts_as = message.substr(first + 1, second - first - 1);
  if (!acts_as.empty() && value_of_attribute(acts_as, 'a') != *name) return std::nullopt;
  parsed.user = *user;
  parsed.nonce = std::string(*nonce);
  return parsed;
}

std::string client_first_bare(std::string_view user, std::string_view nonce) {
  return fmt::format("n={},r={}", escape_name(user), nonce);
}

std::optional<ScramServerFirst> parse_server_first(std::string_view message) {
  const auto parts = split_at_commas(message);
  if (parts.size() < 3) return std::nullopt;
  const auto nonce = value_of_attribute(parts[0], 'r');
  const auto salt = value_of_attribute(parts[1], 's');
  const auto iterations = value_of_attribute(parts[2], 'i');
  if (!nonce || !is_nonce(*nonce) || !salt || !iterations) return std::nullopt;
  const auto decoded = wire::base64_decode(*salt);
  const auto count = ascii::parse_number(*iterations, kMostScramIterations);
  if (!decoded || decoded->empty() || !count || *count == 0) return std::nullopt;
  return ScramServerFirst{std::string(*nonce), *decoded, static_cast<int>(*count)};
}

std::string server_first(const ScramServerFirst& first) {
  return fmt::format("r={},s={},i={}", first.nonce, wire::base64_encode(first.salt),
                     first.iterations);
}

std::optional<ScramClientFinal> parse_client_final(std::string_view message) {
  const std::size_t last = message.rfind(',');
  if (last == std::string_view::npos) return std::nullopt;
  const auto parts = split_at_commas(message.substr(0, last));
  if (parts.size() < 2) return std::nullopt;
  const auto binding = value_of_attribute(parts[0], 'c');
  const auto nonce = value_of_attribute(parts[1], 'r');
  const auto proof = value_of_attribute(message.substr(last + 1), 'p');
  if (!binding || !nonce || !proof) return std::nullopt;
  const auto decoded_binding = wire::base64_decode(*binding);
  const auto decoded_proof = wire::base64_decode(*proof);
  if (!decoded_binding || !decoded_proof) return std::nullopt;
  return ScramClientFinal{*decoded_binding, std::string(*nonce),
                          std::string(message.substr(0, last)), *decoded_proof};
}

std::string client_final_without_proof(std::string_view gs2_header, std::string_view nonce) {
  return fmt::format("c={},r={}", wire::base64_encode(gs2_header), nonce);
}

ScramProofs scram_proofs(std::string_view password, const ScramServerFirst& first,
                         std::string_view auth_message) {
  const std::string salted = salted_sha256(password, first.salt, first.iterations);
  const std::string client_key = hmac_sha256(salted, "Client Key");
  const std::string server_key = hmac_sha256(salted, "Server Key");
  const std::string signature = hmac_sha256(sha256(client_key), auth_message);
  std::string proof = client_key;
  for (std::size_t i = 0; i < proof.size(); ++i) {
    proof[i] = static_cast<char>(proof[i] ^ signature[i]);
  }
  return {std::move(proof), hmac_sha256(server_key, auth_message)};
}

}  // namespace mailwalk::sasl
