// STLS (RFC 2595) and AUTH (RFC 5034) in a server session.
#include <algorithm>
#include <cassert>
#include <utility>
#include <variant>

#include "pop3/server_session.hpp"

namespace mailwalk::pop3 {
namespace {

constexpr std::string_view kNeedsTls = "give STLS first: this line is not encrypted";

std::string fault_text_of_login(sasl::DialogueFault fault) {
  switch (fault) {
    case sasl::DialogueFault::UnknownMechanism: return "mechanism not supported";
    case sasl::DialogueFault::NotBase64: return "that is no Base64";
    case sasl::DialogueFault::Cancelled: return "login cancelled";
    case sasl::DialogueFault::NotUnderstood: return "the mechanism does not say it so";
    case sasl::DialogueFault::Refused: break;  // told later, and in other words
  }
  return {};
}

}  // namespace

bool ServerSession::takes_passwords() const {
  return cover_ == LineCover::Encrypted ||
         (config_.clear_text_login == tls::ClearTextLogin::Allowed &&
          config_.tls != tls::Offer::Required);
}

std::vector<sasl::Mechanism> ServerSession::mechanisms_now() const {
  std::vector<sasl::Mechanism> now;
  if (config_.tls == tls::Offer::Required && cover_ == LineCover::Clear) return now;
  for (const sasl::Mechanism mechanism : config_.login.mechanisms) {
    if (takes_passwords() || !sasl::sends_password(mechanism)) now.push_back(mechanism);
  }
  return now;
}

// Why the command is not for a line like this one. REQUIRES that it fits the state.
std::optional<std::string> ServerSession::lack_of_protection(const Command& command) const {
  if (command.verb == Verb::Stls && cover_ == LineCover::Encrypted) return "TLS is on already";
  if (cover_ == LineCover::Encrypted || state_ != State::Authorization) return std::nullopt;
  switch (command.verb) {
    case Verb::User:
    case Verb::Pass:
      if (!takes_passwords()) return std::string(kNeedsTls);
      break;
    case Verb::Apop:
      if (config_.tls == tls::Offer::Required) return std::string(kNeedsTls);
      break;
    case Verb::Auth: {
      const auto mechanism = sasl::ServerDialogue::mechanism_of(command.secret);
      const auto stands_in = [&](const std::vector<sasl::Mechanism>& mechanisms) {
        return mechanism &&
               std::find(mechanisms.begin(), mechanisms.end(), *mechanism) != mechanisms.end();
      };
      if (stands_in(config_.login.mechanisms) && !stands_in(mechanisms_now())) {
        return std::string(kNeedsTls);
      }
      break;
    }
    default: break;
  }
  return std::nullopt;
}

// ---- STLS ------------------------------------------------------------------------------------

// What stands behind STLS already is dropped: read after the handshake, it would count as said
// under TLS, whoever said it (CVE-2011-0411).
void ServerSession::stls() {
  answer(ok("begin TLS now"));
  reader_.take_unread();
  user_name_.reset();
  handshake_ = Handshake::UnderWay;
  events_.push_back(TlsBegins{});
}

void ServerSession::tls_established(VirtualTime now) {
  last_activity_ = now;
  handshake_ = Handshake::No;
  cover_ = LineCover::Encrypted;
}

// ---- AUTH ------------------------------------------------------------------------------------

void ServerSession::auth(const Command& command) {
  ++dialogues_;
  dialogue_.emplace(sasl::ServerSetup{mechanisms_now(), config_.login.password_of,
                                      config_.host_name,
                                      config_.login.nonce + std::to_string(dialogues_)});
  reader_.set_max_octets(sasl::kDialogueLineOctets);
  go_on_with(dialogue_->begin(command.secret));
}

void ServerSession::handle_dialogue_line(const wire::Line& line) {
  current_ = Verb::Auth;
  events_.push_back(CommandReceived{line.text, current_, true});
  if (auto laid_ready = take_instead()) {
    end_dialogue();
    events_.push_back(AnsweredInstead{});
    return answer(std::move(*laid_ready));
  }
  if (line.fault != wire::LineFault::None) {
    end_dialogue();
    return answer(err(line.fault == wire::LineFault::TooLong ? "line is too long"
                                                             : "CR or LF alone is no line end"));
  }
  go_on_with(dialogue_->answer(line.text));
}

void ServerSession::end_dialogue() {
  dialogue_.reset();
  reader_.set_max_octets(config_.limits.command_line_octets);
}

void ServerSession::go_on_with(const sasl::Outcome& outcome) {
  if (const auto* challenge = std::get_if<sasl::Challenge>(&outcome)) {
    return send(pop3::go_on(challenge->base64), Verb::Auth);
  }
  end_dialogue();
  if (const auto* fault = std::get_if<sasl::DialogueFault>(&outcome)) {
    if (*fault == sasl::DialogueFault::Refused) return login_failed();
    return answer(err(fault_text_of_login(*fault)));
  }
  LoginAsked asked;
  asked.user = std::get<sasl::LoggedIn>(outcome).user;
  asked.method = LoginMethod::Auth;
  question_ = Question::Login;
  events_.push_back(std::move(asked));
}

// The more often, the later: whoever guesses passwords has to wait for each answer.
void ServerSession::login_failed() {
  refusal_due_ =
      last_activity_ + config_.limits.failed_login_delay * (std::int64_t{1} << failed_logins_);
  ++failed_logins_;
}

void ServerSession::say_login_failed() {
  refusal_due_.reset();
  if (failed_logins_ < config_.limits.failed_logins) {
    return answer(err("wrong user name or password", ResponseCode::Auth));
  }
  send(err("too many failed logins", ResponseCode::Auth), current_);
  give_up(Occasion::Cut, EndReason::TooManyErrors);
}

}  // namespace mailwalk::pop3
