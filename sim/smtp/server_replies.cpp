#include "smtp/server_replies.hpp"

#include <fmt/format.h>

#include <cassert>
#include <string>
#include <vector>

namespace mailwalk::smtp::replies {

namespace {

std::string_view form_of(Verb verb) {
  switch (verb) {
    case Verb::Helo: return "HELO hostname";
    case Verb::Ehlo: return "EHLO hostname";
    case Verb::Mail: return "MAIL FROM:<address>";
    case Verb::Rcpt: return "RCPT TO:<address>";
    case Verb::Vrfy: return "VRFY address";
    case Verb::Auth: return "AUTH mechanism [initial-response]";
    default: return name(verb);  // takes no argument
  }
}

}  // namespace

Reply greeting(std::string_view host_name, std::string_view software) {
  return {220, std::string(host_name).append(" ").append(software)};
}

Reply hello(std::string_view host_name) {
  return {250, std::string(host_name)};
}

Reply extended_hello(std::string_view host_name, ExtensionSet extensions,
                     const ServerLimits& limits, const std::vector<sasl::Mechanism>& mechanisms) {
  std::vector<std::string> lines{std::string(host_name)};
  for (std::size_t i = 0; i < kExtensionCount; ++i) {
    const auto extension = static_cast<Extension>(i);
    if (!extensions.has(extension)) continue;
    lines.emplace_back(name(extension));
    if (extension == Extension::Size) lines.back() += fmt::format(" {}", limits.message_bytes);
    if (extension != Extension::Auth) continue;
    for (const sasl::Mechanism mechanism : mechanisms) {
      lines.back() += fmt::format(" {}", name(mechanism));
    }
  }
  lines.emplace_back("HELP");
  return {250, std::nullopt, std::move(lines)};
}

Reply ok() {
  return {250, {0, 0}, "Ok"};
}

Reply help() {
  std::vector<std::string> lines{"Commands: HELO EHLO MAIL RCPT DATA RSET NOOP VRFY HELP QUIT",
                                 "See RFC 5321"};
  return {214, StatusDetail{0, 0}, std::move(lines)};
}

Reply start_content() {
  return {354, "End data with <CR><LF>.<CR><LF>"};
}
Reply bye() {
  return {221, {0, 0}, "Bye"};
}

Reply line_too_long() {
  return {500, {5, 2}, "Line too long"};
}
Reply bare_line_end() {
  return {500, {5, 2}, "CR or LF alone in a command"};
}

Reply syntax(Verb verb) {
  return {501, {5, 4}, fmt::format("Syntax: {}", form_of(verb))};
}

Reply bad_path(mail::PathFault fault, Verb verb) {
  assert(fault != mail::PathFault::None);
  const bool is_sender = verb == Verb::Mail;
  // 5.1.7: bad sender's mailbox address syntax; 5.1.3: bad destination mailbox address syntax.
  const StatusDetail status = is_sender ? StatusDetail{1, 7} : StatusDetail{1, 3};
  switch (fault) {
    case mail::PathFault::TooLong: return {501, status, "Path too long"};
    case mail::PathFault::LocalPartTooLong: return {501, status, "Local part too long"};
    case mail::PathFault::DomainTooLong: return {501, status, "Domain too long"};
    case mail::PathFault::NonAscii: return needs_smtputf8();
    default: break;
  }
  return {501, status, is_sender ? "Bad sender address syntax" : "Bad recipient address syntax"};
}

Reply needs_smtputf8() {
  return {553, {6, 7}, "Address outside ASCII needs SMTPUTF8"};
}

Reply message_too_big() {
  return {552, {3, 4}, "Message size exceeds fixed limit"};
}
Reply too_many_recipients() {
  return {452, {5, 3}, "Too many recipients"};
}
Reply no_valid_recipients() {
  return {554, {5, 1}, "No valid recipients"};
}

Reply text_line_too_long() {
  return {500, {6, 0}, "Line too long in the content"};
}
Reply bare_line_end_in_content() {
  return {550, {6, 0}, "CR or LF alone in the content"};
}
Reply eight_bit_content() {
  return {554, {6, 1}, "8-bit content, and 8BITMIME is not offered"};
}

Reply not_offered() {
  return {502, {5, 1}, "Command not implemented"};
}
Reply ready_for_tls() {
  return {220, {0, 0}, "Ready to start TLS"};
}
Reply tls_is_on() {
  return {503, {5, 1}, "TLS is on already"};
}
Reply needs_tls() {
  return {530, {7, 0}, "Must issue a STARTTLS command first"};
}
Reply challenge(std::string base64) {
  return {334, std::move(base64)};
}
Reply logged_in() {
  return {235, {7, 0}, "Authentication successful"};
}
Reply is_logged_in() {
  return {503, {5, 1}, "Authenticated already"};
}
Reply needs_login() {
  return {530, {7, 0}, "Authentication required"};
}
Reply needs_ehlo() {
  return {503, {5, 1}, "Send EHLO first"};
}
Reply mechanism_needs_tls() {
  return {538, {7, 11}, "Encryption required for this mechanism"};
}
Reply unknown_mechanism() {
  return {504, {5, 4}, "Mechanism not supported"};
}
Reply not_base64() {
  return {501, {5, 2}, "That is no Base64"};
}
Reply login_cancelled() {
  return {501, {7, 0}, "Authentication cancelled"};
}
Reply login_not_understood() {
  return {501, {5, 2}, "The mechanism does not say it so"};
}
Reply bad_credentials() {
  return {535, {7, 8}, "Wrong user name or password"};
}
Reply too_many_logins(std::string_view host_name) {
  return {421, {7, 0}, fmt::format("{} Too many failed logins", host_name)};
}

Reply talked_too_early() {
  return {554, {5, 0}, "Input before its turn: wait for the reply"};
}

Reply timed_out(std::string_view host_name) {
  return {421, {4, 2}, fmt::format("{} Timeout exceeded", host_name)};
}
Reply shutting_down(std::string_view host_name) {
  return {421, {3, 2}, fmt::format("{} Closing down, try later", host_name)};
}
Reply too_many_connections(std::string_view host_name) {
  return {421, fmt::format("{} Too many connections, try later", host_name)};
}
Reply too_many_errors(std::string_view host_name) {
  return {421, {7, 0}, fmt::format("{} Too many errors", host_name)};
}
Reply too_many_idle_commands(std::string_view host_name) {
  return {421, {7, 0}, fmt::format("{} Too many commands without a mail", host_name)};
}
Reply never_ends(std::string_view host_name) {
  return {421, {7, 0}, fmt::format("{} What you send never ends", host_name)};
}
Reply too_much_input(std::string_view host_name) {
  return {421, {7, 0}, fmt::format("{} Too much input before my replies", host_name)};
}

}  // namespace mailwalk::smtp::replies
