// Delivery status notifications, "bounces" (RFC 3464 inside RFC 6522): written and read back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/virtual_time.hpp"
#include "mail/address.hpp"
#include "mail/message.hpp"
#include "mail/status_code.hpp"

namespace mailwalk::mail {

// RFC 3464 section 2.3.3.
enum class DeliveryAction { Failed, Delayed, Delivered, Relayed, Expanded };

// "failed"
std::string_view name(DeliveryAction action);

// What became of one recipient.
struct RecipientStatus {
  Mailbox final_recipient;
  DeliveryAction action = DeliveryAction::Failed;
  StatusCode status;
  std::string remote_mta;       // the host that was spoken to; empty if none was reached
  std::string diagnostic_code;  // its reply, "550 5.1.1 No such user"; empty if it did not say why
  std::string reason;           // for the part for people: what is known besides

  friend bool operator==(const RecipientStatus&, const RecipientStatus&) = default;
};

// What a notification is made of.
struct DeliveryReport {
  std::string reporting_mta;  // host name
  Mailbox to;                 // the reverse-path of the mail that is reported on
  std::string message_id;     // of the notification: "id@host", without <>
  Calendar calendar;
  VirtualTime date;                             // of the notification
  VirtualTime arrival;                          // of the mail
  std::optional<VirtualTime> will_retry_until;  // if it is delayed
  std::vector<RecipientStatus> recipients;      // at least one
  Bytes original;
  std::size_t max_returned_octets = 50'000;  // a longer mail comes back as its header only
};

// A multipart/report of three parts: for people, for programs, the mail or its header. It is sent
// with the null reverse-path, so that it can never cause another (RFC 5321 section 4.5.5).
Bytes make_delivery_status(const DeliveryReport& report);

enum class ReturnedContent { None, HeaderOnly, Whole };

// What a program reads in a notification.
struct DeliveryStatus {
  std::string reporting_mta;
  std::string arrival_date;                 // as written
  std::string will_retry_until;             // as written; empty if it is not there
  std::vector<RecipientStatus> recipients;  // `reason` is left empty
  ReturnedContent returned = ReturnedContent::None;
};

// nullopt if the mail is no multipart/report with a readable delivery-status part.
std::optional<DeliveryStatus> parse_delivery_status(const Message& message);

}  // namespace mailwalk::mail
