#include "nodes/smtp_reception.hpp"

#include <utility>
#include <variant>

#include "nodes/reply_payload.hpp"
#include "smtp/server_replies.hpp"

namespace mailwalk::nodes {

namespace {

smtp::ServerConfig reception_config(const net::Caller& caller, smtp::ServerConfig config) {
  if (caller.admission == net::Admission::TooMany) {
    config.greeting = smtp::replies::too_many_connections(config.host_name);
  }
  return config;
}

}  // namespace

SmtpReception::SmtpReception(Machine& machine, smtp::ServerConfig config, const net::Caller& caller,
                             MailAcceptor& acceptor, AnswerScript& script)
    : SessionConversation(
          machine, reception_config(caller, config),
          config.line == smtp::Line::Encrypted ? Cover::FromTheStart : Cover::OnceAsked),
      caller_(caller),
      acceptor_(acceptor),
      script_(script) {}

Done SmtpReception::answer_instead(const journal::AnswerReplaced& answer) {
  auto reply = parse_reply_line(std::string(answer.line.view()));
  if (!reply || reply->is_positive()) {
    return Error{"this cannot be answered instead: it is no refusal of SMTP",
                 "write it like \"451 4.7.1 Come back later\", with 4xx or 5xx", "", 0, 0};
  }
  session().answer_instead(answer.commands_ahead, std::move(*reply));
  replaced_ = answer;
  return done();
}

void SmtpReception::shut_down() {
  session().shut_down();
  pump();
}

void SmtpReception::handle(const smtp::ServerEvent& event) {
  std::visit([this](const auto& e) { on(e); }, event);
}

void SmtpReception::on(const smtp::CommandReceived& event) {
  record_arrival(journal::CommandReceived{
      event.verb, event.secret ? journal::Secrecy::Secret : journal::Secrecy::Open,
      Bytes(event.line)});
}

void SmtpReception::on(const smtp::ReplySent& event) {
  // With this the mail is ours (RFC 5321 section 4.2.5).
  if (event.to == smtp::Verb::EndOfData && event.reply.is_completion()) promise();
  record(reply_payload<journal::ReplySent>(event.reply, event.to));
}

void SmtpReception::on(const smtp::StateChanged& event) {
  record(journal::SessionStateChanged{journal::Side::Server, event.from, event.to});
}

std::optional<smtp::Reply> SmtpReception::scripted_reply(smtp::Verb verb) {
  const auto line = script_.take(verb);
  return line ? parse_reply_line(*line) : std::nullopt;
}

template <class Decide>
void SmtpReception::answer(smtp::Verb verb, Decide decide) {
  const auto scripted = scripted_reply(verb);
  session().answer(scripted ? *scripted : decide(), now());
}

void SmtpReception::on(const smtp::MailAsked& event) {
  declared_bytes_ = event.parameters.size_bytes.value_or(0);
  answer(smtp::Verb::Mail,
         [&] { return acceptor_.sender_offered(peer(), event.reverse_path, declared_bytes_); });
}

void SmtpReception::on(const smtp::RcptAsked& event) {
  answer(smtp::Verb::Rcpt,
         [&] { return acceptor_.recipient_offered(peer(), event.recipient, declared_bytes_); });
}

void SmtpReception::on(const smtp::VrfyAsked& event) {
  answer(smtp::Verb::Vrfy, [&] { return acceptor_.verify(event.text); });
}

void SmtpReception::on(const smtp::TlsAsked&) {
  answer(smtp::Verb::Starttls, [] { return smtp::replies::ready_for_tls(); });
}

void SmtpReception::on(const smtp::MessageAsked& event) {
  const Bytes content(event.content);
  record_arrival(journal::ContentReceived{content});
  const auto scripted = scripted_reply(smtp::Verb::EndOfData);
  if (scripted && !scripted->is_completion()) return session().answer(*scripted, now());
  SmtpPeer sender = peer();
  sender.helo = event.helo;
  const smtp::Reply reply = acceptor_.mail_offered(
      {connection(), std::move(sender), event.envelope, mail::Message(content), event.protocol});
  // Whoever says 2xx here has taken the mail over (RFC 5321 section 4.2.5): a script may choose the
  // words for that, but it cannot say so of a mail that was not taken.
  session().answer(scripted && reply.is_completion() ? *scripted : reply, now());
}

void SmtpReception::on(const smtp::AnsweredInstead& event) {
  if (event.content) record_arrival(journal::ContentReceived{*event.content});
  record_as_cause(replaced_);
}

}  // namespace mailwalk::nodes
