#include "tls/record_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace mailwalk::tls {
namespace {

constexpr std::size_t kHeaderOctets = 5;
// 2^14 and what encryption may add to it (RFC 5246 section 6.2.3).
constexpr std::size_t kMostContentOctets = 16'384 + 2'048;

constexpr std::uint8_t kClientHello = 1;
constexpr std::uint8_t kServerHello = 2;
constexpr std::uint16_t kServerNameExtension = 0;
constexpr std::uint16_t kVersionsExtension = 43;

// Stands among the ciphers and is none: it says something about renegotiation (RFC 5746).
constexpr std::uint16_t kNoCipher = 0x00FF;

struct NamedNumber {
  std::uint16_t number;
  std::string_view name;
};
constexpr std::array kCiphers{
    NamedNumber{0x1301, "TLS_AES_128_GCM_SHA256"},
    NamedNumber{0x1302, "TLS_AES_256_GCM_SHA384"},
    NamedNumber{0x1303, "TLS_CHACHA20_POLY1305_SHA256"},
    NamedNumber{0xC02B, "ECDHE-ECDSA-AES128-GCM-SHA256"},
    NamedNumber{0xC02C, "ECDHE-ECDSA-AES256-GCM-SHA384"},
    NamedNumber{0xC02F, "ECDHE-RSA-AES128-GCM-SHA256"},
    NamedNumber{0xC030, "ECDHE-RSA-AES256-GCM-SHA384"},
    NamedNumber{0xCCA8, "ECDHE-RSA-CHACHA20-POLY1305"},
    NamedNumber{0xCCA9, "ECDHE-ECDSA-CHACHA20-POLY1305"},
};
constexpr std::array kVersions{
    NamedNumber{0x0301, "TLS 1.0"},
    NamedNumber{0x0302, "TLS 1.1"},
    NamedNumber{0x0303, "TLS 1.2"},
    NamedNumber{0x0304, "TLS 1.3"},
};
constexpr std::array kMessages{
    NamedNumber{0, "HelloRequest"},       NamedNumber{1, "ClientHello"},
    NamedNumber{2, "ServerHello"},        NamedNumber{11, "Certificate"},
    NamedNumber{12, "ServerKeyExchange"}, NamedNumber{13, "CertificateRequest"},
    NamedNumber{14, "ServerHelloDone"},   NamedNumber{15, "CertificateVerify"},
    NamedNumber{16, "ClientKeyExchange"}, NamedNumber{22, "CertificateStatus"},
};

template <std::size_t N>
std::optional<std::string_view> find_name(const std::array<NamedNumber, N>& names,
                                          std::uint16_t number) {
  for (const NamedNumber& entry : names) {
    if (entry.number == number) return entry.name;
  }
  return std::nullopt;
}

template <std::size_t N>
std::string name_or_number(const std::array<NamedNumber, N>& names, std::uint16_t number) {
  const auto found = find_name(names, number);
  return found ? std::string(*found) : fmt::format("0x{:04X}", number);
}

// Takes octets off the front. Once there are too few, there is nothing more.
class Octets {
 public:
  explicit Octets(std::string_view rest) : rest_(rest) {}

  std::uint32_t number(std::size_t octets) {
    std::uint32_t value = 0;
    for (const char c : text(octets)) value = value << 8 | static_cast<unsigned char>(c);
    return value;
  }
  std::string_view text(std::size_t octets) {
    if (octets > rest_.size()) {
      too_short_ = true;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, octets);
    rest_.remove_prefix(octets);
    return taken;
  }
  // A length of so many octets, and what it counts.
  Octets vector(std::size_t length_octets) { return Octets(text(number(length_octets))); }

  [[nodiscard]] bool empty() const { return rest_.empty(); }
  [[nodiscard]] bool too_short() const { return too_short_; }

