// How a device gets from the greeting into the maildrop: TLS, and one of the ways of logging in.
#include <algorithm>
#include <utility>

#include "nodes/pop3_fetch.hpp"
#include "pop3/apop.hpp"

namespace mailwalk::nodes {

using pop3::Command;

bool Pop3Fetch::wants_tls() const {
  return account_.tls == tls::Wish::Opportunistic || account_.tls == tls::Wish::Required;
}

// What the server can do is asked only where it matters: whether there is TLS, and how to log in.
void Pop3Fetch::log_in() {
  if (wants_tls() && tls_stage_ == Tls::NotYet) return send(Command::capa());
  switch (account_.login) {
    case LoginChoice::Pass: return send(Command::user(account_.user));
    case LoginChoice::Apop: return log_in_by_apop();
    case LoginChoice::Auth: return send(Command::capa());
  }
}

void Pop3Fetch::capabilities_known() {
  if (!wants_tls() || tls_stage_ != Tls::NotYet) return log_in_by_auth();
  if (session().capabilities().has(pop3::Capability::Stls)) {
    tls_stage_ = Tls::Asked;
    return send(Command::stls());
  }
  // Whoever sits on the line can take STLS out of what the server offers. Who insists on TLS says
  // nothing more then.
  if (account_.tls == tls::Wish::Required) return give_up(journal::Trouble::NoTls, "");
  tls_stage_ = Tls::Decided;
  log_in();
}

void Pop3Fetch::tls_answered(const pop3::ReplyReceived& reply) {
  if (reply.reply.is_ok()) return;  // the handshake follows
  if (account_.tls == tls::Wish::Required) {
    return give_up(journal::Trouble::ServerSaid, reply.reply.first_line());
  }
  tls_stage_ = Tls::Decided;
  log_in();
}

void Pop3Fetch::covered() {
  const bool was_asked_for = std::exchange(tls_stage_, Tls::Decided) == Tls::Asked;
  SessionConversation::covered();
  if (!was_asked_for) return;  // the greeting is still to come, or a person has typed STLS
  log_in();
  pump();
}

void Pop3Fetch::cover_failed(const std::string& why) {
  trouble_ = journal::Trouble::TlsFailed;
  reason_ = why;
  SessionConversation::cover_failed(why);
}

void Pop3Fetch::log_in_by_apop() {
  const auto digest = stamp_ ? pop3::apop_digest(*stamp_, account_.password) : std::nullopt;
  // Whoever chose APOP does not want the password on the wire: better no mail than that.
  if (!digest) return give_up(journal::Trouble::NoApop, "");
  send(Command::apop(account_.user, *digest));
}

void Pop3Fetch::log_in_by_auth() {
  const std::string words(session().capabilities().arguments(pop3::Capability::Sasl));
  const std::string wanted(name(account_.mechanism));
  if ((" " + words + " ").find(" " + wanted + " ") == std::string::npos) {
    return give_up(journal::Trouble::NoMechanism, wanted);
  }
  dialogue_.emplace(sasl::Credentials{account_.mechanism, account_.user, account_.password},
                    machine().issuer().nonce(machine().prng().next()));
  send(Command::auth(dialogue_->begin()));
}

void Pop3Fetch::auth_answered(const pop3::ReplyReceived& reply) {
  if (reply.reply.status == pop3::Status::Continue && dialogue_) {
    const std::string answer = dialogue_->answer(reply.reply.text);
    if (answer == sasl::kCancel) dialogue_.reset();  // said once, whatever the server says then
    return respond(answer);
  }
  const bool proven = dialogue_ && dialogue_->server_is_proven();
  dialogue_.reset();
  if (reply.reply.is_ok() && !proven) return give_up(journal::Trouble::ServerUnproven, "");
  logged_in_or_not(reply);
}

// A person may type this line too; whatever it is, it is one of the dialogue.
void Pop3Fetch::respond(std::string line) {
  if (typed_ && commands_ahead_ == 0) {
    displaced_ = Command::auth(line);
    line = std::string(typed_->line.view());
  } else if (commands_ahead_ > 0) {
    --commands_ahead_;
  }
  session().send_response(std::move(line), now());
}

}  // namespace mailwalk::nodes
