#include "tls/issuer.hpp"

#include <fmt/format.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <utility>
#include <vector>

#include "base/fingerprint.hpp"
#include "base/prng.hpp"

namespace mailwalk::tls {
namespace {

// From a day before, because clocks differ; and for as long as any run takes.
constexpr std::int64_t kDaySeconds = 24 * 60 * 60;
constexpr std::int64_t kValidDays = 398;  // the most that programs put up with

// What is drawn for a host's certificate does not depend on which host was asked first.
std::uint64_t seed_for(std::uint64_t seed, std::string_view what) {
  Fingerprint fingerprint;
  fingerprint.add_number(seed);
  fingerprint.add_text(what);
  return fingerprint.value();
}

// The same for both sides: few and fixed, so that a handshake is the same from one OpenSSL to the
// next. No tickets and no sessions that are taken up again: each connection stands for itself.
SSL_CTX* new_setup(const Engine& engine, const SSL_METHOD* method) {
  SSL_CTX* const setup = SSL_CTX_new_ex(engine.context(), nullptr, method);
  SSL_CTX_set_min_proto_version(setup, TLS1_2_VERSION);
  SSL_CTX_set_max_proto_version(setup, TLS1_3_VERSION);
  SSL_CTX_set_ciphersuites(
      setup, "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256");
  SSL_CTX_set_cipher_list(setup, "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set1_groups_list(setup, "X25519:P-256");
  SSL_CTX_set1_sigalgs_list(setup,
                            "ECDSA+SHA256:RSA-PSS+SHA256:RSA+SHA256:ECDSA+SHA384:RSA-PSS+SHA384:"
                            "RSA+SHA384");
  SSL_CTX_set_options(setup, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_num_tickets(setup, 0);
  SSL_CTX_set_session_cache_mode(setup, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(setup, SSL_MODE_RELEASE_BUFFERS);
  // The other side's certificates are read before anybody knows who it is.
  SSL_CTX_set_max_cert_list(setup, 32 * 1024);
  return setup;
}

}  // namespace

void Issuer::Freed::operator()(SSL_CTX* setup) const {
  SSL_CTX_free(setup);
}

Issuer::Issuer(IssuerOptions options) : options_(options) {}
Issuer::~Issuer() = default;

void Issuer::add_address(const std::string& host, IpAddress address) {
  addresses_[host].insert(address);
}

Done Issuer::use_given(const std::string& chain_pem, const std::string& key_pem) {
  auto read = Certificate::from_pem(engine(), chain_pem, key_pem);
  if (!read) return read.error();
  given_ = std::move(*read);
  return done();
}

Engine& Issuer::engine() {
  if (!engine_) engine_ = std::make_unique<Engine>(options_.randomness);
  return *engine_;
}

Validity Issuer::validity() const {
  const std::int64_t from = options_.start_unix_seconds - kDaySeconds;
  return {from, from + kValidDays * kDaySeconds};
}

const Certificate& Issuer::authority() {
  if (!authority_) {
    engine().draw_from(seed_for(options_.seed, "authority"));
    authority_ = Certificate::authority(engine(), "Mailwalk class authority", validity());
  }
  return *authority_;
}

SSL_CTX* Issuer::server_setup(const std::string& host) {
  Setup& setup = servers_[host];
  if (setup) return setup.get();
  std::optional<Certificate> made;
  if (!given_) {
    const Certificate& voucher = authority();
    engine().draw_from(seed_for(options_.seed, host));
    made = Certificate::for_host(engine(), voucher, {host}, addresses_[host], validity());
  }
  const Certificate& shown = given_ ? *given_ : *made;
  engine().draw_from(seed_for(options_.seed, "server"));
  setup.reset(new_setup(engine(), TLS_server_method()));
  SSL_CTX_use_certificate(setup.get(), shown.leaf());
  SSL_CTX_use_PrivateKey(setup.get(), shown.key());
  for (X509* const certificate : shown.chain()) SSL_CTX_add1_chain_cert(setup.get(), certificate);
  return setup.get();
}

SSL_CTX* Issuer::client_setup() {
  if (client_) return client_.get();
  const Certificate& voucher = authority();
  engine().draw_from(seed_for(options_.seed, "client"));
  client_.reset(new_setup(engine(), TLS_client_method()));
  X509_STORE* const trusted = SSL_CTX_get_cert_store(client_.get());
  X509_STORE_add_cert(trusted, voucher.leaf());
  if (given_) X509_STORE_add_cert(trusted, given_->leaf());
  return client_.get();
}

std::unique_ptr<TlsFilter> Issuer::server(const std::string& host, std::uint64_t seed) {
  SSL_CTX* const setup = server_setup(host);
  return std::make_unique<TlsFilter>(engine(), SSL_new(setup), Side::Server, seed);
}

std::unique_ptr<TlsFilter> Issuer::client(const std::string& server_name, Demand demand,
                                          std::uint64_t seed, VirtualTime now) {
  SSL* const session = SSL_new(client_setup());
  SSL_set_tlsext_host_name(session, server_name.c_str());
  SSL_set1_host(session, server_name.c_str());
  X509_VERIFY_PARAM* const rules = SSL_get0_param(session);
  X509_VERIFY_PARAM_set_time(rules, options_.start_unix_seconds + now.us / seconds(1).us);
  // A certificate that was given is trusted as it is, whoever vouches for it.
  if (given_) X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
  SSL_set_verify(session, demand == Demand::TheRightHost ? SSL_VERIFY_PEER : SSL_VERIFY_NONE,
                 nullptr);
  return std::make_unique<TlsFilter>(engine(), session, Side::Client, seed);
}

std::string Issuer::authority_pem() {
  return authority().pem();
}

std::uint64_t Issuer::number(std::uint64_t drawn) {
  if (options_.randomness == Randomness::Seeded) return drawn;
  std::array<unsigned char, sizeof(std::uint64_t)> octets{};
  RAND_bytes(octets.data(), octets.size());
  std::uint64_t number = 0;
  for (const unsigned char octet : octets) number = number << 8 | octet;
  return number;
}

std::string Issuer::nonce(std::uint64_t drawn) {
  std::array<unsigned char, 12> octets{};
  if (options_.randomness == Randomness::System) {
    RAND_bytes(octets.data(), octets.size());
  } else {
    Prng prng(drawn);
    for (unsigned char& octet : octets) octet = static_cast<unsigned char>(prng.next() >> 56);
  }
  std::string text;
  for (const unsigned char octet : octets) text += fmt::format("{:02x}", octet);
  return text;
}

}  // namespace mailwalk::tls
