// An OpenSSL of its own: whatever it draws by lot comes from one place, which is chosen here.
//
// In virtual time that is the run's seed, so that a run can be made again to the last octet. Where
// strangers may listen it is the system.
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <memory>

namespace mailwalk::tls {

enum class Randomness : std::uint8_t {
  Seeded,  // whoever knows the seed knows every key: for virtual time, where nobody listens
  System,
};

class Engine {
 public:
  explicit Engine(Randomness randomness);

  [[nodiscard]] OSSL_LIB_CTX* context() const { return context_.get(); }
  [[nodiscard]] Randomness randomness() const { return randomness_; }

  // Seeded: what is drawn from now on follows from this. System: nothing.
  void draw_from(std::uint64_t seed) const;

 private:
  struct Freed {
    void operator()(OSSL_LIB_CTX* context) const;
    void operator()(OSSL_PROVIDER* provider) const;
  };
  Randomness randomness_;
  std::unique_ptr<OSSL_LIB_CTX, Freed> context_;
  std::unique_ptr<OSSL_PROVIDER, Freed> algorithms_;
  std::unique_ptr<OSSL_PROVIDER, Freed> seeded_source_;
};

}  // namespace mailwalk::tls
