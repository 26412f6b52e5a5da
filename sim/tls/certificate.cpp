#include "tls/certificate.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <cassert>
#include <utility>

namespace mailwalk::tls {
namespace {

struct BioFreed {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using OwnedBio = std::unique_ptr<BIO, BioFreed>;

OwnedBio bio_of(std::string_view text) {
  return OwnedBio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

void set_name(X509_NAME* name, const std::string& common_name) {
  // What is longer does not fit into a common name (RFC 5280 appendix A.1); the names that count
  // are the alternative ones.
  constexpr std::size_t kMostOctets = 64;
  const std::string fitting = common_name.substr(0, kMostOctets);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(fitting.data()),
                             static_cast<int>(fitting.size()), -1, 0);
}

void set_serial(X509* certificate, const Engine& engine) {
  std::array<unsigned char, 16> octets{};
  RAND_bytes_ex(engine.context(), octets.data(), octets.size(), 0);
  octets[0] = (octets[0] & 0x7F) | 0x40;  // positive, and always of the same length
  BIGNUM* const number = BN_bin2bn(octets.data(), static_cast<int>(octets.size()), nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
  BN_free(number);
}

void add_extension(X509* certificate, X509V3_CTX& context, int kind, const std::string& value) {
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  assert(extension != nullptr);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

void set_validity(X509* certificate, Validity validity) {
  ASN1_TIME_set(X509_getm_notBefore(certificate), validity.from_unix_seconds);
  ASN1_TIME_set(X509_getm_notAfter(certificate), validity.until_unix_seconds);
}

std::string common_name(const X509_NAME* name) {
  std::array<char, 256> text{};
  // The parameter of OpenSSL 3.0 is not const, and nothing is changed through it.
  const int octets = X509_NAME_get_text_by_NID(const_cast<X509_NAME*>(name), NID_commonName,
                                               text.data(), static_cast<int>(text.size()));
  return octets < 0 ? std::string() : std::string(text.data(), static_cast<std::size_t>(octets));
}

std::string alternative_names(const std::vector<std::string>& names,
                              const std::set<IpAddress>& addresses) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "DNS:" : ",DNS:") + name;
  for (const IpAddress& address : addresses) text += ",IP:" + address.text();
  return text;
}

// The common part of all that are made here: P-256, which every mail program knows.
struct Draft {
  X509* certificate;
  EVP_PKEY* key;
};
Draft begin_draft(const Engine& engine, const std::string& name, Validity validity) {
  Draft draft{X509_new_ex(engine.context(), nullptr),
              EVP_PKEY_Q_keygen(engine.context(), nullptr, "EC", "P-256")};
  X509_set_version(draft.certificate, X509_VERSION_3);
  set_serial(draft.certificate, engine);
  set_validity(draft.certificate, validity);
  set_name(X509_get_subject_name(draft.certificate), name);
  X509_set_pubkey(draft.certificate, draft.key);
  return draft;
}

Error pem_error(std::string what, std::string remedy) {
  ERR_clear_error();
  Error error;
  error.what = std::move(what);
  error.remedy = std::move(remedy);
  return error;
}

}  // namespace

void Certificate::Freed::operator()(X509* certificate) const {
  X509_free(certificate);
}
void Certificate::Freed::operator()(EVP_PKEY* key) const {
  EVP_PKEY_free(key);
}

Certificate::Certificate() = default;
Certificate::Certificate(Certificate&&) noexcept = default;
Certificate& Certificate::operator=(Certificate&&) noexcept = default;
Certificate::~Certificate() = default;

Certificate Certificate::authority(const Engine& engine, const std::string& name,
                                   Validity validity) {
  const Draft draft = begin_draft(engine, name, validity);
  Certificate made;
  made.leaf_.reset(draft.certificate);
  made.key_.reset(draft.key);
  X509_set_issuer_name(draft.certificate, X509_get_subject_name(draft.certificate));
  X509V3_CTX context;
  X509V3_set_ctx(&context, draft.certificate, draft.certificate, nullptr, nullptr, 0);
  add_extension(draft.certificate, context, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(draft.certificate, context, NID_key_usage, "critical,keyCertSign");
  add_extension(draft.certificate, context, NID_subject_key_identifier, "hash");
  X509_sign(draft.certificate, draft.key, EVP_sha256());
  return made;
}

Certificate Certificate::for_host(const Engine& engine, const Certificate& authority,
                                  const std::vector<std::string>& names,
                                  const std::set<IpAddress>& addresses, Validity validity) {
  assert(!names.empty());
  const Draft draft = begin_draft(engine, names.front(), validity);
  Certificate made;
  made.leaf_.reset(draft.certificate);
  made.key_.reset(draft.key);
  X509_set_issuer_name(draft.certificate, X509_get_subject_name(authority.leaf()));
  X509V3_CTX context;
  X509V3_set_ctx(&context, authority.leaf(), draft.certificate, nullptr, nullptr, 0);
  add_extension(draft.certificate, context, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(draft.certificate, context, NID_key_usage, "critical,digitalSignature");
  add_extension(draft.certificate, context, NID_ext_key_usage, "serverAuth");
  add_extension(draft.certificate, context, NID_subject_alt_name,
                alternative_names(names, addresses));
  add_extension(draft.certificate, context, NID_authority_key_identifier, "keyid");
  X509_sign(draft.certificate, authority.key(), EVP_sha256());
  return made;
}

Result<Certificate> Certificate::from_pem(const Engine& engine, std::string_view chain,
                                          std::string_view key) {
  Certificate read;
  const OwnedBio certificates = bio_of(chain);
  while (true) {
    std::unique_ptr<X509, Freed> next(X509_new_ex(engine.context(), nullptr));
    X509* target = next.get();
    if (PEM_read_bio_X509(certificates.get(), &target, nullptr, nullptr) == nullptr) {
      if (target == nullptr) next.release();  // OpenSSL has freed it
      break;
    }
    if (read.leaf_) {
      read.chain_.push_back(std::move(next));
    } else {
      read.leaf_ = std::move(next);
    }
  }
  ERR_clear_error();
  if (!read.leaf_) {
    return pem_error("there is no certificate in it",
                     "it must hold lines from BEGIN CERTIFICATE to END CERTIFICATE");
  }
  const OwnedBio keys = bio_of(key);
  // A key that needs a pass phrase has nobody here who could be asked for it.
  const auto no_phrase = [](char*, int, int, void*) { return -1; };
  read.key_.reset(PEM_read_bio_PrivateKey_ex(keys.get(), nullptr, no_phrase, nullptr,
                                             engine.context(), nullptr));
  if (!read.key_) {
    return pem_error("there is no key in it that can be read",
                     "it must hold lines from BEGIN PRIVATE KEY to END PRIVATE KEY, without a "
                     "pass phrase");
  }
  if (X509_check_private_key(read.leaf(), read.key()) != 1) {
    return pem_error("the key is not that of the certificate",
                     "name the two that were made together");
  }
  return read;
}

std::vector<X509*> Certificate::chain() const {
  std::vector<X509*> certificates;
  for (const auto& certificate : chain_) certificates.push_back(certificate.get());
  return certificates;
}

std::string Certificate::pem() const {
  const OwnedBio out(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(out.get(), leaf());
  char* text = nullptr;
  const long octets = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(octets)};
}

std::string describe(const X509& certificate) {
  return fmt::format("{}, vouched for by {}", common_name(X509_get_subject_name(&certificate)),
                     common_name(X509_get_issuer_name(&certificate)));
}

}  // namespace mailwalk::tls
