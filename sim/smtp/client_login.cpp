// STARTTLS (RFC 3207) and AUTH (RFC 4954) in a client session.
#include <algorithm>
#include <utility>

#include "smtp/client_session.hpp"

namespace mailwalk::smtp {

bool ClientSession::prepare() {
  if (state_ == State::NoService) return false;
  return start_tls() || (!refusal_ && log_in());
}

// Whoever sits on the line can take STARTTLS out of what the server offers. Who insists on TLS goes
// no further then; who does not says everything in the clear, the password too.
bool ClientSession::start_tls() {
  if (protection_ == Protection::Encrypted || config_.tls == tls::Wish::Never) return false;
  if (offered_.known.has(Extension::StartTls) && starttls_ == Attempt::NotYet) {
    starttls_ = Attempt::Made;
    send_command(Verb::Starttls, "STARTTLS");
    return true;
  }
  if (config_.tls == tls::Wish::Required) {
    go_no_further({451, {7, 10}, "The server does not offer TLS, and without it nothing is said"},
                  Verb::Ehlo);
  }
  return false;
}

void ClientSession::take_starttls_reply(const Reply& reply) {
  if (reply.is_completion()) return begin_tls();
  if (reply.code() == 421) return end_by_421(reply, Verb::Starttls);
  if (config_.tls == tls::Wish::Required) refused(reply, Verb::Starttls);
}

// What the server has said behind its 220 was not said under TLS, and maybe not by the server.
void ClientSession::begin_tls() {
  replies_ = ReplyReader(config_.limits);
  offered_ = {};
  protection_ = Protection::HandshakeUnderWay;
  events_.push_back(ClientTlsBegins{});
  move_to(transition(state_, Verb::Starttls).next);
}

void ClientSession::tls_established(VirtualTime now) {
  if (state_ == State::Closed) return;
  protection_ = Protection::Encrypted;
  deadline_.reset();
  send_command(Verb::Ehlo, "EHLO " + config_.helo_name);
  go_on(now);
}

void ClientSession::tls_failed(const std::string& why) {
  if (state_ == State::Closed) return;
  end_without_reply(ClientEnded::Why::ProtocolError, Reply(451, {7, 5}, "TLS failed: " + why));
}

bool ClientSession::log_in() {
  if (!config_.login || login_ == Attempt::Made) return false;
  login_ = Attempt::Made;
  const auto& offered = offered_.mechanisms;
  const sasl::Mechanism mechanism = config_.login->mechanism;
  if (std::find(offered.begin(), offered.end(), mechanism) == offered.end()) {
    go_no_further({451, {7, 4}, "The server does not offer " + std::string(name(mechanism))},
                  Verb::Ehlo);
    return false;
  }
  sasl::ClientDialogue dialogue(*config_.login, config_.nonce);
  const std::string argument = dialogue.begin();
  send_command(Verb::Auth, "AUTH " + argument);
  dialogue_.emplace(std::move(dialogue));
  return true;
}

void ClientSession::take_auth_reply(const Reply& reply) {
  if (reply.is_intermediate() && dialogue_) {
    // 334's text is what the mechanism says, and nothing else.
    const std::string answer = dialogue_->answer(reply.lines().front());
    if (answer == sasl::kCancel) dialogue_.reset();  // said once, whatever the server says then
    return send_command(Verb::Auth, answer);
  }
  const bool proven = dialogue_ && dialogue_->server_is_proven();
  dialogue_.reset();
  if (reply.code() == 421) return end_by_421(reply, Verb::Auth);
  if (!reply.is_completion()) return refused(reply, Verb::Auth);
  if (!proven) {
    go_no_further({451, {7, 8}, "The server did not prove that it knows the password"}, Verb::Auth);
  }
}

// Our own doing: the mails are kept, and may go another time, or to another host.
void ClientSession::go_no_further(const Reply& reply, Verb at) {
  refusal_ = Verdict{Outcome::Deferred, NextHost::Ask, reply, SaidBy::Client, at};
}

}  // namespace mailwalk::smtp
