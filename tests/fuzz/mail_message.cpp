// Message and its MIME parts: any bytes are a mail, and every range lies within it.
#include "mail/message.hpp"

#include <string>

#include "mail/mime_tree.hpp"
#include "mail/trace_fields.hpp"
#include "tests/fuzz/fuzzing.hpp"
#include "wire/utf8.hpp"

using namespace mailwalk;

namespace {

bool lies_within(const mail::Range& range, std::size_t size) {
  return range.offset <= size && range.size <= size - range.offset;
}

void check_part(const mail::Message& message, const mail::MimePart& part) {
  fuzz::require(lies_within(part.header, message.size()) && lies_within(part.body, message.size()),
                "a part lies within its mail");
  mail::decoded_body(message, part);
  fuzz::require(wire::is_utf8(mail::readable_text(message, part)), "text for people is UTF-8");
  for (const mail::MimePart& child : part.children) check_part(message, child);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(fuzz::as_text(data, size));
  const mail::Message message{Bytes(input)};
  fuzz::require(message.size() == size, "no octet is lost");
  fuzz::require(message.header().size() <= message.body_offset(),
                "the header ends before the body");
  fuzz::require(message.body_offset() + message.body().size() == size, "the body is what is left");
  for (const mail::Field& field : message.fields()) {
    fuzz::require(message.find(field.name).has_value(), "a field that is listed is found");
    fuzz::require(field.value().size() <= field.raw.size(), "a value is no longer than its field");
  }
  fuzz::require(wire::is_utf8(message.decoded_subject()), "a subject for people is UTF-8");

  const mail::MimePart root = mail::parse_mime(message);
  check_part(message, root);
  mail::find_text(root);

  const mail::Message stripped{mail::strip_return_path(message)};
  fuzz::require(stripped.count("Return-Path") == 0, "no Return-Path is left");
  const std::string normal = mail::normalise_line_ends(input);
  fuzz::require(mail::normalise_line_ends(normal) == normal, "normal line ends are left alone");
  return 0;
}
