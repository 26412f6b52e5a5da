#include "gui/inspector/letter_content.hpp"

#include <string>

#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

TEST_CASE("a letter with an attachment is read as people read it", "[gui][letter]") {
  const Bytes raw(
      "Received: from a.example by b.example; Tue, 06 Jan 2026 08:00:02 +0700\r\n"
      "Received: from c.example by a.example; Tue, 06 Jan 2026 08:00:00 +0700\r\n"
      "From: =?UTF-8?Q?B=C3=BCdi?= <budi@a.example>\r\n"
      "To: Ani@B.example\r\n"
      "Subject: 100%s =?UTF-8?Q?caf=C3=A9?=\r\n"
      "MIME-Version: 1.0\r\n"
      "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
      "--x\r\nContent-Type: text/plain\r\n\r\nHalo\r\nAni\r\n"
      "--x\r\nContent-Type: image/png; name=foto.png\r\n"
      "Content-Disposition: attachment; filename=foto.png\r\n\r\nPNG\r\n--x--\r\n");
  LetterReader reader;
  const LetterContent& content = reader.read(raw);
  CHECK(content.subject == "100%s café");
  CHECK(content.body == std::vector<std::string>{"Halo", "Ani"});
  REQUIRE(content.parts.size() == 3);
  CHECK(content.parts[0].type == "multipart/mixed");
  CHECK(content.parts[2].file_name == "foto.png");
  CHECK(content.parts[2].depth == 1);
  REQUIRE(content.hops.size() == 2);
  CHECK(content.hops[0].by == "a.example");
  CHECK(*content.hops[1].unix_seconds - *content.hops[0].unix_seconds == 2);
  CHECK(content.named_recipients == std::vector<mail::Mailbox>{{"Ani", "b.example"}});
  CHECK(content.named_senders == std::vector<mail::Mailbox>{{"budi", "a.example"}});
  CHECK(&reader.read(raw) == &content);
  CHECK(reader.read(Bytes("Subject: other\r\n\r\n")).subject == "other");
}

TEST_CASE("of a large letter only the beginning is decoded", "[gui][letter]") {
  std::string raw = "Subject: large\r\n\r\n";
  for (int i = 0; i < 200'000; ++i)
    raw += "all work and no play makes a long letter of this one\r\n";
  const LetterContent content = read_letter(Bytes(std::move(raw)));
  CHECK(content.body.size() <= 10);
  CHECK(content.body_octets > 10'000'000);
}

TEST_CASE("any octets are a letter", "[gui][letter]") {
  for (const char* raw : {"", "\r\n", "no header", "Content-Type: multipart/mixed\r\n\r\n--\r\n",
                          "Received:\r\nReceived: ;\r\n\r\n"}) {
    const LetterContent content = read_letter(Bytes(raw));
    CHECK_FALSE(content.parts.empty());
  }
}

TEST_CASE("the addresses of a field are found whole, whatever stands around them",
          "[gui][letter]") {
  struct Case {
    const char* value;
    std::vector<std::string> addresses;
  };
  const Case cases[] = {
      {"budi@a.example", {"budi@a.example"}},
      {"  Budi <budi@a.example> , Ani Lestari <ani@b.example>",
       {"budi@a.example", "ani@b.example"}},
      {"\"eve@x.example, <eve@y.example>\" <budi@a.example>", {"budi@a.example"}},
      {"budi@a.example (not (really) eve@x.example \\) yet)", {"budi@a.example"}},
      {"Team: budi@a.example, Ani <ani@b.example>;, citra@c.example",
       {"budi@a.example", "ani@b.example", "citra@c.example"}},
      {"undisclosed-recipients:;", {}},
      {"<>, nobody, \"two words\"@a.example", {"\"two words\"@a.example"}},
      {"\"never closed <budi@a.example>", {}},
      {"(never closed budi@a.example", {}},
      {"", {}},
  };
  for (const Case& it : cases) {
    INFO(it.value);
    std::vector<std::string> found;
    for (const mail::Mailbox& mailbox : addresses_in(it.value)) found.push_back(mailbox.text());
    CHECK(found == it.addresses);
  }
}
