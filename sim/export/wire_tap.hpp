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
struct WireRecord {
  journal::Moment moment;
  ConnectionId connection;
  journal::Side from = journal::Side::Client;
  tls::Record record;  // what is encrypted for good has no content here: nobody can read it
};

class WireTap {
 public:
  // The records that are whole with this event. REQUIRES every event of a journal, in order.
  std::vector<WireRecord> take(const journal::Event& event);

 private:
  struct Line {
    NodeId client;
    bool is_tls = false;
    std::array<tls::RecordReader, 2> readers{};  // by side
  };

  std::map<ConnectionId, Line> lines_;
};

// "517 octets, handshake: ClientHello, TLS 1.3; for mx.kantor.example; knows TLS_AES_…". Safe to
// print.
std::string record_text(const tls::Record& record, const Narrator& narrator);

// In a word or two, of records that were sent together: "1305 octets, ServerHello, encrypted".
std::string records_label(const std::vector<tls::Record>& records, const Narrator& narrator);

}  // namespace mailwalk::exporting
