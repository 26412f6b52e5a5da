#include "smtp/server_session.hpp"

#include <cassert>
#include <utility>

#include "smtp/server_replies.hpp"

namespace mailwalk::smtp {

namespace {

bool has_transaction(State state) {
  return state == State::MailGiven || state == State::RcptGiven || state == State::Data;
}

}  // namespace

// What the parameters of the extensions add to the longest command line: SIZE 26 (RFC 1870 section
// 3), BODY 17 (RFC 6152 section 2), SMTPUTF8 10 (RFC 6531 section 3.1), AUTH 500 (RFC 4954 section
// 3).
std::size_t ServerConfig::longest_command_line() const {
  std::size_t octets = limits.command_line_octets;
  if (extensions.has(Extension::Size)) octets += 26;
  if (extensions.has(Extension::EightBitMime)) octets += 17;
  if (extensions.has(Extension::SmtpUtf8)) octets += 10;
  if (!login.mechanisms.empty()) octets += 500;
  return octets;
}

ServerSession::ServerSession(ServerConfig config)
    : config_(std::move(config)), lines_(config_.longest_command_line()), line_(config_.line) {}

void ServerSession::start(VirtualTime now) {
  if (state_ == State::Closed) return;  // the client left before it was greeted
  assert(state_ == State::Connected);
  last_activity_ = now;
  if (early_talk_ == EarlyTalk::Heard) {
    send_reply(replies::talked_too_early(), std::nullopt);
    end(ServerEnded::Why::TalkedTooEarly);
    return;
  }
  const Reply greeting =
      config_.greeting.value_or(replies::greeting(config_.host_name, config_.software));
  send_reply(greeting, std::nullopt);
  if (greeting.is_positive()) {
    move_to(State::Greeted);
  } else if (greeting.is_permanent()) {
    move_to(State::NoService);
  } else {
    end(ServerEnded::Why::ClosedByCaller);
  }
}

void ServerSession::receive(std::string_view bytes, VirtualTime now) {
  last_activity_ = now;
  if (state_ == State::Connected) {
    if (!bytes.empty()) early_talk_ = EarlyTalk::Heard;
    return;
  }
  if (content_ && !content_->done()) bytes = take_content(bytes);
  if (state_ == State::Closed) return;
  lines_.feed(bytes);
  work_through_lines();
  if (is_flooded()) {
    const Reply reply = asked_ ? replies::too_much_input(config_.host_name)
                               : replies::never_ends(config_.host_name);
    if (asked_) withdraw_question();
    send_reply(reply, std::nullopt);
    drop_transaction(TransactionDropped::Why::Refused);
    end(ServerEnded::Why::TooMuchInput);
  }
}

bool ServerSession::is_flooded() const {
  if (state_ == State::Closed) return false;
  const ServerLimits& limits = config_.limits;
  if (asked_ || refusal_due_) return lines_.buffered() > limits.waiting_input_octets;
  if (content_) return content_->size() > limits.message_bytes + limits.excess_bytes;
  return lines_.unfinished_octets() > limits.endless_line_octets;
}

void ServerSession::peer_closed(VirtualTime now) {
  last_activity_ = now;
  peer_ = Peer::Closed;
  end_if_peer_is_gone();
}

void ServerSession::time_passed(VirtualTime now) {
  const std::optional<VirtualTime> due = deadline();
  if (!due || now < *due) return;
  if (refusal_due_) {
    last_activity_ = now;
    say_login_failed();
    work_through_lines();
    return end_if_peer_is_gone();
  }
  send_reply(replies::timed_out(config_.host_name), std::nullopt);
  drop_transaction(TransactionDropped::Why::TimedOut);
  end(ServerEnded::Why::TimedOut);
}

void ServerSession::shut_down() {
  if (state_ == State::Closed) return;
  if (asked_) withdraw_question();
  send_reply(replies::shutting_down(config_.host_name), std::nullopt);
  end_by_421();
}

std::optional<VirtualTime> ServerSession::deadline() const {
  if (state_ == State::Connected || state_ == State::Closed || asked_) return std::nullopt;
  if (refusal_due_) return refusal_due_;
  return last_activity_ + config_.limits.idle;
}

std::optional<ServerEvent> ServerSession::next_event() {
  if (events_.empty()) return std::nullopt;
  std::optional<ServerEvent> event(std::move(events_.front()));
  events_.pop_front();
  return event;
}

void ServerSession::answer(const Reply& reply, VirtualTime now) {
  assert(asked_ && !reply.is_intermediate());
  last_activity_ = now;
  const Verb verb = *std::exchange(asked_, std::nullopt);
  send_reply(reply, verb);
  if (verb == Verb::Mail) apply_mail_answer(reply);
  if (verb == Verb::Rcpt) apply_rcpt_answer(reply);
  if (verb == Verb::EndOfData) apply_message_answer(reply);
  if (verb == Verb::Starttls && reply.is_completion()) return begin_tls();
  if (reply.code() == 421) return end_by_421();
  work_through_lines();
  end_if_peer_is_gone();
}

void ServerSession::answer_instead(std::uint32_t commands_ahead, Reply reply) {
  assert(!reply.is_positive());
  instead_ = {commands_ahead, std::move(reply)};
}

std::optional<Reply> ServerSession::take_instead() {
  if (!instead_ || instead_->commands_ahead-- > 0) return std::nullopt;
  return std::move(std::exchange(instead_, std::nullopt)->reply);
}

// 421 announces that the connection is closed (RFC 5321 section 4.2.3).
void ServerSession::end_by_421() {
  drop_transaction(TransactionDropped::Why::Refused);
  end(ServerEnded::Why::ClosedByCaller);
}

std::string ServerSession::take_output() {
  return std::exchange(output_, {});
}

// Returns what stands behind the end of data.
std::string_view ServerSession::take_content(std::string_view bytes) {
  bytes.remove_prefix(content_->feed(bytes));
  if (content_->done()) take_end_of_data();
  return bytes;
}

void ServerSession::work_through_lines() {
  while (!asked_ && !content_ && !refusal_due_ && handshake_ == Handshake::No &&
         state_ != State::Closed) {
    const std::optional<wire::Line> line = lines_.next();
    if (!line) return;
    take_line(*line);
  }
}

void ServerSession::take_line(const wire::Line& line) {
  if (dialogue_) return take_dialogue_line(line);
  // What a broken line says is nobody's command: two programs could read it in two ways.
  const bool broken = line.fault != wire::LineFault::None;
  Command command = parse_command(line.text);
  const bool secret = command.verb == Verb::Auth && command.argument.find(' ') != std::string::npos;
  if (broken) command = {};
  events_.push_back(CommandReceived{line.text, command.verb, secret});
  if (const std::optional<Reply> laid_ready = take_instead()) {
    events_.push_back(AnsweredInstead{});
    send_reply(*laid_ready, command.verb);
    if (command.verb == Verb::Rcpt) ++refused_recipients_;
    if (laid_ready->code() == 421) end_by_421();
    return;
  }
  if (!broken) return take_command(command);
  refuse(
      line.fault == wire::LineFault::TooLong ? replies::line_too_long() : replies::bare_line_end(),
      Verb::Unknown);
}

void ServerSession::ask(Verb verb, ServerEvent question) {
  asked_ = verb;
  events_.push_back(std::move(question));
}

// Nothing happens behind a question, so if it was not heard yet it is the last event.
void ServerSession::withdraw_question() {
  asked_.reset();
  if (!events_.empty()) events_.pop_back();
}

// An enhanced status code stands in every reply but the greeting and those to HELO and EHLO
// (RFC 2034 section 4), also in a session that began with HELO: old clients take it for text.
void ServerSession::send_reply(Reply reply, std::optional<Verb> to) {
  if (to == Verb::Helo || to == Verb::Ehlo) {
    reply.set_status(std::nullopt);
  } else if (state_ != State::Connected) {
    if (!offers(Extension::EnhancedStatusCodes)) {
      reply.set_status(std::nullopt);
    } else if (!reply.enhanced()) {
      reply.set_status(StatusDetail{0, 0});
    }
  }
  reply.append_to(output_);
  events_.push_back(ReplySent{std::move(reply), to});
}

void ServerSession::refuse(const Reply& reply, Verb to) {
  if (++errors_ < config_.limits.errors) {
    send_reply(reply, to);
    return;
  }
  give_up(replies::too_many_errors(config_.host_name), to, ServerEnded::Why::TooManyErrors);
}

void ServerSession::give_up(const Reply& reply, Verb to, ServerEnded::Why why) {
  send_reply(reply, to);
  drop_transaction(TransactionDropped::Why::Refused);
  end(why);
}

void ServerSession::drop_transaction(TransactionDropped::Why why) {
  if (has_transaction(state_)) events_.push_back(TransactionDropped{why});
  clear_transaction();
}

void ServerSession::clear_transaction() {
  envelope_ = {};
  refused_recipients_ = 0;
  content_.reset();
}

void ServerSession::move_to(State next) {
  if (next == state_) return;
  events_.push_back(StateChanged{state_, next});
  state_ = next;
}

void ServerSession::end(ServerEnded::Why why) {
  clear_transaction();
  dialogue_.reset();
  refusal_due_.reset();
  lines_.take_unread();
  move_to(State::Closed);
  events_.push_back(ServerEnded{why});
}

void ServerSession::end_if_peer_is_gone() {
  if (peer_ == Peer::Open || asked_ || state_ == State::Closed) return;
  drop_transaction(TransactionDropped::Why::ConnectionLost);
  end(ServerEnded::Why::ConnectionLost);
}

std::string_view name(TransactionDropped::Why why) {
  switch (why) {
    case TransactionDropped::Why::Rset: return "Rset";
    case TransactionDropped::Why::Hello: return "Hello";
    case TransactionDropped::Why::Quit: return "Quit";
    case TransactionDropped::Why::ConnectionLost: return "ConnectionLost";
    case TransactionDropped::Why::TimedOut: return "TimedOut";
    case TransactionDropped::Why::Refused: return "Refused";
  }
  return "";
}

std::string_view name(ServerEnded::Why why) {
  switch (why) {
    case ServerEnded::Why::Quit: return "Quit";
    case ServerEnded::Why::ConnectionLost: return "ConnectionLost";
    case ServerEnded::Why::TimedOut: return "TimedOut";
    case ServerEnded::Why::TooManyErrors: return "TooManyErrors";
    case ServerEnded::Why::TooManyCommands: return "TooManyCommands";
    case ServerEnded::Why::TooMuchInput: return "TooMuchInput";
    case ServerEnded::Why::TalkedTooEarly: return "TalkedTooEarly";
    case ServerEnded::Why::ClosedByCaller: return "ClosedByCaller";
  }
  return "";
}

}  // namespace mailwalk::smtp
