#include "mail/delivery_status.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "base/fingerprint.hpp"
#include "mail/compose.hpp"
#include "mail/folding.hpp"
#include "mail/typed_address.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::mail {

namespace {

struct Wording {
  DeliveryAction action;
  std::string_view subject;
  std::string_view opening;
};
// The first of these actions that a recipient has is what the whole notification is about.
constexpr std::array kWordings{
    Wording{DeliveryAction::Failed, "Undelivered mail returned to sender",
            "Your mail could not be delivered to the following recipients. It will not\r\n"
            "be tried again.\r\n"},
    Wording{DeliveryAction::Delayed, "Delayed mail, still being tried",
            "Your mail could not be delivered to the following recipients yet. It is\r\n"
            "still being tried; there is no need to send it again.\r\n"},
    Wording{DeliveryAction::Relayed, "Mail relayed",
            "Your mail was handed on for the following recipients, to a host that sends\r\n"
            "no notifications of delivery.\r\n"},
    Wording{DeliveryAction::Expanded, "Mail expanded",
            "Your mail was delivered to the following recipients and sent on by them.\r\n"},
    Wording{DeliveryAction::Delivered, "Mail delivered",
            "Your mail was delivered to the following recipients.\r\n"},
};

const Wording& wording_of(const DeliveryReport& report) {
  for (const Wording& wording : kWordings) {
    for (const RecipientStatus& recipient : report.recipients) {
      if (recipient.action == wording.action) return wording;
    }
  }
  return kWordings.front();
}

// A peer's words in a part that is 7-bit by definition (RFC 3464 section 2.1).
std::string in_ascii(std::string_view text) {
  std::string clean;
  for (const char c : text) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;  // a character of UTF-8
    if (!continues) clean += ascii::is_8bit(c) ? '?' : c;
  }
  return clean;
}

std::string line_for_people(const RecipientStatus& recipient) {
  std::string line = fmt::format("<{}>: {}", recipient.final_recipient.text(), recipient.reason);
  if (!recipient.diagnostic_code.empty()) {
    line += fmt::format("{}host {} said: {}", recipient.reason.empty() ? "" : "; ",
                        recipient.remote_mta, recipient.diagnostic_code);
  }
  return fold_line(wire::to_valid_utf8(line));
}

std::string text_for_people(const DeliveryReport& report) {
  std::string text =
      fmt::format("This is the mail system at host {}.\r\n\r\n", report.reporting_mta);
  text += wording_of(report).opening;
  text += "\r\n";
  for (const RecipientStatus& recipient : report.recipients) text += line_for_people(recipient);
  return text;
}

// per-recipient-fields (RFC 3464 section 2.3)
std::string recipient_fields(const DeliveryReport& report, const RecipientStatus& recipient) {
  std::string fields = fold_field("Final-Recipient", typed_address_text(recipient.final_recipient));
  fields += fold_field("Action", name(recipient.action));
  fields += fold_field("Status", recipient.status.text());
  if (!recipient.remote_mta.empty()) {
    fields += fold_field("Remote-MTA", "dns; " + recipient.remote_mta);
  }
  // What the remote host said, and nothing else (RFC 3464 section 2.3.6).
  if (!recipient.diagnostic_code.empty()) {
    fields += fold_field("Diagnostic-Code", "smtp; " + in_ascii(recipient.diagnostic_code));
  }
  if (report.will_retry_until && recipient.action == DeliveryAction::Delayed) {
    fields +=
        fold_field("Will-Retry-Until", rfc5322_date(report.calendar, *report.will_retry_until));
  }
  return fields;
}

// delivery-status-content = per-message-fields 1*( CRLF per-recipient-fields )
std::string fields_for_programs(const DeliveryReport& report) {
  std::string fields = fold_field("Reporting-MTA", "dns; " + report.reporting_mta);
  fields += fold_field("Arrival-Date", rfc5322_date(report.calendar, report.arrival));
  for (const RecipientStatus& recipient : report.recipients) {
    fields += "\r\n" + recipient_fields(report, recipient);
  }
  return fields;
}

// "Too large" for a mailbox or a server, or of a kind that could not be carried (RFC 3463 sections
// 3.3, 3.4 and 3.7): the whole mail would fare no better on its way back.
bool cannot_travel(const RecipientStatus& recipient) {
  const StatusCode& status = recipient.status;
  return (status.subject == 2 && status.detail == 3) ||
         (status.subject == 3 && status.detail == 4) || status.subject == 6;
}

