// The records of TLS as somebody sees them who reads along: what kind, how long, and what is still
// said in the open (RFC 8446 sections 4 and 5, RFC 5246).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailwalk::tls {

enum class RecordType : std::uint8_t {
  ChangeCipherSpec = 20,
  Alert = 21,
  Handshake = 22,
  ApplicationData = 23,
};

struct Record {
  RecordType type = RecordType::ApplicationData;
  std::size_t octets = 0;  // with its five in front
  std::string content;     // encrypted, or in the open
};

// One direction of a connection. What is no TLS is read no further.
class RecordReader {
 public:
  // The records that are whole with this.
  std::vector<Record> feed(std::string_view octets);
  // Something came that is no record.
  [[nodiscard]] bool lost() const { return lost_; }

 private:
  std::string unread_;
  bool lost_ = false;
};

// What the first message of a client tells everybody.
struct ClientHello {
  std::string server_name;            // empty: it names none
  std::vector<std::string> versions;  // "TLS 1.3"
  std::vector<std::string> ciphers;   // "TLS_AES_128_GCM_SHA256"; of others "0x1234"
};
struct ServerHello {
  std::string version;
  std::string cipher;
};

// Of the content of a handshake record; nullopt if it does not begin with such a message, or not
// with a whole one.
std::optional<ClientHello> parse_client_hello(std::string_view content);
std::optional<ServerHello> parse_server_hello(std::string_view content);

// "Certificate", "ServerKeyExchange": the messages of a handshake that is said in the open, in
// their order. Empty if what stands there is no such thing: it is encrypted.
std::vector<std::string> handshake_messages(std::string_view content);

}  // namespace mailwalk::tls
