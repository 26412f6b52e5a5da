#include "pop3/client_session.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "pop3/apop.hpp"

namespace mailwalk::pop3 {
namespace {

std::string_view arguments_in(std::string_view line) {
  return line.substr(std::min(line.find(' '), line.size()));
}

// A listing about one message must be about the one that was asked for.
template <class Listing>
std::optional<ReplyValue> about(std::optional<MessageNumber> asked,
                                std::optional<Listing> listing) {
  if (!listing || (asked && listing->number != *asked)) return std::nullopt;
  return ReplyValue(std::move(*listing));
}

template <class T>
std::optional<ReplyValue> as_value(std::optional<T> parsed) {
  if (!parsed) return std::nullopt;
  return ReplyValue(std::move(*parsed));
}

}  // namespace

ClientSession::ClientSession(ClientConfig config)
    : config_(config), reader_(config_.limits.reply_line_octets) {}

// ---- What comes from outside -----------------------------------------------------------------

void ClientSession::start(VirtualTime now) {
  assert(state_ == State::Connected);
  last_heard_ = now;
}

void ClientSession::receive(std::string_view bytes, VirtualTime now) {
  last_heard_ = now;
  while (!bytes.empty() && state_ != State::Closed && handshake_ == Handshake::No) {
    bytes.remove_prefix(content_ ? read_content(bytes) : read_line(bytes));
  }
  send_queued(now);
}

void ClientSession::peer_closed(VirtualTime now) {
  last_heard_ = now;
  if (state_ != State::Closed) give_up(Occasion::Cut, EndReason::ConnectionLost);
}

std::optional<VirtualTime> ClientSession::deadline() const {
  if (state_ == State::Connected) return last_heard_ + config_.limits.greeting;
  if (handshake_ == Handshake::UnderWay) return last_heard_ + config_.limits.reply;
  if (in_flight_.empty()) return std::nullopt;
  return last_heard_ + config_.limits.reply;
}

void ClientSession::time_passed(VirtualTime now) {
  const auto due = deadline();
  if (due && now >= *due) give_up(Occasion::Idle, EndReason::TimedOut);
}

std::optional<ClientEvent> ClientSession::next_event() {
  if (events_.empty()) return std::nullopt;
  ClientEvent event = std::move(events_.front());
  events_.pop_front();
  return event;
}

std::string ClientSession::take_output() {
  return std::exchange(output_, {});
}

// ---- Commands go out -------------------------------------------------------------------------

void ClientSession::send(const Command& command, VirtualTime now) {
  send_line(command.line(), now);
}

void ClientSession::send_line(std::string line, VirtualTime now) {
  assert(line.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
  if (state_ == State::Closed) return;
  queued_.push_back(make_request(std::move(line)));
  send_queued(now);
}

void ClientSession::send_response(std::string base64, VirtualTime now) {
  if (state_ == State::Closed) return;
  Request request;
  request.verb = Verb::Auth;
  request.line = std::move(base64);
  queued_.push_front(std::move(request));
  send_queued(now);
}

// What the server has said behind its +OK was not said under TLS, and maybe not by the server.
void ClientSession::begin_tls() {
  reader_.take_unread();
  line_octets_ = 0;
  capabilities_ = {};
  handshake_ = Handshake::UnderWay;
  events_.push_back(ClientTlsBegins{});
}

void ClientSession::tls_established(VirtualTime now) {
  handshake_ = Handshake::No;
  last_heard_ = now;
  send_queued(now);
}

ClientSession::Request ClientSession::make_request(std::string line) {
  const Command command = parse_command(line).command;
  Request request;
  request.verb = command.verb;
  request.number = command.number;
  request.brings_lines = brings_lines(command.verb, arguments_in(line));
  // A server that is strict refuses "QUIT x" and goes on.
  request.ends_session = command.verb == Verb::Quit && arguments_in(line).empty();
  request.line = std::move(line);
  return request;
}

bool ClientSession::may_send_next() const {
  if (state_ != State::Authorization && state_ != State::Transaction) return false;
  if (handshake_ == Handshake::UnderWay) return false;
  if (in_flight_.empty()) return true;
  return config_.pipelining == Pipelining::IfOffered && capabilities_.has(Capability::Pipelining) &&
         in_flight_.size() < config_.limits.commands_in_flight &&
         in_flight_.back().verb != Verb::Quit;
}

void ClientSession::send_queued(VirtualTime now) {
  while (!queued_.empty() && may_send_next()) {
    if (in_flight_.empty()) last_heard_ = now;
    Request request = std::move(queued_.front());
    queued_.pop_front();
    output_ += request.line + "\r\n";
    events_.push_back(CommandSent{request.line, request.verb, is_secret(request.verb)});
    in_flight_.push_back(std::move(request));
  }
}

// ---- Replies come in -------------------------------------------------------------------------

std::size_t ClientSession::read_content(std::string_view bytes) {
  const std::size_t taken = content_->feed(bytes);
  if (content_->too_big()) {
    end(EndReason::ProtocolError);
  } else if (content_->done()) {
    first_line_.content = Bytes(content_->take());
    content_.reset();
    finish(std::exchange(first_line_, {}));
  }
  return taken;
}

std::size_t ClientSession::read_line(std::string_view bytes) {
  const std::size_t taken = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
  reader_.feed(bytes.substr(0, taken));
  line_octets_ += taken;
  if (const auto line = reader_.next()) {
    line_octets_ = 0;
    take_line(*line);
  } else if (line_octets_ > config_.limits.reply_line_octets) {
    end(EndReason::ProtocolError);
  }
  return taken;
}

void ClientSession::take_line(const wire::Line& line) {
  auto reply = parse_first_line(line.text);
  if (line.fault != wire::LineFault::None || !reply) return end(EndReason::ProtocolError);
  if (state_ == State::Connected) return greet(std::move(*reply));
  if (in_flight_.empty()) {
    // Servers say -ERR unasked before they close, when a session was idle. +OK unasked would be
    // taken for the answer to a later command.
    const bool harmless = reply->status == Status::Err;
    events_.push_back(ReplyReceived{std::nullopt, std::nullopt, std::move(*reply), {}});
    if (!harmless) end(EndReason::ProtocolError);
    return;
  }
  if (!reply->is_ok() || !in_flight_.front().brings_lines) return finish(std::move(*reply));
  first_line_ = std::move(*reply);
  content_.emplace(
      wire::DotDecoder::Limits{config_.limits.content_octets, config_.limits.content_octets});
}

void ClientSession::greet(Reply reply) {
  const bool welcome = reply.is_ok();
  auto stamp = welcome ? find_stamp(reply.text) : std::nullopt;
  events_.push_back(Greeting{std::move(reply), std::move(stamp)});
  if (!welcome) return end(EndReason::Refused);
  change_state(*state_after(state_, Occasion::Greeting));
}

// The reply to the oldest command is complete.
void ClientSession::finish(Reply reply) {
  const Request request = std::move(in_flight_.front());
  in_flight_.pop_front();
  const Status status = reply.status;
  auto value = reply.is_ok() ? value_of(request, reply) : ReplyValue{};
  const bool understood = value.has_value();
  if (understood && std::holds_alternative<Capabilities>(*value)) {
    capabilities_ = std::get<Capabilities>(*value);
  }
  events_.push_back(ReplyReceived{request.verb, request.number, std::move(reply),
                                  std::move(value).value_or(ReplyValue{})});
  if (!understood) return end(EndReason::ProtocolError);
  follow(request, status);
}

// What +OK says; nullopt if it does not say what it must.
std::optional<ReplyValue> ClientSession::value_of(const Request& request,
                                                  const Reply& reply) const {
  const std::string_view content = reply.content ? reply.content->view() : std::string_view{};
  const std::size_t max_lines = config_.limits.listing_lines;
  switch (request.verb) {
    case Verb::Stat: return as_value(parse_drop_listing(reply.text));
    case Verb::List:
      if (request.brings_lines) return as_value(parse_scan_listings(content, max_lines));
      return about(request.number, parse_scan_listing(reply.text));
    case Verb::Uidl:
      if (request.brings_lines) return as_value(parse_unique_id_listings(content, max_lines));
      return about(request.number, parse_unique_id_listing(reply.text));
    case Verb::Capa: return as_value(Capabilities::parse(content, max_lines));
    case Verb::Retr:
    case Verb::Top: return ReplyValue(*reply.content);
    default: return ReplyValue{};
  }
}

// Where the reply leads, by the table.
void ClientSession::follow(const Request& request, Status status) {
  if (status != Status::Ok && !request.ends_session) return;
  const Transition* transition = find_transition(state_, request.verb);
  if (transition == nullptr) return;  // a server that is more generous than the table
  if (request.verb == Verb::Stls) return begin_tls();
  change_state(transition->to);
  if (request.verb != Verb::Quit) return;
  if (const auto next = state_after(state_, Occasion::UpdateDone)) change_state(*next);
  end(EndReason::Quit);
}

// ---- States ----------------------------------------------------------------------------------

void ClientSession::change_state(State to) {
  if (to == state_) return;
  events_.push_back(StateChanged{state_, to});
  state_ = to;
}

void ClientSession::give_up(Occasion occasion, EndReason why) {
  change_state(*state_after(state_, occasion));
  end(why);
}

void ClientSession::end(EndReason why) {
  change_state(State::Closed);
  queued_.clear();
  in_flight_.clear();
  content_.reset();
  events_.push_back(Ended{why});
}

}  // namespace mailwalk::pop3
