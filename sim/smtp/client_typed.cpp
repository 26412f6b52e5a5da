// What a person types in the place of the client session's own commands.
#include <cassert>
#include <utility>
#include <variant>

#include "smtp/client_session.hpp"

namespace mailwalk::smtp {

void ClientSession::type_instead(std::uint32_t commands_ahead, std::string line) {
  assert(line.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
  typed_ = {commands_ahead, std::move(line)};
}

bool ClientSession::send_typed(const ClientTransaction::Next& next) {
  if (typed_->commands_ahead > 0) {
    --typed_->commands_ahead;
    return false;
  }
  // Within a dialogue every line is a line of it.
  const Verb verb = dialogue_ ? Verb::Auth : parse_command(typed_->line).verb;
  if (verb == Verb::Data && next.verb != Verb::Data) return false;
  const std::string line = std::exchange(typed_, std::nullopt)->line;
  if (verb == next.verb) {
    planned_ = transition(planned_, verb).next;
    put_out(verb, line, next.recipient, CommandSent::By::Session);
  } else {
    displaced_ = next;
    put_out(verb, line, 0, CommandSent::By::Person);
  }
  std::get<CommandSent>(events_.back()).by = CommandSent::By::Person;
  return true;
}

// The reply to a command that the session would not have sent now.
void ClientSession::take_typed_reply(Verb verb, const Reply& reply) {
  if (reply.code() == 421) return end_by_421(reply, verb);
  if (verb == Verb::Quit) return end_by_quit();
  if (verb == Verb::Auth && reply.is_intermediate()) {
    // A dialogue has begun that nobody means to lead.
    put_out(verb, std::string(sasl::kCancel), 0, CommandSent::By::Person);
    std::get<CommandSent>(events_.back()).by = CommandSent::By::Session;
    return;
  }
  if (verb == Verb::Starttls && reply.is_completion()) {
    displaced_.reset();  // all begins anew behind the handshake
    begin_tls();
    if (transaction_) mails_.push_front(transaction_->mail());
    transaction_.reset();
    return;
  }
  const ClientTransaction::Next displaced = *std::exchange(displaced_, std::nullopt);
  const bool hello = verb == Verb::Ehlo || verb == Verb::Helo;
  if (reply.is_completion() && is_allowed(state_, verb)) {
    if (verb == Verb::Ehlo) offered_ = parse_offered(reply.lines());
    move_to(transition(state_, verb).next);
    if (transaction_ && (hello || verb == Verb::Rset)) return restart_transaction();
  }
  // Commands that went before in the same group may have been refused meanwhile.
  if (transaction_ && transaction_->is_decided()) return finish_mail(transaction_->result());
  send_command(displaced.verb, displaced.line, displaced.recipient);
}

// The server has dropped it; nothing of it was decided yet.
void ClientSession::restart_transaction() {
  OutgoingMail mail = transaction_->mail();
  transaction_.emplace(std::move(mail), offered_, ClientTransaction::Start::Clean);
}

}  // namespace mailwalk::smtp
