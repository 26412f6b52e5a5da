// Delivery status notifications: any mail is read without harm, and what is read can be written and
// read again.
#include "mail/delivery_status.hpp"

#include <string>
#include <utility>

#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes input{std::string(fuzz::as_text(data, size))};
  auto read = mail::parse_delivery_status(mail::Message(input));
  if (!read || read->recipients.empty()) return 0;

  mail::DeliveryReport report;
  report.reporting_mta = "mx.b.test";
  report.to = {"ani", "a.test"};
  report.message_id = "1@mx.b.test";
  report.recipients = std::move(read->recipients);
  report.original = input;
  const auto again = mail::parse_delivery_status(mail::Message(mail::make_delivery_status(report)));
  fuzz::require(again.has_value(), "a notification can be read");
  fuzz::require(again->recipients.size() == report.recipients.size(), "no recipient is lost");
  return 0;
}
