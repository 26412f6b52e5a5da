// A provider for OpenSSL with one algorithm: a random source that can be seeded, and tells the same
// numbers on every machine.
#pragma once

#include <openssl/core.h>

namespace mailwalk::tls {

// Its name, by which OpenSSL is told to use it.
inline constexpr const char* kSeededSource = "MAILWALK-SEEDED";

// To be given to OSSL_PROVIDER_add_builtin(). Reseeding a source with 8 octets, the least
// significant first, seeds it with that number.
int seeded_source_init(const OSSL_CORE_HANDLE* handle, const OSSL_DISPATCH* from_core,
                       const OSSL_DISPATCH** to_core, void** provider_context);

}  // namespace mailwalk::tls
