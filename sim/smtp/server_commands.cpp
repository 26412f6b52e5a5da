// What a server session does at each command, at the end of data, and when it has its answer.
#include <cassert>
#include <utility>
#include <variant>

#include "base/ascii.hpp"
#include "smtp/server_replies.hpp"
#include "smtp/server_session.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::smtp {

namespace {

bool takes_no_argument(Verb verb) {
  return verb == Verb::Data || verb == Verb::Rset || verb == Verb::Quit || verb == Verb::Starttls;
}

// It is answered, and the server knows no more of a mail than before.
bool is_idle(Verb verb) {
  return verb != Verb::Mail && verb != Verb::Rcpt && verb != Verb::Data && verb != Verb::Quit;
}

// A word without blanks and control characters.
bool is_word(std::string_view text) {
  for (const char c : text) {
    if (c == ' ' || ascii::is_control(c) || ascii::is_8bit(c)) return false;
  }
  return !text.empty();
}

}  // namespace

// Input that waits behind a command is no fault in general. RFC 2920 section 3.1 lets EHLO, DATA,
// VRFY, EXPN, TURN, QUIT and NOOP end a group only, and a group be sent only when PIPELINING was
// offered. Commands that come too soon are still commands, and are taken in their turn, as other
// servers do. Not so behind DATA: what stands there is content from a client that did not wait for
// 354. Whatever DATA's reply, it must never be read as commands, so the connection ends.
void ServerSession::take_command(const Command& command) {
  if (command.verb == Verb::Data && !lines_.empty()) {
    send_reply(replies::talked_too_early(), Verb::Data);
    drop_transaction(TransactionDropped::Why::Refused);
    end(ServerEnded::Why::TalkedTooEarly);
    return;
  }
  if (const auto lack = lack_of_protection(command.verb)) return refuse(*lack, command.verb);
  const Transition& row = transition(state_, command.verb);
  if (row.legality != Legality::Allowed) {
    if (command.verb == Verb::Data && refused_recipients_ > 0) {
      send_reply(replies::no_valid_recipients(), Verb::Data);  // RFC 5321 section 3.3
    } else {
      refuse(refusal(row), command.verb);
    }
    return;
  }
  if (takes_no_argument(command.verb) && !command.argument.empty()) {
    refuse(replies::syntax(command.verb), command.verb);
    return;
  }
  if (is_idle(command.verb) && ++idle_commands_ > config_.limits.idle_commands) {
    return give_up(replies::too_many_idle_commands(config_.host_name), command.verb,
                   ServerEnded::Why::TooManyCommands);
  }
  switch (command.verb) {
    case Verb::Helo:
    case Verb::Ehlo: return take_hello(command);
    case Verb::Mail: return take_mail(command.argument);
    case Verb::Rcpt: return take_rcpt(command.argument);
    case Verb::Data: return take_data();
    case Verb::Rset: return take_rset();
    case Verb::Vrfy: return take_vrfy(command.argument);
    case Verb::Quit: return take_quit();
    case Verb::Starttls: return take_starttls();
    case Verb::Auth: return take_auth(command.argument);
    case Verb::Noop: return send_reply(replies::ok(), Verb::Noop);
    case Verb::Help: return send_reply(replies::help(), Verb::Help);
    default: assert(false && "the table allows a verb that is not implemented");
  }
}

// ehlo = "EHLO" SP ( Domain / address-literal ) CRLF (RFC 5321 section 4.1.1.1)
void ServerSession::take_hello(const Command& command) {
  if (!is_hello_name(command.argument)) {
    refuse(replies::syntax(command.verb), command.verb);
    return;
  }
  helo_ = std::string(command.argument);
  protocol_ = command.verb == Verb::Ehlo ? Protocol::Esmtp : Protocol::Smtp;
  send_reply(protocol_ == Protocol::Esmtp
                 ? replies::extended_hello(config_.host_name, offered_now(), config_.limits,
                                           mechanisms_now())
                 : replies::hello(config_.host_name),
             command.verb);
  drop_transaction(TransactionDropped::Why::Hello);
  move_to(transition(state_, command.verb).next);
}

