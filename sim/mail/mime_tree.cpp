#include "mail/mime_tree.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/encoded_word.hpp"
#include "wire/base64.hpp"
#include "wire/quoted_printable.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::mail {

namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kMaxBoundaryOctets = 70;  // RFC 2046 section 5.1.1

struct EncodingName {
  std::string_view name;
  TransferEncoding encoding;
};
constexpr std::array kEncodingNames{
    EncodingName{"7bit", TransferEncoding::SevenBit},
    EncodingName{"8bit", TransferEncoding::EightBit},
    EncodingName{"binary", TransferEncoding::Binary},
    EncodingName{"quoted-printable", TransferEncoding::QuotedPrintable},
    EncodingName{"base64", TransferEncoding::Base64},
};

bool is_multipart(const MimePart& part) {
  return part.type.rfind("multipart/", 0) == 0;
}

bool is_mail(const MimePart& part) {
  return part.type == "message/rfc822" || part.type == "message/global";
}

bool is_encoded(const MimePart& part) {
  return part.encoding == TransferEncoding::Base64 ||
         part.encoding == TransferEncoding::QuotedPrintable;
}

// A line that divides a multipart: "--" boundary ["--"] *blank CRLF. The CRLF before it is part of
// it.
struct Delimiter {
  enum class Kind { Between, Closing };
  std::size_t start;  // of the CRLF before, if it has one
  std::size_t end;    // after its own CRLF
  Kind kind;
};

// The delimiter whose line starts at `at`, if there is one.
std::optional<Delimiter> delimiter_at(std::string_view body, std::size_t at,
                                      std::string_view dashes_and_boundary) {
  if (body.substr(at, dashes_and_boundary.size()) != dashes_and_boundary) return std::nullopt;
  const std::size_t after = at + dashes_and_boundary.size();
  const std::size_t line_end = std::min(body.find(kLineEnd, after), body.size());
  std::string_view tail = body.substr(after, line_end - after);
  const bool closing = tail.substr(0, 2) == "--";
  if (closing) tail.remove_prefix(2);
  if (!ascii::trim(tail).empty()) return std::nullopt;
  return Delimiter{at >= kLineEnd.size() ? at - kLineEnd.size() : 0,
                   std::min(line_end + kLineEnd.size(), body.size()),
                   closing ? Delimiter::Kind::Closing : Delimiter::Kind::Between};
}

// The first delimiter at or after `from`, which is the start of a line.
std::optional<Delimiter> next_delimiter(std::string_view body, std::size_t from,
                                        std::string_view dashes_and_boundary) {
  while (true) {
    if (auto delimiter = delimiter_at(body, from, dashes_and_boundary)) return delimiter;
    const std::size_t found = body.find("\r\n--", from);
    if (found == std::string_view::npos) return std::nullopt;
    from = found + kLineEnd.size();
  }
}

class MimeParser {
 public:
  explicit MimeParser(std::string_view raw) : raw_(raw) {}

  // The part that `whole` is; `default_type` is its type if it does not say.
  MimePart parse(Range whole, int depth, std::string_view default_type) {
    ++parts_;
    const HeaderIndex index(raw_.substr(whole.offset, whole.size));
    MimePart part;
    part.type = default_type;
    part.header = {whole.offset, index.size()};
    part.body = {whole.offset + index.body_offset(), whole.size - index.body_offset()};
    read_fields(part, index);
    if (is_multipart(part) || (is_mail(part) && !is_encoded(part))) divide(part, depth);
    return part;
  }

 private:
  static void read_fields(MimePart& part, const HeaderIndex& index) {
    if (const auto field = index.find("Content-Type")) {
      if (auto type = parse_mime_field(field->value(), MimeFieldKind::ContentType)) {
        part.type = std::move(type->value);
        part.parameters = std::move(type->parameters);
      } else {
        part.type = "text/plain";
        part.fault = MimeFault::BadContentType;
      }
    }
    if (const auto field = index.find("Content-Transfer-Encoding")) {
      part.encoding = transfer_encoding_named(field->value());
    }
    part.file_name = decode_words(part.parameter("name"));
    if (const auto field = index.find("Content-Disposition")) {
      if (auto disposition = parse_mime_field(field->value(), MimeFieldKind::Token)) {
        const std::string_view file_name = find_parameter(disposition->parameters, "filename");
        if (!file_name.empty()) part.file_name = decode_words(file_name);
        part.disposition = std::move(disposition->value);
      }
    }
  }

