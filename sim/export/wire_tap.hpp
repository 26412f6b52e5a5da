// What somebody sees who reads along on a line that is encrypted: records, their sizes, and the
// beginning of the handshake.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "export/narrator.hpp"
#include "journal/journal.hpp"
#include "journal/session_lines.hpp"
#include "tls/record_reader.hpp"

namespace mailwalk::exporting {

// A record that was sent.
struct WireLine {
  journal::Moment moment;
  ConnectionId connection;
  journal::Side from = journal::Side::Client;
  std::string text;  // "517 octets, handshake: ClientHello, …"
};

class WireTap {
 public:
  explicit WireTap(const Narrator& narrator) : narrator_(narrator) {}

  // The records that are whole with this event. REQUIRES every event of a journal, in order.
  std::vector<WireLine> take(const journal::Event& event);

 private:
  struct Line {
    NodeId client;
    bool is_tls = false;
    std::array<tls::RecordReader, 2> readers{};  // by side
  };

  [[nodiscard]] std::string describe(const tls::Record& record) const;
  [[nodiscard]] std::string describe_handshake(const std::string& content) const;

  const Narrator& narrator_;
  std::map<ConnectionId, Line> lines_;
};

}  // namespace mailwalk::exporting