bool ServerSession::is_hello_name(std::string_view name) const {
  if (config_.hello_check == HelloCheck::AnyWord) return is_word(name);
  return mail::valid_domain(name, mail::Utf8::Refused);
}

// mail = "MAIL FROM:" Reverse-path [SP Mail-parameters] CRLF (RFC 5321 section 4.1.1.2)
void ServerSession::take_mail(std::string_view argument) {
  const std::optional<std::string_view> text = after_keyword(argument, "FROM:");
  if (!text || text->empty()) return refuse(replies::syntax(Verb::Mail), Verb::Mail);
  const mail::ParsedPath path = mail::parse_reverse_path(*text, mail::Utf8::Allowed);
  if (!path.ok()) return refuse(replies::bad_path(path.fault, Verb::Mail), Verb::Mail);

  // Parameters belong to extensions, and those to EHLO.
  const ExtensionSet offered = protocol_ == Protocol::Esmtp ? offered_now() : ExtensionSet{};
  const auto parsed = parse_mail_parameters(path.rest, offered);
  if (const Reply* fault = std::get_if<Reply>(&parsed)) return refuse(*fault, Verb::Mail);
  const auto& parameters = std::get<MailParameters>(parsed);

  if (path.mailbox && !mail::is_ascii(*path.mailbox) && parameters.utf8 == mail::Utf8::Refused) {
    return refuse(replies::needs_smtputf8(), Verb::Mail);
  }
  if (parameters.size_bytes.value_or(0) > config_.limits.message_bytes) {
    return send_reply(replies::message_too_big(), Verb::Mail);  // RFC 1870 section 6.1
  }
  asked_mail_ = {path.mailbox, parameters};
  ask(Verb::Mail, asked_mail_);
}

// rcpt = "RCPT TO:" ( "<Postmaster@" Domain ">" / "<Postmaster>" / Forward-path )
//        [SP Rcpt-parameters] CRLF (RFC 5321 section 4.1.1.3)
void ServerSession::take_rcpt(std::string_view argument) {
  const std::optional<std::string_view> text = after_keyword(argument, "TO:");
  if (!text || text->empty()) return refuse(replies::syntax(Verb::Rcpt), Verb::Rcpt);
  const mail::ParsedPath path = mail::parse_forward_path(*text, mail::Utf8::Allowed);
  if (!path.ok()) return refuse(replies::bad_path(path.fault, Verb::Rcpt), Verb::Rcpt);
  if (const auto fault = check_rcpt_parameters(path.rest)) return refuse(*fault, Verb::Rcpt);
  if (!mail::is_ascii(*path.mailbox) && !envelope_.smtputf8) {
    return refuse(replies::needs_smtputf8(), Verb::Rcpt);
  }
  if (envelope_.recipients.size() >= config_.limits.recipients) {
    return send_reply(replies::too_many_recipients(), Verb::Rcpt);
  }
  asked_recipient_ = path.mailbox;
  ask(Verb::Rcpt, RcptAsked{*path.mailbox});
}

void ServerSession::take_data() {
  send_reply(replies::start_content(), Verb::Data);
  content_.emplace(wire::DotDecoder::Limits{static_cast<std::size_t>(config_.limits.message_bytes),
                                            config_.limits.text_line_octets});
  move_to(transition(state_, Verb::Data).next);
}

void ServerSession::take_rset() {
  send_reply(replies::ok(), Verb::Rset);
  drop_transaction(TransactionDropped::Why::Rset);
  move_to(transition(state_, Verb::Rset).next);
}

