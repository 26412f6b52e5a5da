#include "journal/session_lines.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "journal/session_collector.hpp"

namespace mailwalk::journal {
namespace {

using LineKind = SessionLine::Kind;

template <class Command>
SessionLine command_line(const Command& command) {
  SessionLine line;
  line.kind = LineKind::Command;
  line.verb = command.verb;
  line.secrecy = command.secrecy;
  line.text = command.line;
  return line;
}
template <class Reply>
SessionLine reply_line(const Reply& reply) {
  SessionLine line;
  line.kind = LineKind::Reply;
  line.verb = reply.to;
  line.code = reply.code;
  line.text = reply.text;
  line.content = reply.content;
  return line;
}
SessionLine content_line(const Bytes& content) {
  SessionLine line;
  line.kind = LineKind::Content;
  line.content = content;
  return line;
}

class Collector final : public SessionCollector {
 public:
  void take(const Event& event) override {
    if (event.connection == kNoConnection) return;
    if (const auto* opening = payload_if<ConnectionOpening>(event)) return begin(event, *opening);
    const auto found = index_.find(event.connection);
    if (found == index_.end()) return;
    Session& session = sessions_[found->second];
    session.last = {event.position, event.time};
    std::visit([&](const auto& payload) { on(session, event, payload); }, event.payload);
  }

  std::vector<Session> finish() override {
    for (Session& session : sessions_) {
      std::stable_sort(session.lines.begin(), session.lines.end(),
                       [](const SessionLine& a, const SessionLine& b) {
                         return a.moment().position < b.moment().position;
                       });
      find_contents(session.lines);
    }
    return std::move(sessions_);
  }

 private:
  void begin(const Event& event, const ConnectionOpening& opening) {
    index_[event.connection] = sessions_.size();
    Session session;
    session.connection = event.connection;
    session.client = event.node;
    session.server = opening.to;
    session.address = opening.address;
    session.port = opening.port;
    session.begun = session.last = {event.position, event.time};
    sessions_.push_back(std::move(session));
  }

  template <class Payload>
  void on(Session&, const Event&, const Payload&) {}

  void on(Session& session, const Event&, const ConnectionFailed& failed) {
    session.end = Session::End::Failed;
    session.failure = failed.why;
  }
  void on(Session& session, const Event&, const ConnectionReset&) {
    session.end = Session::End::Reset;
  }
  void on(Session& session, const Event&, const ConnectionClosing&) {
    if (session.end == Session::End::Open) session.end = Session::End::Closed;
  }
  // Said by the end that is done first; the other's follows, and says no more than this one's. What
  // a client is shown is only known to it.
  void on(Session& session, const Event& event, const TlsEstablished& established) {
    covered_.insert({event.connection, event.node});
    if (!session.tls || established.side == Side::Client) session.tls = established;
  }
  void on(Session& session, const Event& event, const BytesDelivered& delivered) {
    if (event.node != session.client || delivered.sent == session.client_got_up_to) return;
    got_before_[event.connection] = std::exchange(session.client_got_up_to, delivered.sent);
  }
  // The end of what arrived in part.
  void on(Session& session, const Event& event, const BytesLost& lost) {
    if (lost.sent == session.client_got_up_to) {
      session.client_got_up_to = got_before_[event.connection];
    }
  }
  void on(Session& session, const Event& event, const CommandSent& sent) {
    session.client_tells = true;
    session.protocol = protocol_of(sent.verb);
    add_sent(session, event, command_line(sent));
  }
  void on(Session& session, const Event& event, const CommandReceived& received) {
    session.protocol = protocol_of(received.verb);
    add_received(session, event, command_line(received));
  }
  void on(Session& session, const Event& event, const ReplySent& sent) {
    session.protocol = sent.protocol;
    add_sent(session, event, reply_line(sent));
  }
  void on(Session& session, const Event& event, const ReplyReceived& received) {
    session.client_tells = true;
    session.protocol = received.protocol;
    add_received(session, event, reply_line(received));
  }
  void on(Session& session, const Event& event, const ContentSent& sent) {
    add_sent(session, event, content_line(sent.content));
  }
  void on(Session& session, const Event& event, const ContentReceived& received) {
    add_received(session, event, content_line(received.content));
  }