 private:
  std::string_view rest_;
  bool too_short_ = false;
};

struct Message {
  std::uint8_t type = 0;
  std::string_view body;
};

std::optional<Message> first_message(std::string_view content) {
  Octets octets(content);
  Message message;
  message.type = static_cast<std::uint8_t>(octets.number(1));
  message.body = octets.text(octets.number(3));
  if (octets.too_short()) return std::nullopt;
  return message;
}

std::string server_name_in(Octets extension) {
  Octets names = extension.vector(2);
  const bool host_name = names.number(1) == 0;
  const std::string_view name = names.text(names.number(2));
  return host_name ? std::string(name) : std::string();
}

}  // namespace

std::vector<Record> RecordReader::feed(std::string_view octets) {
  std::vector<Record> records;
  if (lost_) return records;
  unread_ += octets;
  std::size_t start = 0;
  while (unread_.size() - start >= kHeaderOctets) {
    Octets header(std::string_view(unread_).substr(start, kHeaderOctets));
    const std::uint32_t type = header.number(1);
    const std::uint32_t major = header.number(1);
    header.number(1);
    const std::size_t size = header.number(2);
    lost_ = type < 20 || type > 23 || major != 3 || size > kMostContentOctets;
    if (lost_ || unread_.size() - start < kHeaderOctets + size) break;
    records.push_back({static_cast<RecordType>(type), kHeaderOctets + size,
                       unread_.substr(start + kHeaderOctets, size)});
    start += kHeaderOctets + size;
  }
  unread_.erase(0, lost_ ? unread_.size() : start);
  return records;
}

std::optional<ClientHello> parse_client_hello(std::string_view content) {
  const auto message = first_message(content);
  if (!message || message->type != kClientHello) return std::nullopt;
  ClientHello hello;
  Octets octets(message->body);
  const auto legacy_version = static_cast<std::uint16_t>(octets.number(2));
  octets.text(32);   // random
  octets.vector(1);  // session id
  for (Octets ciphers = octets.vector(2); !ciphers.empty();) {
    const auto cipher = static_cast<std::uint16_t>(ciphers.number(2));
    if (cipher != kNoCipher) hello.ciphers.push_back(name_or_number(kCiphers, cipher));
  }
  octets.vector(1);  // compression
  if (octets.too_short()) return std::nullopt;
  for (Octets extensions = octets.vector(2); !extensions.empty();) {
    const std::uint32_t kind = extensions.number(2);
    Octets extension = extensions.vector(2);
    if (extensions.too_short()) return std::nullopt;
    if (kind == kServerNameExtension) hello.server_name = server_name_in(extension);
    if (kind != kVersionsExtension) continue;
    for (Octets versions = extension.vector(1); !versions.empty();) {
      hello.versions.push_back(
          name_or_number(kVersions, static_cast<std::uint16_t>(versions.number(2))));
    }
  }
  if (hello.versions.empty()) hello.versions.push_back(name_or_number(kVersions, legacy_version));
  return hello;
}

std::optional<ServerHello> parse_server_hello(std::string_view content) {
  const auto message = first_message(content);
  if (!message || message->type != kServerHello) return std::nullopt;
  Octets octets(message->body);
  auto version = static_cast<std::uint16_t>(octets.number(2));
  octets.text(32);   // random
  octets.vector(1);  // session id
  const auto cipher = static_cast<std::uint16_t>(octets.number(2));
  octets.number(1);  // compression
  if (octets.too_short()) return std::nullopt;
  for (Octets extensions = octets.vector(2); !extensions.empty();) {
    const std::uint32_t kind = extensions.number(2);
    Octets extension = extensions.vector(2);
    if (extensions.too_short()) return std::nullopt;
    if (kind == kVersionsExtension) version = static_cast<std::uint16_t>(extension.number(2));
  }
  return ServerHello{name_or_number(kVersions, version), name_or_number(kCiphers, cipher)};
}

std::vector<std::string> handshake_messages(std::string_view content) {
  std::vector<std::string> names;
  while (!content.empty()) {
    const auto message = first_message(content);
    const auto known = message ? find_name(kMessages, message->type) : std::nullopt;
    if (!known) return {};
    names.emplace_back(*known);
    content.remove_prefix(4 + message->body.size());
  }
  return names;
}

}  // namespace mailwalk::tls
