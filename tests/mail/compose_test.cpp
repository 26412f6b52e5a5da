#include "mail/compose.hpp"

#include "mail/encoded_word.hpp"
#include "mail/message.hpp"
#include "mail/mime_tree.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"
#include "wire/utf8.hpp"

using namespace mailwalk;
using namespace mailwalk::mail;

namespace {

Draft plain_draft() {
  Draft draft;
  draft.from = {"Ani", {"ani", "a.test"}};
  draft.to = {{"", {"bob", "b.test"}}};
  draft.subject = "Lunch";
  draft.body = "See you at noon.\n\n.\nAni\n";
  draft.calendar = Calendar{1'767'578'400, 420};
  draft.message_id = "1@a.test";
  return draft;
}

std::size_t longest_line(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\r\n"), text.size());
    longest = std::max(longest, end);
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return longest;
}

std::string text_of(const Bytes& mail) {
  const Message message(mail);
  const MimePart root = parse_mime(message);
  return decoded_body(message, root);
}

}  // namespace

TEST_CASE("A plain draft becomes a plain mail", "[mail][compose]") {
  CHECK(compose(plain_draft()) ==
        "From: Ani <ani@a.test>\r\n"
        "To: bob@b.test\r\n"
        "Subject: Lunch\r\n"
        "Date: Mon, 05 Jan 2026 09:00:00 +0700\r\n"
        "Message-ID: <1@a.test>\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=us-ascii\r\n"
        "Content-Transfer-Encoding: 7bit\r\n"
        "\r\n"
        "See you at noon.\r\n\r\n.\r\nAni\r\n");
}

TEST_CASE("A body outside ASCII travels as 8bit UTF-8 [S50]", "[mail][compose]") {
  Draft draft = plain_draft();
  draft.body = "caf\xC3\xA9";
  const Message message(compose(draft));
  CHECK(message.find("Content-Type")->value() == "text/plain; charset=utf-8");
  CHECK(message.find("Content-Transfer-Encoding")->value() == "8bit");
  CHECK(message.body() == "caf\xC3\xA9\r\n");
  draft.body = "caf\xE9";
  CHECK(Message(compose(draft)).find("Content-Type")->value() ==
        "text/plain; charset=unknown-8bit");
}

TEST_CASE("A body that may not travel as it is becomes quoted-printable [S41]", "[mail][compose]") {
  struct Case {
    std::string body;
    std::string encoding;
  };
  const std::vector<Case> cases{
      {std::string(998, 'x'), "7bit"},
      {std::string(999, 'x'), "quoted-printable"},
      {"a\rb", "quoted-printable"},
      {std::string("a\0b", 3), "quoted-printable"},
      {"a\r\n" + std::string(998, 'y') + "\nb", "7bit"},
      {"a\r\r\n", "quoted-printable"},
      {"", "7bit"},
  };
  for (const Case& c : cases) {
    Draft draft = plain_draft();
    draft.body = c.body;
    const Bytes mail = compose(draft);
    CHECK(Message(mail).find("Content-Transfer-Encoding")->value() == c.encoding);
    CHECK(text_of(mail) == normalise_line_ends(c.body));
    CHECK(longest_line(mail.view()) <= 998);
  }
}

TEST_CASE("Names are written so that any reader gets them back", "[mail][compose]") {
  struct Case {
    std::string name, text;
  };
  const std::vector<Case> cases{
      {"", "ani@a.test"},
      {"Ani Lestari", "Ani Lestari <ani@a.test>"},
      {"Lestari, Ani", "\"Lestari, Ani\" <ani@a.test>"},
      {"A. \"Ni\" \\", R"("A. \"Ni\" \\" <ani@a.test>)"},
      {"Andr\xC3\xA9", "=?UTF-8?Q?Andr=C3=A9?= <ani@a.test>"},
  };
  for (const Case& c : cases) {
    CHECK(correspondent_text({c.name, {"ani", "a.test"}}) == c.text);
  }
}

TEST_CASE("No draft can put fields of its own into the header", "[mail][compose]") {
  Draft draft = plain_draft();
  draft.subject = "a\r\nBcc: eve@e.test\r\n\r\nbody";
  draft.from.name = "Ani\r\nX: y";
  const Message message(compose(draft));
  CHECK(message.well_formed());
  CHECK(message.fields().size() == 8);
  CHECK_FALSE(message.find("Bcc"));
  CHECK_FALSE(message.find("X"));
}

TEST_CASE("Many recipients and long subjects are folded", "[mail][compose]") {
  Draft draft = plain_draft();
  for (int i = 0; i < 100; ++i) draft.to.push_back({"Recipient", {"bob", "b.test"}});
  for (int i = 0; i < 100; ++i) draft.subject += " caf\xC3\xA9";
  const Message message(compose(draft));
  CHECK(message.well_formed());
  CHECK(longest_line(message.header()) <= 76);
  CHECK(message.decoded_subject() == draft.subject);
}

TEST_CASE("Without recipients there is no To", "[mail][compose]") {
  Draft draft = plain_draft();
  draft.to.clear();
  CHECK_FALSE(Message(compose(draft)).find("To"));
}

TEST_CASE("Whatever is written, a mail comes out well formed and reads back", "[mail][compose]") {
  Prng prng(90);
  for (int round = 0; round < 1'000; ++round) {
    Draft draft = plain_draft();
    draft.subject = test::random_bytes(prng, static_cast<std::size_t>(prng.below(200)));
    draft.from.name = test::random_bytes(prng, static_cast<std::size_t>(prng.below(60)));
    draft.body = test::random_bytes(prng, static_cast<std::size_t>(prng.below(2'000)));
    const Bytes mail = compose(draft);
    const Message message(mail);
    REQUIRE(message.well_formed());
    REQUIRE(message.fields().size() == 8);
    REQUIRE(wire::is_ascii(message.header()));
    REQUIRE(longest_line(mail.view()) <= 998);
    REQUIRE(text_of(mail) == normalise_line_ends(draft.body));
  }
}