// vrfy = "VRFY" SP String [SP "SMTPUTF8"] CRLF (RFC 5321 section 4.1.1.6, RFC 6531 section 3.7.4.2)
void ServerSession::take_vrfy(std::string_view argument) {
  static constexpr std::string_view kUtf8Parameter = " SMTPUTF8";
  mail::Utf8 utf8 = mail::Utf8::Refused;
  if (offers(Extension::SmtpUtf8) && argument.size() > kUtf8Parameter.size() &&
      ascii::iequals(argument.substr(argument.size() - kUtf8Parameter.size()), kUtf8Parameter)) {
    argument.remove_suffix(kUtf8Parameter.size());
    utf8 = mail::Utf8::Allowed;
  }
  if (argument.empty()) return refuse(replies::syntax(Verb::Vrfy), Verb::Vrfy);
  if (utf8 == mail::Utf8::Refused && !wire::is_ascii(argument)) {
    return refuse(replies::needs_smtputf8(), Verb::Vrfy);
  }
  ask(Verb::Vrfy, VrfyAsked{std::string(argument)});
}

void ServerSession::take_quit() {
  send_reply(replies::bye(), Verb::Quit);
  drop_transaction(TransactionDropped::Why::Quit);
  end(ServerEnded::Why::Quit);
}

void ServerSession::take_end_of_data() {
  events_.push_back(DataReceived{content_->size()});
  std::string content = content_->take();
  if (const std::optional<Reply> laid_ready = take_instead()) {
    events_.push_back(AnsweredInstead{Bytes(std::move(content))});
    send_reply(*laid_ready, Verb::EndOfData);
    apply_message_answer(*laid_ready);
    if (laid_ready->code() == 421) end_by_421();
    return;
  }
  if (const std::optional<Reply> fault = content_fault(content)) {
    send_reply(*fault, Verb::EndOfData);
    apply_message_answer(*fault);
    return;
  }
  ask(Verb::EndOfData, MessageAsked{envelope_, Bytes(std::move(content)), helo_, protocol_});
}

// Content is read to its end before it is refused: only then does the client listen.
std::optional<Reply> ServerSession::content_fault(std::string_view content) const {
  if (content_->too_big()) return replies::message_too_big();  // RFC 1870 section 6.3
  if (content_->line_too_long()) return replies::text_line_too_long();
  if (config_.bare_line_ends == BareLineEnds::Refuse &&
      (content_->bare_cr() || content_->bare_lf())) {
    return replies::bare_line_end_in_content();
  }
  // Without BODY=8BITMIME in MAIL, 8-bit content is taken all the same if 8BITMIME is offered: the
  // mail can be kept as it is, and clients that forget the parameter are many (RFC 6152 section 3
  // asks it of the client, and leaves the server free).
  if (!offers(Extension::EightBitMime) && !wire::is_ascii(content)) {
    return replies::eight_bit_content();
  }
  return std::nullopt;
}

void ServerSession::apply_mail_answer(const Reply& reply) {
  if (!reply.is_completion()) return;
  envelope_ = {};
  envelope_.reverse_path = std::move(asked_mail_.reverse_path);
  envelope_.body = asked_mail_.parameters.body;
  envelope_.smtputf8 = asked_mail_.parameters.utf8 == mail::Utf8::Allowed;
  move_to(transition(state_, Verb::Mail).next);
}

void ServerSession::apply_rcpt_answer(const Reply& reply) {
  if (!reply.is_completion()) {
    ++refused_recipients_;
    return;
  }
  envelope_.recipients.push_back(std::move(*asked_recipient_));
  move_to(transition(state_, Verb::Rcpt).next);
}

void ServerSession::apply_message_answer(const Reply& reply) {
  if (reply.is_completion()) {
    errors_ = 0;  // who delivers mail talks SMTP
    idle_commands_ = 0;
    clear_transaction();
  } else {
    drop_transaction(TransactionDropped::Why::Refused);
  }
  move_to(transition(state_, Verb::EndOfData).next);
}

}  // namespace mailwalk::smtp
