#include "nodes/trouble.hpp"

#include "mail/status_code.hpp"

namespace mailwalk::nodes {

using journal::LookupOutcome;
using journal::Trouble;

Trouble trouble_of(net::ConnectFailure failure) {
  switch (failure) {
    case net::ConnectFailure::Refused: return Trouble::ConnectionRefused;
    case net::ConnectFailure::Unreachable: return Trouble::HostUnreachable;
    case net::ConnectFailure::TimedOut: return Trouble::ConnectionTimedOut;
  }
  return Trouble::None;
}

Trouble trouble_of(const smtp::RecipientOutcome& outcome) {
  if (outcome.outcome == smtp::Outcome::Delivered) return Trouble::None;
  if (outcome.said_by == smtp::SaidBy::Server) return Trouble::ServerSaid;
  // The client's own words, by their enhanced codes (RFC 3463 section 3.8).
  const auto status = outcome.reply.enhanced().value_or(mail::StatusCode{});
  if (status.subject == 7) {
    if (status.detail == 10) return Trouble::NoTls;
    if (status.detail == 5) return Trouble::TlsFailed;
    if (status.detail == 4) return Trouble::NoMechanism;
    if (status.detail == 8) return Trouble::ServerUnproven;
  }
  // A connection that went wrong is transient, a mail that cannot go is
  // not.
  return outcome.reply.is_transient() ? Trouble::LineLost : Trouble::CannotBeCarried;
}

Trouble trouble_of(pop3::EndReason reason) {
  switch (reason) {
    case pop3::EndReason::Quit: return Trouble::None;
    case pop3::EndReason::ConnectionLost: return Trouble::LineLost;
    case pop3::EndReason::TimedOut: return Trouble::NoReply;
    case pop3::EndReason::Refused:
    case pop3::EndReason::TooManyErrors:
    case pop3::EndReason::Flooded: return Trouble::ServerSaid;
    case pop3::EndReason::ProtocolError: return Trouble::NotUnderstood;
  }
  return Trouble::None;
}

Trouble trouble_of(LookupOutcome outcome) {
  switch (outcome) {
    case LookupOutcome::Found: return Trouble::None;
    case LookupOutcome::NullMx: return Trouble::NullMx;
    case LookupOutcome::NoSuchName: return Trouble::NoSuchName;
    case LookupOutcome::NoAddress: return Trouble::NoAddress;
    case LookupOutcome::TemporaryFailure: return Trouble::NameServerFailed;
    case LookupOutcome::LoopsBack: return Trouble::LoopsBack;
  }
  return Trouble::None;
}

LookupOutcome outcome_of(dns::MxResult::Status status) {
  switch (status) {
    case dns::MxResult::Status::Found: return LookupOutcome::Found;
    case dns::MxResult::Status::NullMx: return LookupOutcome::NullMx;
    case dns::MxResult::Status::NoSuchDomain: return LookupOutcome::NoSuchName;
    case dns::MxResult::Status::NoAddress: return LookupOutcome::NoAddress;
    case dns::MxResult::Status::TemporaryFailure: return LookupOutcome::TemporaryFailure;
    case dns::MxResult::Status::LoopsBack: return LookupOutcome::LoopsBack;
  }
  return LookupOutcome::TemporaryFailure;
}

LookupOutcome outcome_of(dns::AddressResult::Status status) {
  switch (status) {
    case dns::AddressResult::Status::Found: return LookupOutcome::Found;
    case dns::AddressResult::Status::NoSuchName: return LookupOutcome::NoSuchName;
    case dns::AddressResult::Status::NoAddress: return LookupOutcome::NoAddress;
    case dns::AddressResult::Status::TemporaryFailure: return LookupOutcome::TemporaryFailure;
  }
  return LookupOutcome::TemporaryFailure;
}

}  // namespace mailwalk::nodes
