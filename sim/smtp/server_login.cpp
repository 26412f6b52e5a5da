// STARTTLS (RFC 3207) and AUTH (RFC 4954) in a server session.
#include <algorithm>
#include <cassert>
#include <utility>
#include <variant>

#include "base/one_of.hpp"
#include "smtp/server_replies.hpp"
#include "smtp/server_session.hpp"

namespace mailwalk::smtp {
namespace {

// RFC 3207 section 4: what is taken although TLS is needed first.
bool works_without_tls(Verb verb) {
  return verb == Verb::Noop || verb == Verb::Ehlo || verb == Verb::Starttls || verb == Verb::Quit ||
         verb == Verb::Unknown;
}

// RFC 4954 section 6: what is refused where somebody has to log in first. What else there is does
// nothing for anybody, or follows MAIL.
bool needs_a_login(Verb verb) {
  return verb == Verb::Mail || verb == Verb::Vrfy;
}

}  // namespace

// Why the verb is not for here and now, whatever the state.
std::optional<Reply> ServerSession::lack_of_protection(Verb verb) const {
  if (state_ == State::NoService) return std::nullopt;
  const bool in_clear = line_ == Line::Clear;
  if (verb == Verb::Starttls && !in_clear) return replies::tls_is_on();
  if (verb == Verb::Starttls && config_.tls == tls::Offer::None) return replies::not_offered();
  if (verb == Verb::Auth && config_.login.mechanisms.empty()) return replies::not_offered();
  if (config_.tls == tls::Offer::Required && in_clear && !works_without_tls(verb)) {
    return replies::needs_tls();
  }
  if (config_.login.need == ServerLogin::Need::Required && user_.empty() &&
      state_ != State::Greeted && needs_a_login(verb)) {
    return replies::needs_login();
  }
  return std::nullopt;
}

ExtensionSet ServerSession::offered_now() const {
  ExtensionSet offered = config_.extensions;
  if (config_.tls != tls::Offer::None && line_ == Line::Clear) offered.add(Extension::StartTls);
  if (!mechanisms_now().empty()) offered.add(Extension::Auth);
  return offered;
}

std::vector<sasl::Mechanism> ServerSession::mechanisms_now() const {
  if (line_ == Line::Encrypted) return config_.login.mechanisms;
  std::vector<sasl::Mechanism> now;
  if (config_.tls == tls::Offer::Required) return now;
  for (const sasl::Mechanism mechanism : config_.login.mechanisms) {
    const bool refused = config_.login.without_tls == tls::ClearTextLogin::Refused &&
                         sasl::sends_password(mechanism);
    if (!refused) now.push_back(mechanism);
  }
  return now;
}

// ---- STARTTLS --------------------------------------------------------------------------------

void ServerSession::take_starttls() {
  ask(Verb::Starttls, TlsAsked{});
}

// What stands behind STARTTLS already was said by whoever sits on the line, or by a client that
// did not wait. If it were read after the handshake, it would count as said under TLS
// (CVE-2011-0411).
void ServerSession::begin_tls() {
  lines_.take_unread();
  helo_.clear();
  user_.clear();
  protocol_ = Protocol::Smtp;
  handshake_ = Handshake::UnderWay;
  events_.push_back(TlsBegins{});
  move_to(transition(state_, Verb::Starttls).next);
}

void ServerSession::tls_established(VirtualTime now) {
  last_activity_ = now;
  handshake_ = Handshake::No;
  line_ = Line::Encrypted;
}

// ---- AUTH ------------------------------------------------------------------------------------

// auth-command = "AUTH" SP sasl-mech [SP initial-response] CRLF (RFC 4954 section 8)
void ServerSession::take_auth(std::string_view argument) {
  if (!user_.empty()) return refuse(replies::is_logged_in(), Verb::Auth);
  if (protocol_ != Protocol::Esmtp) return refuse(replies::needs_ehlo(), Verb::Auth);
  if (argument.empty()) return refuse(replies::syntax(Verb::Auth), Verb::Auth);
  const auto mechanism = sasl::ServerDialogue::mechanism_of(argument);
  const std::vector<sasl::Mechanism>& known = config_.login.mechanisms;
  const std::vector<sasl::Mechanism> usable = mechanisms_now();
  const auto stands_in = [&](const std::vector<sasl::Mechanism>& mechanisms) {
    return mechanism &&
           std::find(mechanisms.begin(), mechanisms.end(), *mechanism) != mechanisms.end();
  };
  if (stands_in(known) && !stands_in(usable)) {
    return refuse(replies::mechanism_needs_tls(), Verb::Auth);
  }
  ++dialogues_;
  dialogue_.emplace(sasl::ServerSetup{usable, config_.login.password_of, config_.host_name,
                                      config_.login.nonce + std::to_string(dialogues_)});
  lines_.set_max_octets(sasl::kDialogueLineOctets);
  go_on_with(dialogue_->begin(argument));
}

void ServerSession::take_dialogue_line(const wire::Line& line) {
  events_.push_back(CommandReceived{line.text, Verb::Auth, true});
  if (const std::optional<Reply> laid_ready = take_instead()) {
    end_dialogue();
    events_.push_back(AnsweredInstead{});
    send_reply(*laid_ready, Verb::Auth);
    if (laid_ready->code() == 421) end_by_421();
    return;
  }
  if (line.fault != wire::LineFault::None) {
    end_dialogue();
    refuse(line.fault == wire::LineFault::TooLong ? replies::line_too_long()
                                                  : replies::bare_line_end(),
           Verb::Auth);
    return;
  }
  go_on_with(dialogue_->answer(line.text));
}

void ServerSession::end_dialogue() {
  dialogue_.reset();
  lines_.set_max_octets(config_.longest_command_line());
}

void ServerSession::go_on_with(const sasl::Outcome& outcome) {
  if (const auto* challenge = std::get_if<sasl::Challenge>(&outcome)) {
    return send_reply(replies::challenge(challenge->base64), Verb::Auth);
  }
  end_dialogue();
  if (const auto* fault = std::get_if<sasl::DialogueFault>(&outcome)) return refuse_login(*fault);
  user_ = std::get<sasl::LoggedIn>(outcome).user;
  errors_ = 0;
  send_reply(replies::logged_in(), Verb::Auth);
  events_.push_back(LoggedIn{user_});
  move_to(transition(state_, Verb::Auth).next);
}

void ServerSession::refuse_login(sasl::DialogueFault fault) {
  switch (fault) {
    case sasl::DialogueFault::UnknownMechanism:
      return refuse(replies::unknown_mechanism(), Verb::Auth);
    case sasl::DialogueFault::NotBase64: return refuse(replies::not_base64(), Verb::Auth);
    case sasl::DialogueFault::Cancelled: return refuse(replies::login_cancelled(), Verb::Auth);
    case sasl::DialogueFault::NotUnderstood:
      return refuse(replies::login_not_understood(), Verb::Auth);
    case sasl::DialogueFault::Refused: break;
  }
  // The more often, the later: whoever guesses passwords has to wait for each answer.
  refusal_due_ =
      last_activity_ + config_.limits.failed_login_delay * (std::int64_t{1} << failed_logins_);
  ++failed_logins_;
}

void ServerSession::say_login_failed() {
  refusal_due_.reset();
  if (failed_logins_ < config_.limits.failed_logins) {
    return refuse(replies::bad_credentials(), Verb::Auth);
  }
  send_reply(replies::too_many_logins(config_.host_name), Verb::Auth);
  drop_transaction(TransactionDropped::Why::Refused);
  end(ServerEnded::Why::TooManyErrors);
}

}  // namespace mailwalk::smtp
