#include "sasl/digests.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace mailwalk::sasl {
namespace {

constexpr std::size_t kSha256Octets = 32;

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::optional<std::string> hmac(const EVP_MD* digest, std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned int size = 0;
  if (digest == nullptr || HMAC(digest, key.data(), static_cast<int>(key.size()), octets(text),
                                text.size(), out.data(), &size) == nullptr) {
    return std::nullopt;
  }
  return std::string(out.begin(), out.begin() + size);
}

}  // namespace

std::optional<std::string> hmac_md5_hex(std::string_view key, std::string_view text) {
  const auto digest = hmac(EVP_md5(), key, text);
  if (!digest) return std::nullopt;
  std::string hex;
  for (const char c : *digest) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return hex;
}

std::string sha256(std::string_view text) {
  std::string out(kSha256Octets, '\0');
  EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(out.data()), nullptr,
             EVP_sha256(), nullptr);
  return out;
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  return hmac(EVP_sha256(), key, text).value_or(std::string(kSha256Octets, '\0'));
}

std::string salted_sha256(std::string_view password, std::string_view salt, int iterations) {
  std::string out(kSha256Octets, '\0');
  PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), octets(salt),
                    static_cast<int>(salt.size()), iterations, EVP_sha256(),
                    static_cast<int>(out.size()), reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

bool equal_secrets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace mailwalk::sasl
