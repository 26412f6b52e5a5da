// Certificates of X.509 (RFC 5280): made for the hosts of a scenario, or read from PEM files.
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip_address.hpp"
#include "base/result.hpp"
#include "tls/engine.hpp"

namespace mailwalk::tls {

struct Validity {
  std::int64_t from_unix_seconds = 0;
  std::int64_t until_unix_seconds = 0;
};

// A certificate, those that lead from it to somebody who is trusted, and its key.
class Certificate {
 public:
  Certificate();
  Certificate(Certificate&&) noexcept;
  Certificate& operator=(Certificate&&) noexcept;
  ~Certificate();

  // Vouches for itself and for others.
  static Certificate authority(const Engine& engine, const std::string& name, Validity validity);
  // For a host, under all these names and addresses; the first name is its own. An authority
  // vouches.
  static Certificate for_host(const Engine& engine, const Certificate& authority,
                              const std::vector<std::string>& names,
                              const std::set<IpAddress>& addresses, Validity validity);
  // As files hold them: the host's certificate first, then those that lead on. An error if they do
  // not belong together, without a file's name.
  static Result<Certificate> from_pem(const Engine& engine, std::string_view chain,
                                      std::string_view key);

  [[nodiscard]] X509* leaf() const { return leaf_.get(); }
  [[nodiscard]] EVP_PKEY* key() const { return key_.get(); }
  [[nodiscard]] std::vector<X509*> chain() const;
  // Without the key: what others need who are to trust it.
  [[nodiscard]] std::string pem() const;

 private:
  struct Freed {
    void operator()(X509* certificate) const;
    void operator()(EVP_PKEY* key) const;
  };
  std::unique_ptr<X509, Freed> leaf_;
  std::unique_ptr<EVP_PKEY, Freed> key_;
  std::vector<std::unique_ptr<X509, Freed>> chain_;
};

// "mx.kantor.example, vouched for by Mailwalk class authority"; of a certificate from outside.
std::string describe(const X509& certificate);

}  // namespace mailwalk::tls
