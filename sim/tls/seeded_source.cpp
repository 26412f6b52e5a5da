#include "tls/seeded_source.hpp"

#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <cstdint>
#include <limits>

#include "base/prng.hpp"

namespace mailwalk::tls {
namespace {

// One source as OpenSSL holds it; it makes several of them.
struct Source {
  Prng prng{0};
  int state = EVP_RAND_STATE_UNINITIALISED;
};

Source& source(void* pointer) {
  return *static_cast<Source*>(pointer);
}

void* source_new(void* /*provider*/, void* /*parent*/, const OSSL_DISPATCH* /*parent_calls*/) {
  return new Source;
}
void source_free(void* pointer) {
  delete static_cast<Source*>(pointer);
}

int source_instantiate(void* pointer, unsigned int /*strength*/, int /*prediction_resistance*/,
                       const unsigned char* /*text*/, std::size_t /*text_octets*/,
                       const OSSL_PARAM* /*params*/) {
  source(pointer).state = EVP_RAND_STATE_READY;
  return 1;
}
int source_uninstantiate(void* pointer) {
  source(pointer).state = EVP_RAND_STATE_UNINITIALISED;
  return 1;
}

int source_generate(void* pointer, unsigned char* out, std::size_t octets,
                    unsigned int /*strength*/, int /*prediction_resistance*/,
                    const unsigned char* /*input*/, std::size_t /*input_octets*/) {
  for (std::size_t i = 0; i < octets; ++i) {
    out[i] = static_cast<unsigned char>(source(pointer).prng.next() >> 56);
  }
  return 1;
}

int source_reseed(void* pointer, int /*prediction_resistance*/, const unsigned char* entropy,
                  std::size_t entropy_octets, const unsigned char* /*input*/,
                  std::size_t /*input_octets*/) {
  // OpenSSL reseeds of its own accord too, with nothing.
  if (entropy == nullptr || entropy_octets != sizeof(std::uint64_t)) return 1;
  std::uint64_t seed = 0;
  for (std::size_t i = 0; i < entropy_octets; ++i) seed |= std::uint64_t{entropy[i]} << (8 * i);
  source(pointer).prng = Prng(seed);
  return 1;
}

// OpenSSL locks what several threads may use. Nothing here has threads.
int source_enable_locking(void* /*pointer*/) {
  return 1;
}
int source_lock(void* /*pointer*/) {
  return 1;
}
void source_unlock(void* /*pointer*/) {}

const OSSL_PARAM* source_gettable_params(void* /*pointer*/, void* /*provider*/) {
  static const OSSL_PARAM kParams[] = {OSSL_PARAM_int(OSSL_RAND_PARAM_STATE, nullptr),
                                       OSSL_PARAM_uint(OSSL_RAND_PARAM_STRENGTH, nullptr),
                                       OSSL_PARAM_size_t(OSSL_RAND_PARAM_MAX_REQUEST, nullptr),
                                       OSSL_PARAM_END};
  return kParams;
}

int source_get_params(void* pointer, OSSL_PARAM params[]) {
  constexpr unsigned int kStrengthBits = 256;  // more is never asked for
  OSSL_PARAM* const state = OSSL_PARAM_locate(params, OSSL_RAND_PARAM_STATE);
  if (state != nullptr && OSSL_PARAM_set_int(state, source(pointer).state) == 0) return 0;
  OSSL_PARAM* const strength = OSSL_PARAM_locate(params, OSSL_RAND_PARAM_STRENGTH);
  if (strength != nullptr && OSSL_PARAM_set_uint(strength, kStrengthBits) == 0) return 0;
  OSSL_PARAM* const most = OSSL_PARAM_locate(params, OSSL_RAND_PARAM_MAX_REQUEST);
  return most == nullptr || OSSL_PARAM_set_size_t(most, std::numeric_limits<int>::max()) != 0;
}

template <class Function>
void (*as_entry(Function* function))() {
  return reinterpret_cast<void (*)()>(function);
}

const OSSL_ALGORITHM* algorithms_for(void* /*provider*/, int operation, int* no_cache) {
  static const OSSL_DISPATCH kCalls[] = {
      {OSSL_FUNC_RAND_NEWCTX, as_entry(source_new)},
      {OSSL_FUNC_RAND_FREECTX, as_entry(source_free)},
      {OSSL_FUNC_RAND_INSTANTIATE, as_entry(source_instantiate)},
      {OSSL_FUNC_RAND_UNINSTANTIATE, as_entry(source_uninstantiate)},
      {OSSL_FUNC_RAND_GENERATE, as_entry(source_generate)},
      {OSSL_FUNC_RAND_RESEED, as_entry(source_reseed)},
      {OSSL_FUNC_RAND_ENABLE_LOCKING, as_entry(source_enable_locking)},
      {OSSL_FUNC_RAND_LOCK, as_entry(source_lock)},
      {OSSL_FUNC_RAND_UNLOCK, as_entry(source_unlock)},
      {OSSL_FUNC_RAND_GETTABLE_CTX_PARAMS, as_entry(source_gettable_params)},
      {OSSL_FUNC_RAND_GET_CTX_PARAMS, as_entry(source_get_params)},
      {0, nullptr}};
  static const OSSL_ALGORITHM kAlgorithms[] = {
      {kSeededSource, "provider=mailwalk", kCalls, "numbers that follow from a seed"},
      {nullptr, nullptr, nullptr, nullptr}};
  *no_cache = 0;
  return operation == OSSL_OP_RAND ? kAlgorithms : nullptr;
}

}  // namespace

int seeded_source_init(const OSSL_CORE_HANDLE* handle, const OSSL_DISPATCH* /*from_core*/,
                       const OSSL_DISPATCH** to_core, void** provider_context) {
  static const OSSL_DISPATCH kCalls[] = {
      {OSSL_FUNC_PROVIDER_QUERY_OPERATION, as_entry(algorithms_for)}, {0, nullptr}};
  *to_core = kCalls;
  // OpenSSL wants some context; this provider keeps none.
  *provider_context = const_cast<OSSL_CORE_HANDLE*>(handle);
  return 1;
}

}  // namespace mailwalk::tls
