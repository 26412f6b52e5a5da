#include "export/wire_tap.hpp"

#include "export/count_words.hpp"
#include "export/printable.hpp"

namespace mailwalk::exporting {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

std::vector<WireLine> WireTap::take(const journal::Event& event) {
  std::vector<WireLine> seen;
  if (event.connection == kNoConnection) return seen;
  if (journal::payload_if<journal::ConnectionOpening>(event) != nullptr) {
    lines_[event.connection].client = event.node;
  }
  const auto found = lines_.find(event.connection);
  if (found == lines_.end()) return seen;
  Line& line = found->second;
  // The server is the first to know: what the client sends after its "go ahead" is TLS.
  if (journal::payload_if<journal::TlsBegun>(event) != nullptr) line.is_tls = true;
  const auto* sent = journal::payload_if<journal::BytesSent>(event);
  if (sent == nullptr || !line.is_tls) return seen;
  const journal::Side from =
      event.node == line.client ? journal::Side::Client : journal::Side::Server;
  tls::RecordReader& reader = line.readers[static_cast<std::size_t>(from)];
  for (const tls::Record& record : reader.feed(sent->bytes.view())) {
    seen.push_back({{event.position, event.time}, event.connection, from, describe(record)});
  }
  return seen;
}

std::string WireTap::describe(const tls::Record& record) const {
  const std::string size = narrator_.format(
      "{0}", "{1} oktet", count_words(record.octets, "octet", "octets"), record.octets);
  std::string what;
  switch (record.type) {
    case tls::RecordType::ChangeCipherSpec:
      what = narrator_.pick("change of cipher", "pergantian sandi");
      break;
    case tls::RecordType::Alert:
      what = record.content.size() == 2
                 ? narrator_.pick("alert", "peringatan")
                 : narrator_.pick("alert, encrypted", "peringatan, terenkripsi");
      break;
    case tls::RecordType::Handshake: what = describe_handshake(record.content); break;
    case tls::RecordType::ApplicationData: what = narrator_.pick("encrypted", "terenkripsi"); break;
  }
  return size + ", " + what;
}

// What is said in the open: of TLS 1.3 the two hellos, of TLS 1.2 the certificate as well.
std::string WireTap::describe_handshake(const std::string& content) const {
  const std::string handshake(narrator_.pick("handshake: ", "jabat tangan: "));
  if (const auto hello = tls::parse_client_hello(content)) {
    std::string text = handshake + "ClientHello, " + joined(hello->versions);
    if (!hello->server_name.empty()) {
      text += narrator_.format("; for {0}", "; untuk {0}", printable(hello->server_name));
    }
    return text + narrator_.format("; knows {0}", "; mengenal {0}", joined(hello->ciphers));
  }
  if (const auto hello = tls::parse_server_hello(content)) {
    std::string text = handshake + "ServerHello, " + hello->version + ", " + hello->cipher;
    return text;
  }
  const std::vector<std::string> messages = tls::handshake_messages(content);
  if (!messages.empty()) return handshake + joined(messages);
  return std::string(narrator_.pick("handshake, encrypted", "jabat tangan, terenkripsi"));
}

}  // namespace mailwalk::exporting
