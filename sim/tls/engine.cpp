#include "tls/engine.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/rand.h>

#include <array>
#include <cassert>

#include "tls/seeded_source.hpp"

namespace mailwalk::tls {

void Engine::Freed::operator()(OSSL_LIB_CTX* context) const {
  OSSL_LIB_CTX_free(context);
}
void Engine::Freed::operator()(OSSL_PROVIDER* provider) const {
  OSSL_PROVIDER_unload(provider);
}

Engine::Engine(Randomness randomness) : randomness_(randomness), context_(OSSL_LIB_CTX_new()) {
  algorithms_.reset(OSSL_PROVIDER_load(context(), "default"));
  if (randomness == Randomness::System) return;
  OSSL_PROVIDER_add_builtin(context(), "mailwalk", seeded_source_init);
  seeded_source_.reset(OSSL_PROVIDER_load(context(), "mailwalk"));
  [[maybe_unused]] const int set =
      RAND_set_DRBG_type(context(), kSeededSource, nullptr, nullptr, nullptr);
  assert(set == 1);
  draw_from(0);
}

// OpenSSL draws what others may see from one source, and what they must not from another.
void Engine::draw_from(std::uint64_t seed) const {
  if (randomness_ == Randomness::System) return;
  std::array<unsigned char, sizeof seed> octets{};
  for (EVP_RAND_CTX* source : {RAND_get0_public(context()), RAND_get0_private(context())}) {
    for (unsigned char& octet : octets) {
      octet = static_cast<unsigned char>(seed & 0xFF);
      seed = seed >> 8 | seed << 56;
    }
    [[maybe_unused]] const int seeded =
        EVP_RAND_reseed(source, 0, octets.data(), octets.size(), nullptr, 0);
    assert(seeded == 1);
    seed = ~seed;
  }
}

}  // namespace mailwalk::tls
