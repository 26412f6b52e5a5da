#include "export/wire_tap.hpp"

#include <algorithm>
#include <utility>

#include "export/count_words.hpp"
#include "export/printable.hpp"

namespace mailwalk::exporting {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string octets_text(std::size_t octets, const Narrator& narrator) {
  return narrator.format("{0}", "{1} oktet", count_words(octets, "octet", "octets"), octets);
}

// What is said in the open: of TLS 1.3 the two hellos, of TLS 1.2 the certificate as well.
std::string handshake_text(const std::string& content, const Narrator& narrator) {
  const std::string handshake(narrator.pick("handshake: ", "jabat tangan: "));
  if (const auto hello = tls::parse_client_hello(content)) {
    std::string text = handshake + "ClientHello, " + joined(hello->versions);
    if (!hello->server_name.empty()) {
      text += narrator.format("; for {0}", "; untuk {0}", printable(hello->server_name));
    }
    return text + narrator.format("; knows {0}", "; mengenal {0}", joined(hello->ciphers));
  }
  if (const auto hello = tls::parse_server_hello(content)) {
    return handshake + "ServerHello, " + hello->version + ", " + hello->cipher;
  }
  const std::vector<std::string> messages = tls::handshake_messages(content);
  if (!messages.empty()) return handshake + joined(messages);
  return std::string(narrator.pick("handshake, encrypted", "jabat tangan, terenkripsi"));
}

std::string what_it_is(const tls::Record& record, const Narrator& narrator) {
  switch (record.type) {
    case tls::RecordType::ChangeCipherSpec:
      return std::string(narrator.pick("change of cipher", "pergantian cipher (ChangeCipherSpec)"));
    case tls::RecordType::Alert:
      return std::string(record.content.size() == 2
                             ? narrator.pick("alert", "peringatan")
                             : narrator.pick("alert, encrypted", "peringatan, terenkripsi"));
    case tls::RecordType::Handshake: return handshake_text(record.content, narrator);
    case tls::RecordType::ApplicationData:
      return std::string(narrator.pick("encrypted", "terenkripsi"));
  }
  return {};
}

// The names of what is in it, without a word about what that says.
std::string short_name(const tls::Record& record, const Narrator& narrator) {
  if (record.type != tls::RecordType::Handshake) return what_it_is(record, narrator);
  const std::vector<std::string> messages = tls::handshake_messages(record.content);
  if (!messages.empty()) return joined(messages);
  return std::string(narrator.pick("handshake, encrypted", "jabat tangan, terenkripsi"));
}

}  // namespace

std::vector<WireRecord> WireTap::take(const journal::Event& event) {
  std::vector<WireRecord> seen;
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
  for (tls::Record& record : reader.feed(sent->bytes.view())) {
    if (record.type == tls::RecordType::ApplicationData) record.content.clear();
    seen.push_back({{event.position, event.time}, event.connection, from, std::move(record)});
  }
  return seen;
}

std::string record_text(const tls::Record& record, const Narrator& narrator) {
  return octets_text(record.octets, narrator) + ", " + what_it_is(record, narrator);
}

std::string records_label(const std::vector<tls::Record>& records, const Narrator& narrator) {
  std::size_t octets = 0;
  std::vector<std::string> names;
  for (const tls::Record& record : records) {
    octets += record.octets;
    std::string name = short_name(record, narrator);
    if (names.empty() || names.back() != name) names.push_back(std::move(name));
  }
  return octets_text(octets, narrator) + ", " + joined(names);
}

}  // namespace mailwalk::exporting
