#include "smtp/client_session.hpp"

#include <fmt/format.h>

#include <cassert>
#include <utility>

#include "wire/dot_codec.hpp"

namespace mailwalk::smtp {

namespace {

// "the greeting", "the reply to RCPT": for diagnostics.
std::string awaited_text(std::optional<Verb> awaited) {
  if (!awaited) return "the greeting";
  if (*awaited == Verb::EndOfData) return "the reply to the end of data";
  return fmt::format("the reply to {}", name(*awaited));
}

// 354 answers DATA and nothing else does. AUTH is answered by 334 until it is decided; nothing else
// is answered by 3xx.
bool fits(const Reply& reply, std::optional<Verb> to) {
  if (!reply.is_positive() || to == Verb::Auth) return true;
  return reply.is_intermediate() == (to == Verb::Data);
}

}  // namespace

ClientSession::ClientSession(ClientConfig config)
    : config_(std::move(config)),
      protection_(config_.tls == tls::Wish::Implicit ? Protection::Encrypted : Protection::None),
      replies_(config_.limits) {}

void ClientSession::start(VirtualTime now) {
  assert(state_ == State::Connected && !deadline_);
  deadline_ = now + config_.timeouts.greeting;
}

void ClientSession::receive(std::string_view bytes, VirtualTime now) {
  if (state_ == State::Closed) return;
  replies_.feed(bytes);
  while (state_ != State::Closed) {
    const std::optional<Reply> reply = replies_.next();
    if (!reply) break;
    take_reply(*reply, now);
  }
  if (state_ != State::Closed && replies_.fault() != ReplyReader::Fault::None) {
    end_without_reply(ClientEnded::Why::ProtocolError,
                      Reply(451, {5, 0},
                            fmt::format("The server does not speak SMTP, {}: {}",
                                        explain(replies_.fault()), replies_.fault_line())));
  }
}

void ClientSession::peer_closed(VirtualTime /*now*/) {
  if (state_ == State::Closed) return;
  if (awaited() == Verb::Quit) return end_by_quit();
  if (protection_ == Protection::HandshakeUnderWay) return tls_failed("connection lost");
  end_without_reply(
      ClientEnded::Why::ConnectionLost,
      Reply(451, {4, 2},
            fmt::format("Connection lost while waiting for {}", awaited_text(awaited()))));
}

void ClientSession::time_passed(VirtualTime now) {
  if (!deadline_ || now < *deadline_) return;
  if (protection_ == Protection::HandshakeUnderWay) return tls_failed("timed out");
  end_without_reply(
      ClientEnded::Why::TimedOut,
      Reply(451, {4, 2}, fmt::format("Timed out while waiting for {}", awaited_text(awaited()))));
}

void ClientSession::send_mail(mail::Envelope envelope, Bytes content, VirtualTime now) {
  assert(!envelope.recipients.empty());
  assert(state_ != State::Closed && quit_wish_ == QuitWish::No);
  if (refusal_) {
    finish_mail(finished_with(envelope, *refusal_));
    return;
  }
  mails_.push_back(make_outgoing(std::move(envelope), std::move(content)));
  go_on(now);
}

void ClientSession::quit(VirtualTime now) {
  quit_wish_ = QuitWish::AfterMails;
  go_on(now);
}

void ClientSession::output_waits(std::size_t octets, VirtualTime now) {
  if (in_flight_.empty()) return;
  const bool content_waits = octets > 0 && awaited() == Verb::EndOfData;
  deadline_ = now + (content_waits ? config_.timeouts.data_block : *time_allowed());
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

void ClientSession::take_reply(const Reply& reply, VirtualTime now) {
  const bool is_greeting = state_ == State::Connected;
  const std::optional<Verb> to = is_greeting ? std::nullopt : awaited();
  events_.push_back(ReplyReceived{reply, to});
  if ((is_greeting || to) && !fits(reply, to)) {
    end_without_reply(
        ClientEnded::Why::ProtocolError,
        Reply(451, {5, 0},
              fmt::format("Not to be expected as {}: {}", awaited_text(to), reply.text())));
  } else if (is_greeting) {
    take_greeting(reply);
  } else if (!to) {
    take_unasked(reply);
  } else {
    take_awaited(reply);
  }
  if (state_ == State::Closed) return;
  deadline_.reset();
  go_on(now);
}

void ClientSession::take_awaited(const Reply& reply) {
  const InFlight command = in_flight_.front();
  in_flight_.pop_front();
  if (command.by == CommandSent::By::Person) return take_typed_reply(command.verb, reply);
  switch (command.verb) {
    case Verb::Ehlo:
    case Verb::Helo: return take_hello_reply(command.verb, reply);
    case Verb::Starttls: return take_starttls_reply(reply);
    case Verb::Auth: return take_auth_reply(reply);
    case Verb::Quit: return end_by_quit();
    default: return take_transaction_reply(command, reply);
  }
}

void ClientSession::take_greeting(const Reply& reply) {
  if (reply.is_completion()) {
    move_to(State::Greeted);
    send_command(Verb::Ehlo, "EHLO " + config_.helo_name);
  } else {
    refused(reply, std::nullopt);
  }
}

void ClientSession::take_hello_reply(Verb verb, const Reply& reply) {
  if (reply.is_completion()) {
    if (verb == Verb::Ehlo) offered_ = parse_offered(reply.lines());
    move_to(transition(state_, verb).next);
  } else if (verb == Verb::Ehlo && reply.is_permanent()) {
    send_command(Verb::Helo, "HELO " + config_.helo_name);  // RFC 5321 section 3.2
  } else {
    refused(reply, verb);
  }
}

void ClientSession::take_transaction_reply(const InFlight& command, const Reply& reply) {
  transaction_->take_reply(command.verb, command.recipient, reply);
  if (reply.code() == 421) {
    end_by_421(reply, command.verb);
    return;
  }
  if (command.verb == Verb::EndOfData) {
    move_to(State::Ready);  // whatever the reply
  } else if (reply.is_intermediate()) {
    move_to(State::Data);  // even where the table has no such move: the server waits for content
    send_content();
  } else if (reply.is_completion() && is_allowed(state_, command.verb)) {
    move_to(transition(state_, command.verb).next);
  }
  if (in_flight_.empty() && transaction_->is_decided()) finish_mail(transaction_->result());
}

void ClientSession::take_unasked(const Reply& reply) {
  if (reply.code() == 421) {  // may be said at any time (RFC 5321 section 4.2.3)
    end_by_421(reply, std::nullopt);
    return;
  }
  end_without_reply(ClientEnded::Why::ProtocolError,
                    Reply(451, {5, 0}, "A reply that nobody asked for: " + reply.text()));
}

void ClientSession::end_by_quit() {
  abandon_mails({Outcome::Deferred, NextHost::Ask,
                 Reply(451, {4, 0}, "The session was ended before the mail was sent"),
                 SaidBy::Client, std::nullopt});
  end(ClientEnded::Why::Quit);
}

// Sends all that may be sent now, and sets the clock for the oldest command without reply.
void ClientSession::go_on(VirtualTime now) {
  if (state_ == State::Connected || state_ == State::Closed) return;
  if (protection_ == Protection::HandshakeUnderWay) {
    if (!deadline_) deadline_ = now + config_.timeouts.other;
    return;
  }
  while (send_next()) {
  }
  if (!deadline_ && !in_flight_.empty()) deadline_ = now + *time_allowed();
}

// One command, or one mail that needs none. False if there is nothing to do now.
bool ClientSession::send_next() {
  if (in_flight_.size() >= window() || displaced_) return false;
  if (transaction_) {
    std::optional<ClientTransaction::Next> next = transaction_->next_command();
    if (!next) return false;
    send_command(next->verb, std::move(next->line), next->recipient);
    return true;
  }
  if (!in_flight_.empty()) return false;  // EHLO, STARTTLS, AUTH or QUIT
  if (!refusal_ && prepare()) return true;
  if (!mails_.empty()) {
    begin_next_mail();
    return true;
  }
  if (!refusal_ && quit_wish_ == QuitWish::No) return false;
  send_command(Verb::Quit, "QUIT");
  return true;
}

void ClientSession::begin_next_mail() {
  OutgoingMail mail = std::move(mails_.front());
  mails_.pop_front();
  if (refusal_) {
    finish_mail(finished_with(mail.envelope, *refusal_));
    return;
  }
  if (const auto reason = reason_not_to_send(mail, offered_, config_.content_rules)) {
    finish_mail(finished_with(
        mail.envelope, {Outcome::Failed, NextHost::DoNotAsk, *reason, SaidBy::Client, Verb::Mail}));
    return;
  }
  const auto start =
      state_ == State::Ready ? ClientTransaction::Start::Clean : ClientTransaction::Start::WithRset;
  transaction_.emplace(std::move(mail), offered_, start);
}

void ClientSession::send_command(Verb verb, std::string line, std::size_t recipient) {
  if (in_flight_.empty()) planned_ = state_;
  if (typed_ && send_typed({verb, line, recipient})) return;
  assert(is_allowed(planned_, verb));
  planned_ = transition(planned_, verb).next;
  put_out(verb, std::move(line), recipient, CommandSent::By::Session);
}

void ClientSession::put_out(Verb verb, std::string line, std::size_t recipient,
                            CommandSent::By by) {
  output_ += line;
  output_ += "\r\n";
  in_flight_.push_back({verb, recipient, by});
  const bool secret = verb == Verb::Auth && (dialogue_ || line.find(' ') != line.rfind(' '));
  events_.push_back(CommandSent{std::move(line), verb, by, secret});
}

void ClientSession::send_content() {
  assert(in_flight_.empty());  // DATA ends its group
  std::size_t octets = 0;
  if (transaction_->has_receivers()) {
    octets = transaction_->mail().size_bytes;
    output_ += wire::dot_encode(transaction_->mail().content.view());
  } else {
    output_ += ".\r\n";
  }
  in_flight_.push_back({Verb::EndOfData, 0});
  events_.push_back(ContentSent{octets});
}

std::size_t ClientSession::window() const {
  const bool in_groups = config_.pipelining == PipeliningWish::WhenOffered &&
                         offered_.known.has(Extension::Pipelining);
  return in_groups ? config_.limits.commands_in_flight : 1;
}

// By the greeting, or to EHLO and HELO: says nothing about the mails, so another host may take
// them.
void ClientSession::refused(const Reply& reply, std::optional<Verb> at) {
  refusal_ = Verdict{reply.is_permanent() ? Outcome::Failed : Outcome::Deferred, NextHost::Ask,
                     reply, SaidBy::Server, at};
  if (reply.code() == 421) {
    abandon_mails(*refusal_);
    end(ClientEnded::Why::Refused, reply, reply.text());
  } else if (state_ == State::Connected) {
    move_to(State::NoService);
  }
}

void ClientSession::finish_mail(MailFinished result) {
  transaction_.reset();
  events_.push_back(std::move(result));
}

// The line is gone, or as good as gone. Behind the end of data the mail has most likely arrived,
// and another host would surely make it arrive twice: the same one is tried again later.
void ClientSession::end_without_reply(ClientEnded::Why why, const Reply& reply) {
  const bool content_sent = awaited() == Verb::EndOfData && transaction_->has_receivers();
  abandon_mails({Outcome::Deferred, content_sent ? NextHost::DoNotAsk : NextHost::Ask, reply,
                 SaidBy::Client, awaited()});
  end(why, std::nullopt, reply.lines().front());
}

void ClientSession::end_by_421(const Reply& reply, std::optional<Verb> at) {
  abandon_mails({Outcome::Deferred, NextHost::Ask, reply, SaidBy::Server, at});
  end(ClientEnded::Why::ServiceClosed, reply, reply.text());
}

void ClientSession::abandon_mails(const Verdict& current) {
  if (transaction_) {
    transaction_->abandon(current);
    finish_mail(transaction_->result());
  }
  Verdict others = current;
  others.next_host = NextHost::Ask;
  if (state_ != State::Connected && state_ != State::Greeted) others.at.reset();
  for (const OutgoingMail& mail : std::exchange(mails_, {})) {
    finish_mail(finished_with(mail.envelope, others));
  }
}

void ClientSession::end(ClientEnded::Why why, std::optional<Reply> reply, std::string detail) {
  if (refusal_) {
    why = ClientEnded::Why::Refused;
    reply = refusal_->reply;
    detail = reply->text();
  }
  in_flight_.clear();
  deadline_.reset();
  move_to(State::Closed);
  events_.push_back(ClientEnded{why, std::move(reply), std::move(detail)});
}

void ClientSession::move_to(State next) {
  if (next == state_) return;
  events_.push_back(StateChanged{state_, next});
  state_ = next;
}

std::optional<Verb> ClientSession::awaited() const {
  if (in_flight_.empty()) return std::nullopt;
  return in_flight_.front().verb;
}

std::optional<Duration> ClientSession::time_allowed() const {
  const ClientTimeouts& timeouts = config_.timeouts;
  if (state_ == State::Connected) return timeouts.greeting;
  if (in_flight_.empty()) return std::nullopt;
  switch (in_flight_.front().verb) {
    case Verb::Helo:
    case Verb::Ehlo: return timeouts.hello;
    case Verb::Mail: return timeouts.mail;
    case Verb::Rcpt: return timeouts.rcpt;
    case Verb::Data: return timeouts.data;
    case Verb::EndOfData: return timeouts.end_of_data;
    default: return timeouts.other;
  }
}

std::string_view name(Outcome outcome) {
  switch (outcome) {
    case Outcome::Delivered: return "Delivered";
    case Outcome::Deferred: return "Deferred";
    case Outcome::Failed: return "Failed";
  }
  return "";
}

std::string_view name(ClientEnded::Why why) {
  switch (why) {
    case ClientEnded::Why::Quit: return "Quit";
    case ClientEnded::Why::ConnectionLost: return "ConnectionLost";
    case ClientEnded::Why::TimedOut: return "TimedOut";
    case ClientEnded::Why::Refused: return "Refused";
    case ClientEnded::Why::ServiceClosed: return "ServiceClosed";
    case ClientEnded::Why::ProtocolError: return "ProtocolError";
  }
  return "";
}

}  // namespace mailwalk::smtp
