// The client's side of one POP3 connection: commands in, what the server answers out as values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "base/virtual_time.hpp"
#include "pop3/events.hpp"
#include "pop3/limits.hpp"
#include "pop3/transitions.hpp"
#include "wire/dot_codec.hpp"
#include "wire/line_reader.hpp"

namespace mailwalk::pop3 {

enum class Pipelining : std::uint8_t {
  Never,
  IfOffered,  // once a CAPA has brought PIPELINING; until then one command at a time
};

struct ClientConfig {
  ClientLimits limits;
  Pipelining pipelining = Pipelining::Never;
};

// It sends what it is told in that order, waits for each reply, and ends after QUIT's. What to send
// and what to make of the replies is the caller's.
class ClientSession {
 public:
  explicit ClientSession(ClientConfig config);

  // The connection stands. REQUIRES to be called once, first.
  void start(VirtualTime now);
  void receive(std::string_view bytes, VirtualTime now);
  void peer_closed(VirtualTime now);
  void time_passed(VirtualTime now);
  [[nodiscard]] std::optional<VirtualTime> deadline() const;

  // Queued until its turn comes; forgotten if the session ends before. May be called at any time.
  void send(const Command& command, VirtualTime now);
  // A line that a person typed, sent as it is, right or wrong. REQUIRES no CR, LF or NUL in it.
  void send_line(std::string line, VirtualTime now);
  // The answer to "+ ": what a mechanism says next. It counts as another AUTH.
  void send_response(std::string base64, VirtualTime now);
  // After ClientTlsBegins. What the server has said before is forgotten.
  void tls_established(VirtualTime now);

  std::optional<ClientEvent> next_event();
  std::string take_output();
  [[nodiscard]] bool wants_close() const { return state_ == State::Closed; }
  [[nodiscard]] State state() const { return state_; }
  // Nothing is queued or under way: the next command would go out at once.
  [[nodiscard]] bool idle() const { return queued_.empty() && in_flight_.empty(); }
  [[nodiscard]] const Capabilities& capabilities() const { return capabilities_; }

 private:
  struct Request {
    std::string line;
    Verb verb = Verb::Unknown;
    std::optional<MessageNumber> number;
    bool brings_lines = false;  // with +OK
    bool ends_session = false;  // with +OK and -ERR alike
  };
  static Request make_request(std::string line);
  void begin_tls();

  [[nodiscard]] bool may_send_next() const;
  void send_queued(VirtualTime now);
  // Both return how many octets they took: at least one.
  std::size_t read_content(std::string_view bytes);
  std::size_t read_line(std::string_view bytes);
  void take_line(const wire::Line& line);
  void greet(Reply reply);
  void finish(Reply reply);
  [[nodiscard]] std::optional<ReplyValue> value_of(const Request& request,
                                                   const Reply& reply) const;
  void follow(const Request& request, Status status);
  void change_state(State to);
  void give_up(Occasion occasion, EndReason why);
  void end(EndReason why);

  ClientConfig config_;
  State state_ = State::Connected;
  VirtualTime last_heard_;  // or when the wait began
  wire::LineReader reader_;
  std::size_t line_octets_ = 0;              // of the line that is being read
  std::optional<wire::DotDecoder> content_;  // while the lines of a reply are being read
  Reply first_line_;                         // of that reply
  std::deque<Request> queued_;
  std::deque<Request> in_flight_;
  std::deque<ClientEvent> events_;
  std::string output_;
  Capabilities capabilities_;
  enum class Handshake : std::uint8_t { No, UnderWay } handshake_ = Handshake::No;
};

}  // namespace mailwalk::pop3