// Only a mail that failed comes back whole (RFC 3461 section 4.3), and only if it is not too long.
ReturnedContent returned_content(const DeliveryReport& report) {
  const bool failed = wording_of(report).action == DeliveryAction::Failed;
  const bool travels =
      std::none_of(report.recipients.begin(), report.recipients.end(), cannot_travel);
  return failed && travels && report.original.size() <= report.max_returned_octets
             ? ReturnedContent::Whole
             : ReturnedContent::HeaderOnly;
}

struct Part {
  std::string_view description;
  std::string type;
  std::string content;
};

std::string part_text(const Part& part) {
  std::string text = fold_field("Content-Description", part.description);
  text += fold_field("Content-Type", part.type);
  if (!wire::is_ascii(part.content)) text += "Content-Transfer-Encoding: 8bit\r\n";
  text += "\r\n";
  text += part.content;
  return text;
}

// RFC 6532 section 3.7 and RFC 6533 section 5 have other names for what has UTF-8 in its header.
Part returned_part(const DeliveryReport& report) {
  const Message original(report.original);
  const bool international = !wire::is_ascii(original.header());
  if (returned_content(report) == ReturnedContent::Whole) {
    return {"Undelivered mail", international ? "message/global" : "message/rfc822",
            std::string(report.original.view())};
  }
  return {"Header of the mail", international ? "message/global-headers" : "text/rfc822-headers",
          std::string(original.header())};
}

// A boundary that stands in none of the parts.
std::string choose_boundary(const DeliveryReport& report, const std::array<std::string, 3>& parts) {
  for (std::uint64_t attempt = 0;; ++attempt) {
    Fingerprint fingerprint;
    fingerprint.add_text(report.message_id);
    fingerprint.add_number(attempt);
    const std::string boundary = "=_" + fingerprint.text();
    const auto is_free = [&boundary](const std::string& part) {
      return part.find(boundary) == std::string::npos;
    };
    if (std::all_of(parts.begin(), parts.end(), is_free)) return boundary;
  }
}

std::string header_of_report(const DeliveryReport& report, std::string_view boundary) {
  const Correspondent from{"Mail Delivery System", {"postmaster", report.reporting_mta}};
  std::string header = fold_field("From", correspondent_text(from));
  header += fold_field("To", report.to.text());
  header += fold_field("Subject", wording_of(report).subject);
  header += fold_field("Date", rfc5322_date(report.calendar, report.date));
  header += fold_field("Message-ID", "<" + report.message_id + ">");
  header += "Auto-Submitted: auto-replied\r\n";  // RFC 3834 section 5
  header += "MIME-Version: 1.0\r\n";
  header += fold_field(
      "Content-Type",
      fmt::format("multipart/report; report-type=delivery-status; boundary=\"{}\"", boundary));
  return header;
}

}  // namespace

std::string_view name(DeliveryAction action) {
  switch (action) {
    case DeliveryAction::Failed: return "failed";
    case DeliveryAction::Delayed: return "delayed";
    case DeliveryAction::Delivered: return "delivered";
    case DeliveryAction::Relayed: return "relayed";
    case DeliveryAction::Expanded: return "expanded";
  }
  return {};
}

Bytes make_delivery_status(const DeliveryReport& report) {
  const std::array<std::string, 3> parts{
      part_text({"Notification", "text/plain; charset=utf-8", text_for_people(report)}),
      part_text({"Delivery report", "message/delivery-status", fields_for_programs(report)}),
      part_text(returned_part(report))};
  const std::string boundary = choose_boundary(report, parts);

  std::string mail = header_of_report(report, boundary);
  const bool seven_bit = std::all_of(parts.begin(), parts.end(), wire::is_ascii);
  if (!seven_bit) mail += "Content-Transfer-Encoding: 8bit\r\n";
  mail += "\r\n";
  for (const std::string& part : parts) mail += fmt::format("--{}\r\n{}\r\n", boundary, part);
  mail += fmt::format("--{}--\r\n", boundary);
  return Bytes(std::move(mail));
}

}  // namespace mailwalk::mail
