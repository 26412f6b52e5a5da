#include "tls/tls_filter.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <cassert>
#include <limits>
#include <utility>

#include "tls/certificate.hpp"

namespace mailwalk::tls {
namespace {

constexpr std::size_t kRecordOctets = 16 * 1024;  // the most that one holds (RFC 8446 section 5.1)

std::string reason_text(unsigned long error) {
  const char* const reason = ERR_reason_error_string(error);
  return reason == nullptr ? std::string() : reason;
}

bool says_certificate_is_bad(unsigned long error) {
  if (ERR_GET_LIB(error) != ERR_LIB_SSL) return false;
  switch (ERR_GET_REASON(error)) {
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA: return true;
    default: return false;
  }
}

}  // namespace

void TlsFilter::Freed::operator()(SSL* session) const {
  SSL_free(session);
}

TlsFilter::TlsFilter(const Engine& engine, SSL* session, Side side, std::uint64_t seed)
    : engine_(engine), session_(session), side_(side), prng_(seed) {
  SSL_set_bio(session, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  if (side == Side::Client) {
    SSL_set_connect_state(session);
  } else {
    SSL_set_accept_state(session);
  }
}

// Each filter draws from a sequence of its own, whoever else draws in between.
void TlsFilter::draw() {
  engine_.draw_from(prng_.next());
  ERR_clear_error();
}

void TlsFilter::start() {
  draw();
  shake_hands();
}

void TlsFilter::receive(std::string_view cipher) {
  draw();
  while (!cipher.empty() && state_ != State::Ended) {
    const std::string_view piece = cipher.substr(0, kRecordOctets);
    BIO_write(SSL_get_rbio(session_.get()), piece.data(), static_cast<int>(piece.size()));
    cipher.remove_prefix(piece.size());
    if (state_ == State::Handshake) shake_hands();
    if (state_ == State::Established) read_plain();
  }
}

void TlsFilter::shake_hands() {
  const int result = SSL_do_handshake(session_.get());
  if (result == 1) {
    state_ = State::Established;
  } else if (!only_needs_input(result)) {
    fail(says_certificate_is_bad(ERR_peek_last_error()) ? Failure::Certificate
                                                        : Failure::Handshake);
  }
}

void TlsFilter::read_plain() {
  std::array<char, kRecordOctets> piece{};
  while (true) {
    const int octets = SSL_read(session_.get(), piece.data(), static_cast<int>(piece.size()));
    if (octets > 0) {
      plain_.append(piece.data(), static_cast<std::size_t>(octets));
      continue;
    }
    if (only_needs_input(octets)) return;
    if (SSL_get_error(session_.get(), octets) == SSL_ERROR_ZERO_RETURN) {
      state_ = State::Ended;
      return;
    }
    // With TLS 1.3 a client is done before the server has seen all of its handshake.
    return fail(says_certificate_is_bad(ERR_peek_last_error()) ? Failure::Certificate
                                                               : Failure::Record);
  }
}

bool TlsFilter::only_needs_input(int result) {
  return SSL_get_error(session_.get(), result) == SSL_ERROR_WANT_READ;
}

void TlsFilter::fail(Failure why) {
  broken_ = Broken{why, reason_text(ERR_peek_last_error())};
  const long verified = SSL_get_verify_result(session_.get());
  if (side_ == Side::Client && why == Failure::Certificate && verified != X509_V_OK) {
    broken_->detail = X509_verify_cert_error_string(verified);
  }
  ERR_clear_error();
  state_ = State::Ended;
}

void TlsFilter::say(std::string_view plain) {
  assert(state_ != State::Handshake && !broken_);
  draw();
  constexpr std::size_t kMost = std::numeric_limits<int>::max();
  while (!plain.empty()) {
    const std::string_view piece = plain.substr(0, kMost);
    // It is written into memory, which takes all of it.
    if (SSL_write(session_.get(), piece.data(), static_cast<int>(piece.size())) <= 0) {
      return fail(Failure::Record);
    }
    plain.remove_prefix(piece.size());
  }
}

void TlsFilter::close() {
  if (broken_) return;
  draw();
  if (SSL_is_init_finished(session_.get()) != 0) SSL_shutdown(session_.get());
  ERR_clear_error();
}

std::string TlsFilter::take_plain() {
  return std::exchange(plain_, {});
}

std::string TlsFilter::take_cipher() {
  BIO* const out = SSL_get_wbio(session_.get());
  std::string cipher(static_cast<std::size_t>(BIO_ctrl_pending(out)), '\0');
  if (!cipher.empty()) BIO_read(out, cipher.data(), static_cast<int>(cipher.size()));
  return cipher;
}

Agreement TlsFilter::agreement() const {
  const SSL* const session = session_.get();
  Agreement agreement;
  agreement.version = SSL_get_version(session);
  agreement.cipher = SSL_get_cipher_name(session);
  const char* const name = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name);
  if (name != nullptr) agreement.server_name = name;
  if (side_ == Side::Server) return agreement;
  if (const X509* const certificate = SSL_get0_peer_certificate(session)) {
    agreement.certificate = describe(*certificate);
    agreement.certificate_is_trusted = SSL_get_verify_result(session) == X509_V_OK;
  }
  return agreement;
}

}  // namespace mailwalk::tls