  void divide(MimePart& part, int depth) {
    if (depth >= kMaxMimeDepth) {
      part.fault = MimeFault::TooDeep;
    } else if (is_mail(part)) {
      add_child(part, part.body, depth, "text/plain");
    } else {
      divide_multipart(part, depth);
    }
  }

  // RFC 2046 section 5.1.1. What stands before the first delimiter and after the closing one is for
  // programs that do not know MIME, and no part.
  void divide_multipart(MimePart& part, int depth) {
    const std::string_view boundary = part.parameter("boundary");
    if (boundary.empty() || boundary.size() > kMaxBoundaryOctets) {
      part.fault = MimeFault::NoBoundary;
      return;
    }
    const std::string marker = "--" + std::string(boundary);
    const std::string_view body = raw_.substr(part.body.offset, part.body.size);
    const std::string_view child_type =
        part.type == "multipart/digest" ? "message/rfc822" : "text/plain";
    auto before = next_delimiter(body, 0, marker);
    while (before && before->kind == Delimiter::Kind::Between) {
      const auto after = next_delimiter(body, before->end, marker);
      // Two delimiter lines in a row share the CRLF between them.
      const std::size_t end = after ? std::max(after->start, before->end) : body.size();
      if (!add_child(part, {part.body.offset + before->end, end - before->end}, depth,
                     child_type)) {
        return;
      }
      before = after;
    }
    if (!before) part.fault = MimeFault::MissingClosingBoundary;
  }

  // False if there are too many parts already.
  bool add_child(MimePart& part, Range whole, int depth, std::string_view default_type) {
    if (parts_ >= kMaxMimeParts) {
      part.fault = MimeFault::TooManyParts;
      return false;
    }
    part.children.push_back(parse(whole, depth + 1, default_type));
    return true;
  }

  std::string_view raw_;
  std::size_t parts_ = 0;
};

bool is_text(const MimePart& part) {
  return part.type.rfind("text/", 0) == 0 && part.disposition != "attachment";
}

const MimePart* find_text_of_type(const MimePart& part, std::string_view type) {
  if (is_text(part) && (type.empty() || part.type == type)) return &part;
  for (const MimePart& child : part.children) {
    if (const MimePart* found = find_text_of_type(child, type)) return found;
  }
  return nullptr;
}

}  // namespace

TransferEncoding transfer_encoding_named(std::string_view name) {
  for (const EncodingName& known : kEncodingNames) {
    if (ascii::iequals(known.name, name)) return known.encoding;
  }
  return TransferEncoding::Unknown;
}

MimePart parse_mime(const Message& message) {
  return MimeParser(message.raw().view()).parse({0, message.size()}, 0, "text/plain");
}

std::string decoded_body(const Message& message, const MimePart& part) {
  const std::string_view body = message.raw().view().substr(part.body.offset, part.body.size);
  switch (part.encoding) {
    case TransferEncoding::Base64: return wire::base64_decode_lenient(body);
    case TransferEncoding::QuotedPrintable: return wire::quoted_printable_decode(body);
    case TransferEncoding::SevenBit:
    case TransferEncoding::EightBit:
    case TransferEncoding::Binary:
    case TransferEncoding::Unknown: break;
  }
  return std::string(body);
}

std::string readable_text(const Message& message, const MimePart& part) {
  const auto charset = charset_named(part.parameter("charset"));
  return to_utf8(decoded_body(message, part), charset.value_or(Charset::Utf8));
}

const MimePart* find_text(const MimePart& root) {
  const MimePart* plain = find_text_of_type(root, "text/plain");
  return plain != nullptr ? plain : find_text_of_type(root, "");
}

}  // namespace mailwalk::mail
