#include "pop3/server_session.hpp"

#include <fmt/format.h>

#include <cassert>
#include <utility>

#include "pop3/apop.hpp"

namespace mailwalk::pop3 {
namespace {

std::string fault_text(CommandFault fault, Verb verb) {
  switch (fault) {
    case CommandFault::None: break;
    case CommandFault::UnknownVerb: return "unknown command";
    case CommandFault::MissingArgument: return fmt::format("{}: argument missing", name(verb));
    case CommandFault::SurplusArgument: return fmt::format("{}: too many arguments", name(verb));
    case CommandFault::BadNumber: return fmt::format("{}: not a number", name(verb));
  }
  return {};
}

Reply refusal(LoginRefusal why) {
  switch (why) {
    case LoginRefusal::BadCredentials:
      return err("wrong user name or password", ResponseCode::Auth);
    case LoginRefusal::InUse:
      return err("maildrop is locked by another session", ResponseCode::InUse);
    case LoginRefusal::Temporary:
      return err("maildrop is not available now", ResponseCode::SysTemp);
    case LoginRefusal::Permanent: return err("maildrop cannot be opened", ResponseCode::SysPerm);
  }
  return err("login refused");
}

}  // namespace

ServerSession::ServerSession(ServerConfig config)
    : config_(std::move(config)),
      reader_(config_.limits.command_line_octets),
      cover_(config_.cover) {
  if (config_.offers.apop && apop_available()) {
    stamp_ = make_stamp(config_.stamp_serial, config_.stamp_drawn, config_.host_name);
  }
}

// ---- What comes from outside -----------------------------------------------------------------

void ServerSession::start(VirtualTime now) {
  assert(state_ == State::Connected);
  last_activity_ = now;
  if (config_.refusal) {
    send(*config_.refusal, std::nullopt);
    return give_up(Occasion::Cut, EndReason::Refused);
  }
  std::string greeting = config_.host_name + " POP3 server ready";
  if (!stamp_.empty()) greeting += " " + stamp_;
  send(ok(std::move(greeting)), std::nullopt);
  change_state(*state_after(state_, Occasion::Greeting));
}

void ServerSession::receive(std::string_view bytes, VirtualTime now) {
  assert(state_ != State::Connected);
  if (input_ended_ || state_ == State::Update || state_ == State::Closed) return;
  last_activity_ = now;
  reader_.feed(bytes);
  work();
}

void ServerSession::peer_closed(VirtualTime now) {
  last_activity_ = now;
  input_ended_ = true;
  work();
}

void ServerSession::output_moved(VirtualTime now) {
  last_activity_ = now;
}

std::optional<VirtualTime> ServerSession::deadline() const {
  if (question_ != Question::None) return std::nullopt;
  if (refusal_due_) return refusal_due_;
  if (state_ == State::Authorization) return last_activity_ + config_.limits.idle_before_login;
  if (state_ == State::Transaction) return last_activity_ + config_.limits.idle_after_login;
  return std::nullopt;
}

void ServerSession::time_passed(VirtualTime now) {
  const auto due = deadline();
  if (!due || now < *due) return;
  if (refusal_due_) {
    last_activity_ = now;
    say_login_failed();
    return work();
  }
  // After login a client gets no reply: RFC 1939 section 3 wants the connection closed, no more.
  if (state_ == State::Authorization) send(err("idle for too long"), std::nullopt);
  give_up(Occasion::Idle, EndReason::TimedOut);
}

std::optional<ServerEvent> ServerSession::next_event() {
  if (events_.empty()) return std::nullopt;
  std::optional<ServerEvent> event(std::move(events_.front()));
  events_.pop_front();
  return event;
}

std::string ServerSession::take_output() {
  std::string taken = std::exchange(output_, {});
  work();
  return taken;
}

std::vector<Verb> ServerSession::legal_now() const {
  std::vector<Verb> verbs;
  for (const Verb verb : legal_verbs(state_)) {
    if (offered(verb) && has(find_transition(state_, verb)->needs)) verbs.push_back(verb);
  }
  return verbs;
}

// ---- From lines to commands ------------------------------------------------------------------

bool ServerSession::may_work() const {
  return question_ == Question::None && !refusal_due_ && handshake_ == Handshake::No &&
         output_.size() < config_.limits.pending_output_octets &&
         (state_ == State::Authorization || state_ == State::Transaction);
}

void ServerSession::work() {
  while (may_work()) {
    const std::optional<wire::Line> line = reader_.next();
    if (!line) {
      if (input_ended_) return give_up(Occasion::Cut, EndReason::ConnectionLost);
      if (reader_.unfinished_octets() <= config_.limits.pending_input_octets) return;
      send(err("this line never ends"), std::nullopt);
      return give_up(Occasion::Cut, EndReason::Flooded);
    }
    handle(*line);
  }
  if (state_ == State::Update || state_ == State::Closed) return;
  if (reader_.buffered() > config_.limits.pending_input_octets) {
    send(err("too many commands at once"), std::nullopt);
    give_up(Occasion::Cut, EndReason::Flooded);
  }
}

void ServerSession::handle(const wire::Line& line) {
  if (dialogue_) return handle_dialogue_line(line);
  const ParsedCommand parsed = parse_command(line.text);
  current_ = parsed.command.verb;
  events_.push_back(CommandReceived{line.text, current_, is_secret(current_)});
  if (state_ == State::Authorization &&
      ++commands_before_login_ > config_.limits.commands_before_login) {
    send(err("too many commands before login"), current_);
    return give_up(Occasion::Cut, EndReason::Flooded);
  }
  if (auto laid_ready = take_instead()) {
    events_.push_back(AnsweredInstead{});
    answer(std::move(*laid_ready));
  } else if (auto why = objection(line, parsed)) {
    answer(err(std::move(*why)));
  } else {
    execute(parsed.command);
  }
}

std::optional<std::string> ServerSession::objection(const wire::Line& line,
                                                    const ParsedCommand& parsed) const {
  if (line.fault == wire::LineFault::TooLong) {
    return fmt::format("line is longer than {} octets", config_.limits.command_line_octets);
  }
  if (line.fault != wire::LineFault::None) return "CR or LF alone is no line end";
  const Verb verb = parsed.command.verb;
  if (verb == Verb::Unknown) return fault_text(parsed.fault, verb);
  if (!offered(verb)) return fmt::format("{} is not offered here", name(verb));
  const Transition* transition = find_transition(state_, verb);
  if (transition == nullptr) {
    return state_ == State::Authorization ? "log in first" : "already logged in";
  }
  if (!has(transition->needs)) return "USER comes first";
  if (parsed.fault != CommandFault::None) return fault_text(parsed.fault, verb);
  return lack_of_protection(parsed.command);
}

bool ServerSession::offered(Verb verb) const {
  switch (verb) {
    case Verb::User:
    case Verb::Pass: return config_.offers.user;
    case Verb::Apop: return !stamp_.empty();
    case Verb::Top: return config_.offers.top;
    case Verb::Uidl: return config_.offers.uidl;
    case Verb::Capa: return config_.offers.capa;
    case Verb::Stls: return config_.tls != tls::Offer::None;
    case Verb::Auth: return !config_.login.mechanisms.empty();
    default: return true;
  }
}

bool ServerSession::has(Needs needs) const {
  switch (needs) {
    case Needs::Nothing: return true;
    case Needs::UserName: return user_name_.has_value();
    case Needs::Stamp: return !stamp_.empty();
  }
  return false;
}

// REQUIRES that there is no objection.
void ServerSession::execute(const Command& command) {
  switch (command.verb) {
    case Verb::User:
      // The same whether the user exists or not: who asks must not learn it from this.
      user_name_ = command.name;
      return answer(ok("now PASS"));
    case Verb::Pass:
    case Verb::Apop: return ask_login(command);
    case Verb::Stat: return stat();
    case Verb::List: return list(command);
    case Verb::Uidl: return uidl(command);
    case Verb::Retr: return retr(command);
    case Verb::Top: return top(command);
    case Verb::Dele: return dele(command);
    case Verb::Noop: return answer(ok("nothing done"));
    case Verb::Rset: return rset();
    case Verb::Quit: return quit();
    case Verb::Stls: return stls();
    case Verb::Auth: return auth(command);
    case Verb::Capa: return answer(ok("what this server can do", capabilities().content()));
    case Verb::Unknown: break;
  }
  assert(false);
}

void ServerSession::answer_instead(std::uint32_t commands_ahead, Reply reply) {
  assert(!reply.is_ok());
  instead_ = {commands_ahead, std::move(reply)};
}

std::optional<Reply> ServerSession::take_instead() {
  if (!instead_ || instead_->commands_ahead-- > 0) return std::nullopt;
  return std::move(std::exchange(instead_, std::nullopt)->reply);
}

// ---- AUTHORIZATION ---------------------------------------------------------------------------

void ServerSession::ask_login(const Command& command) {
  LoginAsked asked;
  if (command.verb == Verb::Apop) {
    asked.method = LoginMethod::Apop;
    asked.user = command.name;
    asked.stamp = stamp_;
  } else {
    asked.user = *std::exchange(user_name_, std::nullopt);  // a second PASS needs a second USER
  }
  asked.secret = command.secret;
  question_ = Question::Login;
  events_.push_back(std::move(asked));
}

void ServerSession::open(std::vector<MaildropMessage> messages) {
  assert(question_ == Question::Login);
  question_ = Question::None;
  maildrop_ = SessionMaildrop(std::move(messages));
  answer(ok(maildrop_.summary()));
  work();
}

void ServerSession::refuse_login(LoginRefusal why) {
  assert(question_ == Question::Login);
  question_ = Question::None;
  // Where passwords can be tried out by AUTH, PASS and APOP are no faster.
  if (why == LoginRefusal::BadCredentials && !config_.login.mechanisms.empty()) {
    return login_failed();
  }
  answer(refusal(why));
  work();
}

Capabilities ServerSession::capabilities() const {
  const Offers& offers = config_.offers;
  Capabilities capabilities;
  if (offers.top) capabilities.add(Capability::Top);
  if (offers.uidl) capabilities.add(Capability::Uidl);
  if (offers.user && takes_passwords()) capabilities.add(Capability::User);
  if (const auto mechanisms = mechanisms_now(); !mechanisms.empty()) {
    std::string words;
    for (const sasl::Mechanism mechanism : mechanisms) {
      words += (words.empty() ? "" : " ") + std::string(name(mechanism));
    }
    capabilities.add(Capability::Sasl, words);
  }
  if (config_.tls != tls::Offer::None && cover_ == LineCover::Clear) {
    capabilities.add(Capability::Stls);
  }
  if (offers.resp_codes) capabilities.add(Capability::RespCodes);
  if (offers.resp_codes && offers.auth_resp_code) capabilities.add(Capability::AuthRespCode);
  if (offers.pipelining) capabilities.add(Capability::Pipelining);
  capabilities.add(Capability::Expire, "NEVER");
  if (!config_.implementation.empty()) {
    capabilities.add(Capability::Implementation, config_.implementation);
  }
  return capabilities;
}

// ---- The end ---------------------------------------------------------------------------------

void ServerSession::quit() {
  if (state_ == State::Authorization) {
    answer(ok("bye"));
    return end(EndReason::Quit);
  }
  change_state(find_transition(state_, Verb::Quit)->to);
  question_ = Question::Update;
  events_.push_back(UpdateAsked{maildrop_.marked_uids()});
}

void ServerSession::update_done(UpdateResult result) {
  assert(question_ == Question::Update);
  question_ = Question::None;
  send(result == UpdateResult::AllRemoved ? ok("bye") : err("some deleted messages not removed"),
       Verb::Quit);
  change_state(*state_after(state_, Occasion::UpdateDone));
  end(EndReason::Quit);
}

// No UPDATE: whatever was marked stays.
void ServerSession::give_up(Occasion occasion, EndReason why) {
  question_ = Question::None;
  unmark(UnmarkReason::SessionLost);
  change_state(*state_after(state_, occasion));
  end(why);
}

void ServerSession::end(EndReason why) {
  reader_.take_unread();
  dialogue_.reset();
  refusal_due_.reset();
  maildrop_ = {};
  events_.push_back(Ended{why});
}

// ---- Replies and states ----------------------------------------------------------------------

// The reply to the current command, and where it leads.
void ServerSession::answer(Reply reply) {
  const bool accepted = reply.is_ok();
  send(std::move(reply), current_);
  if (accepted) return change_state(find_transition(state_, current_)->to);
  if (state_ != State::Authorization) return;
  if (++errors_before_login_ >= config_.limits.errors_before_login) {
    give_up(Occasion::Cut, EndReason::TooManyErrors);
  }
}

void ServerSession::send(Reply reply, std::optional<Verb> to) {
  // A client reads a bracket as a code only if the server announced that it sends codes (RFC 2449
  // section 6.4, RFC 3206 section 6).
  const Offers& offers = config_.offers;
  const bool codes_announced =
      offers.resp_codes && (reply.code != ResponseCode::Auth || offers.auth_resp_code);
  if (!codes_announced) reply.code.reset();
  std::string wire = reply.to_wire();
  const std::size_t octets = wire.size();
  if (output_.empty()) {
    output_ = std::move(wire);  // a large message is not copied once more
  } else {
    output_ += wire;
  }
  events_.push_back(ReplySent{std::move(reply), to, octets});
}

void ServerSession::change_state(State to) {
  if (to == state_) return;
  events_.push_back(StateChanged{state_, to});
  state_ = to;
}

}  // namespace mailwalk::pop3
