#include "mail/mime_tree.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"
#include "wire/utf8.hpp"

using namespace mailwalk;
using namespace mailwalk::mail;

namespace {

// The tree as "multipart/mixed(text/plain image/png)".
std::string shape(const MimePart& part) {
  std::string text = part.type;
  if (part.children.empty()) return text;
  text += '(';
  for (const MimePart& child : part.children) {
    if (text.back() != '(') text += ' ';
    text += shape(child);
  }
  return text + ')';
}

std::string text_of_part(const Message& message, const MimePart& part) {
  return std::string(message.raw().view().substr(part.body.offset, part.body.size));
}

std::string multipart(const std::string& boundary, const std::vector<std::string>& parts) {
  std::string text = "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n";
  for (const std::string& part : parts) text += "--" + boundary + "\r\n" + part + "\r\n";
  return text + "--" + boundary + "--\r\n";
}

// Every range lies inside its parent's body.
void check_ranges(const MimePart& part) {
  for (const MimePart& child : part.children) {
    REQUIRE(child.header.offset >= part.body.offset);
    REQUIRE(child.header.offset + child.header.size <= child.body.offset);
    REQUIRE(child.body.offset + child.body.size <= part.body.offset + part.body.size);
    check_ranges(child);
  }
}

}  // namespace

TEST_CASE("A mail without MIME fields is plain text", "[mail][mime]") {
  const Message message(Bytes("Subject: x\r\n\r\nhello\r\n"));
  const MimePart root = parse_mime(message);
  CHECK(root.type == "text/plain");
  CHECK(root.encoding == TransferEncoding::SevenBit);
  CHECK(root.header == Range{0, 12});
  CHECK(root.body == Range{14, 7});
  CHECK(root.children.empty());
  CHECK(root.fault == MimeFault::None);
}

TEST_CASE("Content-Type is read with its parameters, comments and quotes", "[mail][mime]") {
  struct Case {
    std::string value, type;
    std::vector<MimeParameter> parameters;
  };
  const std::vector<Case> cases{
      {"text/HTML", "text/html", {}},
      {"text/plain; Charset=UTF-8", "text/plain", {{"charset", "UTF-8"}}},
      {"text/plain;charset=\"utf-8\" ; format = flowed",
       "text/plain",
       {{"charset", "utf-8"}, {"format", "flowed"}}},
      {"text / plain (a (nested) comment); (another) name=\"a\\\"b; c=d\"",
       "text/plain",
       {{"name", "a\"b; c=d"}}},
      {"text/plain (a \\) b); c=d", "text/plain", {{"c", "d"}}},
      {"text/plain; charset", "text/plain", {}},
      {"text/plain;; a=b", "text/plain", {{"a", "b"}}},
      {"text/plain; a=\"open", "text/plain", {{"a", "open"}}},
      {"text/plain; a=", "text/plain", {{"a", ""}}},
      {"text/plain; (never closed", "text/plain", {}},
  };
  for (const Case& c : cases) {
    INFO(c.value);
    const MimePart root = parse_mime(Message(Bytes("Content-Type: " + c.value + "\r\n\r\n")));
    CHECK(root.type == c.type);
    CHECK(root.parameters == c.parameters);
    CHECK(root.fault == MimeFault::None);
  }
  for (const char* value : {"", "text", "text/", "/plain", "; charset=x", "()"}) {
    INFO(value);
    const MimePart root =
        parse_mime(Message(Bytes("Content-Type: " + std::string(value) + "\r\n\r\n")));
    CHECK(root.type == "text/plain");
    CHECK(root.fault == MimeFault::BadContentType);
  }
}

TEST_CASE("A multipart is divided at its boundary lines", "[mail][mime]") {
  const Message message(
      Bytes("Content-Type: multipart/mixed; boundary=\"b b\"\r\n\r\n"
            "for old programs\r\n--b bx\r\n"
            "--b b\r\n\r\none\r\n\r\n"
            "--b b \t\r\nContent-Type: text/html\r\n\r\n--b b not a boundary\r\ntwo\r\n"
            "--b b\r\n"
            "--b b\r\n\r\n"
            "--b b--\r\nepilogue\r\n--b b\r\n\r\nno part\r\n"));
  const MimePart root = parse_mime(message);
  REQUIRE(root.children.size() == 4);
  CHECK(root.fault == MimeFault::None);
  CHECK(shape(root) == "multipart/mixed(text/plain text/html text/plain text/plain)");
  CHECK(text_of_part(message, root.children[0]) == "one\r\n");
  CHECK(text_of_part(message, root.children[1]) == "--b b not a boundary\r\ntwo");
  CHECK(text_of_part(message, root.children[2]).empty());
  CHECK(text_of_part(message, root.children[3]).empty());
  check_ranges(root);
}

