#include "smtp/client_transaction.hpp"

#include <cassert>
#include <utility>

namespace mailwalk::smtp {

namespace {

RecipientOutcome outcome_for(const mail::Mailbox& recipient, const Verdict& verdict) {
  return {recipient,     verdict.outcome, verdict.next_host,
          verdict.reply, verdict.said_by, verdict.at};
}

// RFC 821 had 552 for too many recipients where 452 is meant: after a recipient was accepted it is
// temporary (RFC 5321 section 4.5.3.1.10), unless its status says that the mailbox itself is full.
bool means_too_many_recipients(const Reply& reply) {
  return reply.code() == 552 && (!reply.enhanced() || reply.enhanced()->subject == 5);
}

}  // namespace

Verdict judge(const Reply& reply, Verb at) {
  if (reply.is_completion()) {
    return {Outcome::Delivered, NextHost::DoNotAsk, reply, SaidBy::Server, at};
  }
  if (reply.is_permanent()) {
    return {Outcome::Failed, NextHost::DoNotAsk, reply, SaidBy::Server, at};
  }
  return {Outcome::Deferred, NextHost::Ask, reply, SaidBy::Server, at};
}

MailFinished finished_with(const mail::Envelope& envelope, const Verdict& verdict) {
  MailFinished finished;
  finished.outcomes.reserve(envelope.recipients.size());
  for (const mail::Mailbox& recipient : envelope.recipients) {
    finished.outcomes.push_back(outcome_for(recipient, verdict));
  }
  return finished;
}

ClientTransaction::ClientTransaction(OutgoingMail mail, const OfferedExtensions& offered,
                                     Start start)
    : mail_(std::move(mail)),
      mail_line_("MAIL FROM:" + mail::path_text(mail_.envelope.reverse_path) +
                 to_text(parameters_for(mail_, offered))),
      step_(start == Start::WithRset ? Step::Rset : Step::Mail),
      refusals_(mail_.envelope.recipients.size()) {}

std::optional<ClientTransaction::Next> ClientTransaction::next_command() {
  if (is_decided()) return std::nullopt;
  const std::vector<mail::Mailbox>& recipients = mail_.envelope.recipients;
  switch (step_) {
    case Step::Rset: step_ = Step::Mail; return Next{Verb::Rset, "RSET", 0};
    case Step::Mail: step_ = Step::Recipients; return Next{Verb::Mail, mail_line_, 0};
    case Step::Recipients: {
      const std::size_t recipient = next_recipient_++;
      if (next_recipient_ == recipients.size()) step_ = Step::Data;
      return Next{Verb::Rcpt, "RCPT TO:<" + recipients[recipient].text() + ">", recipient};
    }
    case Step::Data: step_ = Step::Sent; return Next{Verb::Data, "DATA", 0};
    case Step::Sent: break;
  }
  return std::nullopt;
}

void ClientTransaction::take_reply(Verb verb, std::size_t recipient, const Reply& reply) {
  if (verdict_) return;  // what follows a refused MAIL in the same group is refused with it
  switch (verb) {
    case Verb::Rset:  // cannot fail by its nature; where it does, nothing is said about this mail
      if (reply.is_completion()) return;
      verdict_ = {Outcome::Deferred, NextHost::Ask, reply, SaidBy::Server, verb};
      return;
    case Verb::Rcpt: return take_rcpt_reply(recipient, reply);
    case Verb::EndOfData: verdict_ = judge(reply, verb); return;
    default:
      if (!reply.is_positive()) verdict_ = judge(reply, verb);
  }
}

void ClientTransaction::take_rcpt_reply(std::size_t recipient, const Reply& reply) {
  if (reply.is_completion()) {
    ++accepted_;
    return;
  }
  ++refused_;
  Verdict verdict = judge(reply, Verb::Rcpt);
  if (accepted_ > 0 && means_too_many_recipients(reply)) {
    verdict.outcome = Outcome::Deferred;
    verdict.next_host = NextHost::Ask;
  }
  refusals_[recipient] = std::move(verdict);
}

void ClientTransaction::abandon(const Verdict& verdict) {
  if (!verdict_) verdict_ = verdict;
}

bool ClientTransaction::is_decided() const {
  return verdict_ || refused_ == mail_.envelope.recipients.size();
}

MailFinished ClientTransaction::result() const {
  assert(is_decided());
  MailFinished finished;
  const std::vector<mail::Mailbox>& recipients = mail_.envelope.recipients;
  finished.outcomes.reserve(recipients.size());
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    finished.outcomes.push_back(
        outcome_for(recipients[i], refusals_[i] ? *refusals_[i] : *verdict_));
  }
  return finished;
}

}  // namespace mailwalk::smtp
