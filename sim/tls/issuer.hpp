// What all machines of a run need for TLS: an authority that everybody here trusts, a certificate
// for each host, and new ends of connections.
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "base/ip_address.hpp"
#include "base/result.hpp"
#include "base/virtual_time.hpp"
#include "tls/certificate.hpp"
#include "tls/engine.hpp"
#include "tls/tls_filter.hpp"

namespace mailwalk::tls {

struct IssuerOptions {
  Randomness randomness = Randomness::Seeded;
  std::uint64_t seed = 1;
  // Unix time of VirtualTime{0}, by which certificates are valid: the scenario's, or the real one
  // where real programs look at them.
  std::int64_t start_unix_seconds = 0;
};

// What a client asks of the certificate that it is shown.
enum class Demand : std::uint8_t { Anybody, TheRightHost };

// The first connection with TLS brings its certificates about: a run without TLS pays nothing.
class Issuer {
 public:
  explicit Issuer(IssuerOptions options);
  Issuer(const Issuer&) = delete;
  Issuer& operator=(const Issuer&) = delete;
  ~Issuer();

  // Also the address at which somebody finds it who knows no names: such as its loopback address.
  void add_address(const std::string& host, IpAddress address);
  // Every host shows this one, and none is made.
  Done use_given(const std::string& chain_pem, const std::string& key_pem);

  // Ends of a connection. seed: for what they draw, if the randomness is seeded.
  std::unique_ptr<TlsFilter> server(const std::string& host, std::uint64_t seed);
  std::unique_ptr<TlsFilter> client(const std::string& server_name, Demand demand,
                                    std::uint64_t seed, VirtualTime now);

  // Of the authority, for those outside who are to trust it.
  std::string authority_pem();
  // One that nobody foresees; `drawn` itself, if the randomness is seeded.
  std::uint64_t number(std::uint64_t drawn);
  // For a challenge: printable, never twice the same. drawn: what it follows from, if the
  // randomness is seeded.
  std::string nonce(std::uint64_t drawn);

 private:
  struct Freed {
    void operator()(SSL_CTX* setup) const;
  };
  using Setup = std::unique_ptr<SSL_CTX, Freed>;

  Engine& engine();
  const Certificate& authority();
  SSL_CTX* server_setup(const std::string& host);
  SSL_CTX* client_setup();
  [[nodiscard]] Validity validity() const;

  IssuerOptions options_;
  std::unique_ptr<Engine> engine_;
  std::optional<Certificate> authority_;
  std::optional<Certificate> given_;
  std::map<std::string, std::set<IpAddress>> addresses_;
  std::map<std::string, Setup> servers_;
  Setup client_;
};

}  // namespace mailwalk::tls
