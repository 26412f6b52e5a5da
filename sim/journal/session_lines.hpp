// A session as people read it: who said what, line by line, put together from both ends.
//
// A line is known where it was sent, where it was received, or both. Where one end is a machine of
// somebody else, only the other end tells; where the line was cut, what was sent may never arrive.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/virtual_time.hpp"
#include "journal/journal.hpp"

namespace mailwalk::journal {

struct Moment {
  EventPosition position;
  VirtualTime time;
};

struct SessionLine {
  enum class Kind : std::uint8_t {
    Command,  // text is the line
    Reply,    // text is the lines, divided by CRLF; content what follows in a multi-line POP3 reply
    Content,  // content is a mail after 354, before stuffing
  };
  Kind kind = Kind::Command;
  std::optional<Verb> verb;  // the command's, or of the command that a reply answers
  std::uint16_t code = 0;    // of a reply, as in ReplySent
  Secrecy secrecy = Secrecy::Open;
  Cover cover = Cover::Open;  // Encrypted: who reads along on the line does not see it
  Bytes text;
  Bytes content;
  bool has_content = false;  // stuffed and with its lone dot, behind the text; it may be empty
  std::optional<Moment> sent;
  std::optional<Moment> received;

  [[nodiscard]] Side from() const { return kind == Kind::Reply ? Side::Server : Side::Client; }
  // Where it stands in the order of the session.
  [[nodiscard]] Moment moment() const { return sent ? *sent : *received; }
};

struct Session {
  enum class End : std::uint8_t { Open, Closed, Reset, Failed };

  ConnectionId connection;
  NodeId client;
  NodeId server;  // kNoNode if nobody has that address
  IpAddress address;
  Port port;
  std::optional<Protocol> protocol;  // none if nothing was said
  Moment begun;
  Moment last;  // the last event on this connection
  End end = End::Open;
  ConnectFailure failure = ConnectFailure::Refused;  // if end is Failed
  std::optional<TlsEstablished> tls;                 // what its two ends agreed on, if they did
  std::vector<SessionLine> lines;                    // by moment()
  // A program from outside does not tell what it says or hears. Of such a client it is known that
  // it got what was said up to there.
  bool client_tells = false;
  EventPosition client_got_up_to;

  // Sent, and will never arrive. False while it may be under way.
  [[nodiscard]] bool lost(const SessionLine& line) const;
};

// What one event alone says about a line: who tells a run as it happens knows no more. Nothing for
// a reply that has arrived: it was told where it was sent.
std::optional<SessionLine> line_told_by(const Event& event);

// Whether what answers the command, if it is positive, brings lines behind its first: "LIST" does,
// "LIST 1" does not.
bool asks_for_lines(const SessionLine& command);

// Every connection of the journal, in the order in which they were begun.
std::vector<Session> sessions(const Journal& journal);

}  // namespace mailwalk::journal