TEST_CASE("Multiparts and mails inside each other make a tree", "[mail][mime]") {
  const std::string inner = multipart("in", {"\r\nplain", "Content-Type: text/html\r\n\r\n<p>"});
  const std::string mail = "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n" + inner;
  const Message message(Bytes(multipart("out", {"\r\nfirst", inner, mail})));
  const MimePart root = parse_mime(message);
  CHECK(shape(root) ==
        "multipart/mixed(text/plain multipart/mixed(text/plain text/html) "
        "message/rfc822(multipart/mixed(text/plain text/html)))");
  const MimePart& attached = root.children[2].children[0];
  CHECK(message.raw().view().substr(attached.header.offset, 16) == "Subject: inner\r\n");
  CHECK(text_of_part(message, attached.children[1]) == "<p>");
  check_ranges(root);
}

TEST_CASE("In a digest the parts are mails unless they say otherwise", "[mail][mime]") {
  const Message message(Bytes(
      "Content-Type: multipart/digest; boundary=b\r\n\r\n"
      "--b\r\n\r\nSubject: x\r\n\r\nhello\r\n--b\r\nContent-Type: text/plain\r\n\r\ny\r\n--b--"));
  CHECK(shape(parse_mime(message)) == "multipart/digest(message/rfc822(text/plain) text/plain)");
}

