// What a server says of itself: the texts of its replies, in one place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/address.hpp"
#include "smtp/command.hpp"
#include "smtp/extensions.hpp"
#include "smtp/limits.hpp"
#include "smtp/reply.hpp"

namespace mailwalk::smtp::replies {

// Positive answers.
Reply greeting(std::string_view host_name, std::string_view software);
Reply hello(std::string_view host_name);
// Host name, then one keyword a line (RFC 5321 section 4.1.1.1).
Reply extended_hello(std::string_view host_name, ExtensionSet extensions,
                     const ServerLimits& limits, const std::vector<sasl::Mechanism>& mechanisms);
Reply ok();
Reply help();
Reply start_content();
Reply bye();

// Commands that are wrong in themselves: 500 and 501.
Reply line_too_long();
Reply bare_line_end();
// "Syntax: MAIL FROM:<address>", in the form that this verb has.
Reply syntax(Verb verb);
// A path that is none. REQUIRES the fault is not None, and the verb is MAIL or RCPT.
Reply bad_path(mail::PathFault fault, Verb verb);
// An address outside ASCII, and no SMTPUTF8 (RFC 6531 section 3.5).
Reply needs_smtputf8();

// Refusals of a transaction.
Reply message_too_big();
Reply too_many_recipients();
Reply no_valid_recipients();

// Refusals after the end of data.
Reply text_line_too_long();
Reply bare_line_end_in_content();
Reply eight_bit_content();

// TLS (RFC 3207) and logging in (RFC 4954).
Reply not_offered();
Reply ready_for_tls();
Reply tls_is_on();
Reply needs_tls();
Reply challenge(std::string base64);
Reply logged_in();
Reply is_logged_in();
Reply needs_login();
Reply needs_ehlo();
Reply mechanism_needs_tls();
Reply unknown_mechanism();
Reply not_base64();
Reply login_cancelled();
Reply login_not_understood();
Reply bad_credentials();
Reply too_many_logins(std::string_view host_name);

// The end of the connection.
Reply talked_too_early();
Reply timed_out(std::string_view host_name);
Reply shutting_down(std::string_view host_name);
// Instead of the greeting.
Reply too_many_connections(std::string_view host_name);
Reply too_many_errors(std::string_view host_name);
Reply too_many_idle_commands(std::string_view host_name);
Reply too_much_input(std::string_view host_name);
Reply never_ends(std::string_view host_name);

}  // namespace mailwalk::smtp::replies
