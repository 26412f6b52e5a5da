#include "nodes/smtp_dispatch.hpp"

#include <utility>
#include <variant>

#include "nodes/reply_payload.hpp"

namespace mailwalk::nodes {

std::string text(net::ConnectFailure failure) {
  switch (failure) {
    case net::ConnectFailure::Refused: return "connection refused";
    case net::ConnectFailure::Unreachable: return "host unreachable";
    case net::ConnectFailure::TimedOut: return "connection timed out";
  }
  return {};
}

SmtpDispatch::SmtpDispatch(Machine& machine, smtp::ClientConfig config, std::string server_name,
                           mail::Envelope envelope, Bytes content, journal::Payload begun,
                           Done done)
    : SessionConversation(
          machine, config,
          config.tls == tls::Wish::Implicit ? Cover::FromTheStart : Cover::OnceAsked),
      server_name_(std::move(server_name)),
      wish_(config.tls),
      envelope_(std::move(envelope)),
      content_(std::move(content)),
      begun_(std::move(begun)),
      done_(std::move(done)) {}

void SmtpDispatch::opened() {
  record(journal::Payload(begun_));
  session().send_mail(std::move(envelope_), content_, now());
  session().quit(now());
  SessionConversation::opened();
}

void SmtpDispatch::begin_tls() {
  handshake_ = Handshake::Begun;
  begin_tls_as_client(server_name_, wish_);
}

void SmtpDispatch::covered() {
  handshake_ = Handshake::Done;
  SessionConversation::covered();
}

void SmtpDispatch::cover_failed(const std::string& why) {
  session().tls_failed(why);
  pump();
}

mailwalk::Done SmtpDispatch::type_instead(const journal::CommandTyped& typed) {
  session().type_instead(typed.commands_ahead, std::string(typed.line.view()));
  typed_ = typed;
  return mailwalk::done();
}

void SmtpDispatch::failed(net::ConnectFailure why) {
  report({why, {}, {}});
}

// A large mail on a slow line takes longer than a server may take to reply.
void SmtpDispatch::output_moved(std::uint64_t waiting_octets) {
  session().output_waits(static_cast<std::size_t>(waiting_octets), now());
  pump();
}

void SmtpDispatch::handle(const smtp::ClientEvent& event) {
  std::visit([this](const auto& e) { on(e); }, event);
}

void SmtpDispatch::on(const smtp::CommandSent& event) {
  if (event.by == smtp::CommandSent::By::Person) record_as_cause(typed_);
  record(journal::CommandSent{event.verb,
                              event.secret ? journal::Secrecy::Secret : journal::Secrecy::Open,
                              Bytes(event.line)});
}

void SmtpDispatch::on(const smtp::ContentSent& event) {
  // Where every recipient was refused, only the lone dot goes out.
  record(journal::ContentSent{event.octets == 0 ? Bytes{} : content_});
}

void SmtpDispatch::on(const smtp::ReplyReceived& event) {
  record_arrival(reply_payload<journal::ReplyReceived>(event.reply, event.to));
}

void SmtpDispatch::on(const smtp::StateChanged& event) {
  record(journal::SessionStateChanged{journal::Side::Client, event.from, event.to});
}

void SmtpDispatch::on(const smtp::MailFinished& event) {
  report({std::nullopt, event.outcomes, handshake_});
}

void SmtpDispatch::report(const DispatchResult& result) {
  if (const Done done = std::exchange(done_, nullptr)) done(result);
}

}  // namespace mailwalk::nodes