  [[nodiscard]] Cover cover_at(const Event& event) const {
    return covered_.count({event.connection, event.node}) > 0 ? Cover::Encrypted : Cover::Open;
  }

  void add_sent(Session& session, const Event& event, SessionLine line) {
    line.cover = cover_at(event);
    line.sent = Moment{event.position, event.time};
    session.lines.push_back(std::move(line));
  }

  // Streams keep their order, so the first line of that kind that has not arrived is the one. A
  // line of which only this end knows is new.
  void add_received(Session& session, const Event& event, SessionLine line) {
    std::size_t& next = next_[{event.connection, line.kind}];
    for (; next < session.lines.size(); ++next) {
      SessionLine& candidate = session.lines[next];
      if (candidate.kind != line.kind || !candidate.sent || candidate.received) continue;
      candidate.received = Moment{event.position, event.time};
      ++next;
      return;
    }
    line.cover = cover_at(event);
    line.received = Moment{event.position, event.time};
    session.lines.push_back(std::move(line));
    next = session.lines.size();
  }

  // An empty listing is followed by its lone dot too. Whether a reply is one, only the command
  // tells: "LIST" brings lines, "LIST 1" does not. Replies come in the order of what they answer.
  static void find_contents(std::vector<SessionLine>& lines) {
    std::deque<const SessionLine*> unanswered;
    for (SessionLine& line : lines) {
      line.has_content = line.kind == LineKind::Content || !line.content.empty();
      if (line.kind != LineKind::Reply) {
        unanswered.push_back(&line);
      } else if (line.verb && !unanswered.empty()) {
        line.has_content |= is_positive(line) && asks_for_lines(*unanswered.front());
        unanswered.pop_front();
      }
    }
  }
  static bool is_positive(const SessionLine& reply) { return !is_refusal(reply.code); }

  std::vector<Session> sessions_;
  std::map<ConnectionId, std::size_t> index_;
  std::map<ConnectionId, EventPosition> got_before_;  // the last but one that the client got
  std::map<std::pair<ConnectionId, LineKind>, std::size_t>
      next_;                                           // where to look for the line that arrives
  std::set<std::pair<ConnectionId, NodeId>> covered_;  // ends that speak TLS
};

}  // namespace

bool asks_for_lines(const SessionLine& command) {
  const auto* verb = command.verb ? std::get_if<pop3::Verb>(&*command.verb) : nullptr;
  if (verb == nullptr) return false;
  const std::string_view text = command.text.view();
  return pop3::brings_lines(*verb, text.substr(std::min(text.find(' '), text.size())));
}

std::optional<SessionLine> line_told_by(const Event& event) {
  const auto told = [&](SessionLine line, std::optional<Moment> SessionLine::*when) {
    line.*when = Moment{event.position, event.time};
    line.has_content = line.kind == LineKind::Content || !line.content.empty();
    return line;
  };
  if (const auto* sent = payload_if<CommandSent>(event)) {
    return told(command_line(*sent), &SessionLine::sent);
  }
  if (const auto* received = payload_if<CommandReceived>(event)) {
    return told(command_line(*received), &SessionLine::received);
  }
  if (const auto* sent = payload_if<ReplySent>(event)) {
    return told(reply_line(*sent), &SessionLine::sent);
  }
  if (const auto* sent = payload_if<ContentSent>(event)) {
    return told(content_line(sent->content), &SessionLine::sent);
  }
  if (const auto* received = payload_if<ContentReceived>(event)) {
    return told(content_line(received->content), &SessionLine::received);
  }
  return std::nullopt;
}

bool Session::lost(const SessionLine& line) const {
  if (end != End::Reset || line.received) return false;
  if (!client_tells && line.from() == Side::Server) {
    return line.moment().position > client_got_up_to;
  }
  // A mail's content that a server refuses to keep is told by its reply alone; whatever arrived
  // later shows that this arrived too.
  return std::none_of(lines.begin(), lines.end(), [&](const SessionLine& other) {
    return other.from() == line.from() && other.received &&
           other.moment().position > line.moment().position;
  });
}

std::unique_ptr<SessionCollector> make_session_collector() {
  return std::make_unique<Collector>();
}

std::vector<Session> sessions(const Journal& journal) {
  Collector collector;
  for (const Event& event : journal) collector.take(event);
  return collector.finish();
}

}  // namespace mailwalk::journal
