// Reading a delivery status notification back: what delivery_status.cpp writes, and what others do.
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "mail/delivery_status.hpp"
#include "mail/header.hpp"
#include "mail/mime_tree.hpp"
#include "mail/typed_address.hpp"

namespace mailwalk::mail {

namespace {

constexpr std::array kActions{DeliveryAction::Failed, DeliveryAction::Delayed,
                              DeliveryAction::Delivered, DeliveryAction::Relayed,
                              DeliveryAction::Expanded};

// RFC 3464 section 2.3.3, without the comment that may follow.
std::optional<DeliveryAction> action_named(std::string_view text) {
  const std::string_view word = text.substr(0, text.find_first_of(" \t("));
  for (const DeliveryAction action : kActions) {
    if (ascii::iequals(name(action), word)) return action;
  }
  return std::nullopt;
}

std::string value_of(const HeaderIndex& fields, std::string_view field_name) {
  const auto field = fields.find(field_name);
  return field ? field->value() : std::string{};
}

// What follows the type in "dns; mx.b.test" and "smtp; 550 …" (RFC 3464 section 2.1.2).
std::string untyped_value(const HeaderIndex& fields, std::string_view field_name) {
  const std::string value = value_of(fields, field_name);
  const std::size_t semicolon = value.find(';');
  if (semicolon == std::string::npos) return value;
  return std::string(ascii::trim(std::string_view(value).substr(semicolon + 1)));
}

// nullopt if a mandatory field is missing or unreadable.
std::optional<RecipientStatus> read_recipient(const HeaderIndex& fields) {
  auto address = parse_typed_address(value_of(fields, "Final-Recipient"));
  const auto action = action_named(value_of(fields, "Action"));
  const auto status = StatusCode::parse(value_of(fields, "Status"));
  if (!address || !action || !status) return std::nullopt;
  RecipientStatus recipient;
  recipient.final_recipient = std::move(*address);
  recipient.action = *action;
  recipient.status = *status;
  recipient.remote_mta = untyped_value(fields, "Remote-MTA");
  recipient.diagnostic_code = untyped_value(fields, "Diagnostic-Code");
  return recipient;
}

// Groups of fields with empty lines between them: the first about the mail, each other about a
// recipient. A group that cannot be read is passed over.
DeliveryStatus read_groups(std::string_view text) {
  DeliveryStatus status;
  while (!text.empty()) {
    const HeaderIndex fields(text);
    if (fields.find("Reporting-MTA")) {
      status.reporting_mta = untyped_value(fields, "Reporting-MTA");
      status.arrival_date = value_of(fields, "Arrival-Date");
    } else if (auto recipient = read_recipient(fields)) {
      status.recipients.push_back(std::move(*recipient));
      if (status.will_retry_until.empty()) {
        status.will_retry_until = value_of(fields, "Will-Retry-Until");
      }
    }
    if (fields.body_offset() == 0) break;  // no field starts here: nothing more can be read
    text.remove_prefix(fields.body_offset());
  }
  return status;
}

ReturnedContent returned_as(const MimePart& part) {
  if (part.type == "message/rfc822" || part.type == "message/global") return ReturnedContent::Whole;
  if (part.type == "text/rfc822-headers" || part.type == "message/global-headers") {
    return ReturnedContent::HeaderOnly;
  }
  return ReturnedContent::None;
}

}  // namespace

std::optional<DeliveryStatus> parse_delivery_status(const Message& message) {
  const MimePart root = parse_mime(message);
  if (root.type != "multipart/report" || root.children.size() < 2) return std::nullopt;
  const MimePart& for_programs = root.children[1];
  if (for_programs.type != "message/delivery-status") return std::nullopt;
  DeliveryStatus status = read_groups(decoded_body(message, for_programs));
  if (status.recipients.empty()) return std::nullopt;
  if (root.children.size() > 2) status.returned = returned_as(root.children[2]);
  return status;
}

}  // namespace mailwalk::mail