TEST_CASE("A missing closing boundary is reported, and the last part goes to the end",
          "[mail][mime]") {
  const Message message(Bytes(
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n"));
  const MimePart root = parse_mime(message);
  REQUIRE(root.children.size() == 2);
  CHECK(root.fault == MimeFault::MissingClosingBoundary);
  CHECK(text_of_part(message, root.children[1]) == "two\r\n");

  const MimePart none =
      parse_mime(Message(Bytes("Content-Type: multipart/mixed; boundary=b\r\n\r\nnothing\r\n")));
  CHECK(none.children.empty());
  CHECK(none.fault == MimeFault::MissingClosingBoundary);
}

TEST_CASE("An outer boundary ends inner parts that were not closed", "[mail][mime]") {
  const std::string inner = "Content-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n\r\none";
  const Message message(Bytes(multipart("out", {inner, "\r\ntwo"})));
  const MimePart root = parse_mime(message);
  CHECK(shape(root) == "multipart/mixed(multipart/mixed(text/plain) text/plain)");
  CHECK(root.fault == MimeFault::None);
  CHECK(root.children[0].fault == MimeFault::MissingClosingBoundary);
}

TEST_CASE("A multipart without usable boundary is not divided", "[mail][mime]") {
  for (const std::string& parameter :
       {std::string(), std::string("; boundary=\"\""), "; boundary=" + std::string(71, 'b')}) {
    const MimePart root =
        parse_mime(Message(Bytes("Content-Type: multipart/mixed" + parameter + "\r\n\r\n--\r\n")));
    CHECK(root.children.empty());
    CHECK(root.fault == MimeFault::NoBoundary);
  }
}

TEST_CASE("Depth and number of parts are bounded", "[mail][mime]") {
  SECTION("depth") {
    std::string mail = "\r\ncore";
    for (int i = 0; i < 200; ++i) mail = "Content-Type: message/rfc822\r\n\r\n" + mail;
    const MimePart root = parse_mime(Message(Bytes(mail)));
    const MimePart* part = &root;
    int depth = 0;
    while (!part->children.empty()) {
      part = &part->children[0];
      ++depth;
    }
    CHECK(depth == kMaxMimeDepth);
    CHECK(part->fault == MimeFault::TooDeep);
  }
  SECTION("number") {
    const Message message(Bytes(multipart("b", std::vector<std::string>(5'000, "\r\nx"))));
    const MimePart root = parse_mime(message);
    CHECK(root.children.size() == kMaxMimeParts - 1);
    CHECK(root.fault == MimeFault::TooManyParts);
  }
  SECTION("megabytes of lines that look like boundaries") {
    std::string mail =
        "Content-Type: multipart/mixed; boundary=" + std::string(70, '-') + "\r\n\r\n";
    while (mail.size() < 5'000'000) mail += "--" + std::string(69, '-') + "\r\n";
    CHECK(parse_mime(Message(Bytes(mail))).children.empty());
  }
}

TEST_CASE("Transfer encodings are undone", "[mail][mime]") {
  struct Case {
    std::string encoding, body, decoded;
  };
  const std::vector<Case> cases{
      {"7bit", "a=41\r\n", "a=41\r\n"},
      {"8BIT", "caf\xC3\xA9\r\n", "caf\xC3\xA9\r\n"},
      {"Quoted-Printable", "caf=C3=A9=\r\n!\r\n", "caf\xC3\xA9!\r\n"},
      {"base64", "Y2Fm\r\nw6k=\r\n", "caf\xC3\xA9"},
      {"x-unknown", "as it is", "as it is"},
  };
  for (const Case& c : cases) {
    const Message message(Bytes("Content-Transfer-Encoding: " + c.encoding + "\r\n\r\n" + c.body));
    CHECK(decoded_body(message, parse_mime(message)) == c.decoded);
  }
  CHECK(transfer_encoding_named("x-unknown") == TransferEncoding::Unknown);
}

TEST_CASE("Text is shown in valid UTF-8, whatever its charset", "[mail][mime]") {
  const auto shown = [](const std::string& charset, const std::string& body) {
    const Message message(
        Bytes("Content-Type: text/plain; charset=" + charset + "\r\n\r\n" + body));
    return readable_text(message, parse_mime(message));
  };
  CHECK(shown("iso-8859-1", "caf\xE9") == "caf\xC3\xA9");
  CHECK(shown("utf-8", "caf\xC3\xA9") == "caf\xC3\xA9");
  CHECK(shown("utf-8", "caf\xE9") == "caf\xEF\xBF\xBD");
  CHECK(shown("koi8-r", "\xC3\xA9\xFF") == "\xC3\xA9\xEF\xBF\xBD");
}

TEST_CASE("The text of a mail is its first plain text that is no attachment", "[mail][mime]") {
  const std::string html = "Content-Type: text/html\r\n\r\n<p>";
  const std::string attached =
      "Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment;\r\n"
      " filename=\"=?UTF-8?Q?caf=C3=A9.txt?=\"\r\n\r\nno";
  const Message message(Bytes(multipart("b", {html, attached, "\r\nyes"})));
  const MimePart root = parse_mime(message);
  CHECK(root.children[1].disposition == "attachment");
  CHECK(root.children[1].file_name == "caf\xC3\xA9.txt");
  REQUIRE(find_text(root) == &root.children[2]);

  const MimePart only_html = parse_mime(Message(Bytes(multipart("b", {html, attached}))));
  CHECK(find_text(only_html) == &only_html.children[0]);
  const MimePart picture = parse_mime(Message(Bytes("Content-Type: image/png\r\n\r\n")));
  CHECK(find_text(picture) == nullptr);
}

TEST_CASE("Any bytes are parsed, and every part lies inside its parent", "[mail][mime]") {
  static constexpr std::string_view kPieces[] = {"Content-Type: multipart/mixed; boundary=b\r\n",
                                                 "Content-Type: message/rfc822\r\n",
                                                 "Content-Type: text/plain\r\n",
                                                 "\r\n",
                                                 "\r\n",
                                                 "--b\r\n",
                                                 "--b--\r\n",
                                                 "--b",
                                                 "text",
                                                 "\n",
                                                 "Content-Type: multipart/x; boundary=\"c\"\r\n",
                                                 "--c\r\n",
                                                 "--c--\r\n",
                                                 "\r"};
  Prng prng(100);
  for (int round = 0; round < 20'000; ++round) {
    std::string raw;
    const auto pieces = prng.below(30);
    for (std::uint64_t i = 0; i < pieces; ++i) raw += kPieces[prng.below(std::size(kPieces))];
    const Message message{Bytes(raw)};
    const MimePart root = parse_mime(message);
    REQUIRE(root.body.offset + root.body.size == raw.size());
    check_ranges(root);
    REQUIRE(wire::is_utf8(readable_text(message, root)));
  }
}
