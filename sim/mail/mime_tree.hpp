// What a mail consists of: its MIME parts (RFC 2045, RFC 2046), as ranges of its octets.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message.hpp"
#include "mail/mime_field.hpp"

namespace mailwalk::mail {

// Octets [offset, offset + size) of the message.
struct Range {
  std::size_t offset = 0;
  std::size_t size = 0;

  friend bool operator==(const Range&, const Range&) = default;
};

enum class TransferEncoding { SevenBit, EightBit, Binary, QuotedPrintable, Base64, Unknown };

// What had to be guessed about a part.
enum class MimeFault {
  None,
  BadContentType,          // the field is there, but unreadable: taken as text/plain
  NoBoundary,              // a multipart without the parameter: not divided
  MissingClosingBoundary,  // its last part goes on to the end
  TooDeep,                 // kMaxMimeDepth: not divided
  TooManyParts,            // kMaxMimeParts in the whole mail: the rest is not divided
};

inline constexpr int kMaxMimeDepth = 20;
inline constexpr std::size_t kMaxMimeParts = 1'000;

struct MimePart {
  std::string type = "text/plain";        // lower case, "type/subtype"
  std::vector<MimeParameter> parameters;  // of Content-Type, names in lower case
  std::string disposition;                // lower case; empty if the part does not say
  std::string file_name;                  // from Content-Disposition or Content-Type, for people
  TransferEncoding encoding = TransferEncoding::SevenBit;
  Range header;                    // without the empty line
  Range body;                      // still encoded
  std::vector<MimePart> children;  // of a multipart; of message/rfc822 the one mail inside
  MimeFault fault = MimeFault::None;

  // The value of a Content-Type parameter, its name in lower case; empty if it has none.
  [[nodiscard]] std::string_view parameter(std::string_view name) const {
    return find_parameter(parameters, name);
  }
};

// Never fails. The whole mail is the root part.
MimePart parse_mime(const Message& message);

// The octets of a part's body with the transfer encoding undone.
std::string decoded_body(const Message& message, const MimePart& part);

// The text of a part for people: decoded, in valid UTF-8; octets of an unknown charset as in
// wire::to_valid_utf8.
std::string readable_text(const Message& message, const MimePart& part);

// The part to show as the mail's text: the first text/plain that is no attachment, in the order of
// the tree, else the first text part; nullptr if there is none. It points into `root`.
const MimePart* find_text(const MimePart& root);

// By its name in RFC 2045 section 6.1, in any case.
TransferEncoding transfer_encoding_named(std::string_view name);

}  // namespace mailwalk::mail
