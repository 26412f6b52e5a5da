#include "mail/address.hpp"

#include "mail/address_literal.hpp"
#include "mail/envelope.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using namespace mailwalk::mail;

namespace {

std::string times(std::size_t count, char c) {
  return std::string(count, c);
}

// A domain of so many octets, in labels of at most 63.
std::string domain_of(std::size_t octets) {
  std::string domain = times(octets % 64 == 0 ? 64 : octets % 64, 'd');
  while (domain.size() < octets) domain += '.' + times(63, 'd');
  return domain;
}

}  // namespace

TEST_CASE("Well-formed paths are read, with quotes and source routes taken away [S34][S35]",
          "[mail][address]") {
  struct Case {
    std::string path, local_part, domain;
  };
  const std::vector<Case> cases{
      {"<bob@b.test>", "bob", "b.test"},
      {"<b@b>", "b", "b"},
      {"<bob.of.b@mx1.b-1.test>", "bob.of.b", "mx1.b-1.test"},
      {"<!#$%&'*+-/=?^_`{|}~@b.test>", "!#$%&'*+-/=?^_`{|}~", "b.test"},
      {"<bob@192.0.2.1>", "bob", "192.0.2.1"},
      {"<bob@3com.test>", "bob", "3com.test"},
      {"<bob@xn--caf-dma.test>", "bob", "xn--caf-dma.test"},
      {"<bob@B.TEST>", "bob", "B.TEST"},
      {R"(<"bob"@b.test>)", "bob", "b.test"},
      {R"(<""@b.test>)", "", "b.test"},
      {R"(<"a b"@b.test>)", "a b", "b.test"},
      {R"(<"a>b@c"@b.test>)", "a>b@c", "b.test"},
      {R"(<".bob."@b.test>)", ".bob.", "b.test"},
      {R"(<"a\"b\\c\d\ "@b.test>)", R"(a"b\cd )", "b.test"},
      {"<bob@[192.0.2.1]>", "bob", "[192.0.2.1]"},
      {"<bob@[IPv6:2001:db8::1]>", "bob", "[IPv6:2001:db8::1]"},
      {"<@x.test:bob@b.test>", "bob", "b.test"},
      {"<@x.test,@y.test:bob@b.test>", "bob", "b.test"},
  };
  for (const Case& c : cases) {
    INFO(c.path);
    for (const auto& parse : {parse_forward_path, parse_reverse_path}) {
      const std::string text = c.path + " SIZE=1";
      const ParsedPath parsed = parse(text, Utf8::Refused);
      REQUIRE(parsed.ok());
      REQUIRE(parsed.mailbox);
      CHECK(parsed.mailbox->local_part == c.local_part);
      CHECK(parsed.mailbox->domain == c.domain);
      CHECK(parsed.rest == " SIZE=1");
    }
  }
}

TEST_CASE("What is no path is refused as such [S22][S23][S24]", "[mail][address]") {
  const std::vector<std::string> cases{
      "",
      " ",
      "bob@b.test",
      " <bob@b.test>",
      "<bob@b.test",
      "<<bob@b.test>",
      "< bob@b.test>",
      "<bob@b.test >",
      "<bob @b.test>",
      "<bob>",
      "<bob@>",
      "<@b.test>",
      "<@>",
      "<.bob@b.test>",
      "<bob.@b.test>",
      "<bob..b@b.test>",
      "<bob@b.test.>",
      "<bob@.b.test>",
      "<bob@b..test>",
      "<bob@-b.test>",
      "<bob@b-.test>",
      "<bob@b_.test>",
      "<bob@b@c.test>",
      "<bob(comment)@b.test>",
      "<a,b@b.test>",
      "<a:b@b.test>",
      "<a\"b\"@b.test>",
      "<\"a\"b@b.test>",
      "<\"a@b.test>",
      "<\"a\\\"@b.test>",
      "<\"a\"\"b\"@b.test>",
      "<\"a\tb\"@b.test>",
      "<\"a\\\tb\"@b.test>",
      "<\"a\r\nb\"@b.test>",
      std::string("<b\0b@b.test>", 12),
      std::string("<\"b\0b\"@b.test>", 14),
      "<bob@b\x7F.test>",
      "<bo\rb@b.test>",
      "<bob\n@b.test>",
      "<bob@[192.0.2.1>",
      "<bob@[192.0.2.256]>",
      "<bob@[]>",
      "<bob@[mx.b.test]>",
      "<bob@[192.0.2.1]x>",
      "<@x.test bob@b.test>",
      "<@x.test,bob@b.test>",
      "<@x.test,@:bob@b.test>",
      "<@x.test:>",
      "<x.test:bob@b.test>",
      "<@[192.0.2.1]:bob@b.test>",
  };
  for (const std::string& path : cases) {
    INFO(Catch::Detail::stringify(path));
    CHECK(parse_forward_path(path, Utf8::Allowed).fault == PathFault::Syntax);
    CHECK(parse_reverse_path(path, Utf8::Allowed).fault == PathFault::Syntax);
    CHECK_FALSE(parse_reverse_path(path, Utf8::Allowed).mailbox);
  }
}

TEST_CASE("The null path is a reverse-path only [S25][S28]", "[mail][address]") {
  const ParsedPath reverse = parse_reverse_path("<> BODY=7BIT", Utf8::Refused);
  CHECK(reverse.ok());
  CHECK_FALSE(reverse.mailbox);
  CHECK(reverse.rest == " BODY=7BIT");
  CHECK(parse_forward_path("<>", Utf8::Refused).fault == PathFault::Syntax);
}

TEST_CASE("Postmaster without domain is a forward-path only, in any case [S29]",
          "[mail][address]") {
  for (const char* path : {"<Postmaster>", "<postmaster>", "<POSTMASTER>"}) {
    const ParsedPath parsed = parse_forward_path(path, Utf8::Refused);
    REQUIRE(parsed.ok());
    REQUIRE(parsed.mailbox);
    CHECK(is_postmaster(*parsed.mailbox));
    CHECK(parsed.mailbox->domain.empty());
    CHECK("<" + parsed.mailbox->text() + ">" == path);
    CHECK(parse_reverse_path(path, Utf8::Refused).fault == PathFault::Syntax);
  }
  CHECK(parse_forward_path("<Postmasters>", Utf8::Refused).fault == PathFault::Syntax);
  CHECK(is_postmaster(parse_forward_path("<PostMaster@b.test>", Utf8::Refused).mailbox.value()));
}

TEST_CASE("Paths are refused beyond the limits and not before [S39]", "[mail][address]") {
  struct Case {
    std::string path;
    PathFault fault;
  };
  const std::string route = "@" + domain_of(100) + ",@";  // 103 octets with the ":" and "@" below
  const std::vector<Case> cases{
      {"<" + times(64, 'l') + "@b.test>", PathFault::None},
      {"<" + times(65, 'l') + "@b.test>", PathFault::LocalPartTooLong},
      {"<\"" + times(62, 'l') + "\"@b.test>", PathFault::None},
      {"<\"" + times(63, 'l') + "\"@b.test>", PathFault::LocalPartTooLong},
      {"<b@" + times(63, 'd') + ".test>", PathFault::None},
      {"<b@" + times(64, 'd') + ".test>", PathFault::DomainTooLong},
      {"<b@" + domain_of(252) + ">", PathFault::None},
      {"<b@" + domain_of(253) + ">", PathFault::TooLong},
      {"<b@" + domain_of(255) + ">", PathFault::TooLong},
      {"<b@" + domain_of(256) + ">", PathFault::DomainTooLong},
      {"<" + times(64, 'l') + "@" + domain_of(189) + ">", PathFault::None},
      {"<" + times(64, 'l') + "@" + domain_of(190) + ">", PathFault::TooLong},
      {"<" + route + domain_of(100) + ":b@" + domain_of(48) + ">", PathFault::None},
      {"<" + route + domain_of(100) + ":b@" + domain_of(49) + ">", PathFault::TooLong},
  };
  for (const Case& c : cases) {
    INFO(c.path << " of " << c.path.size() << " octets");
    CHECK(parse_forward_path(c.path, Utf8::Refused).fault == c.fault);
    CHECK(parse_reverse_path(c.path, Utf8::Refused).fault == c.fault);
  }
}

TEST_CASE("Characters outside ASCII are addresses under SMTPUTF8 only [S60]", "[mail][address]") {
  const std::vector<std::string> international{
      "<andr\xC3\xA9@b.test>",          "<bob@caf\xC3\xA9.test>",
      "<\"a \xE2\x82\xAC\"@b.test>",    "<\xF0\x9F\x93\xA7@\xE4\xBE\x8B.test>",
      "<@caf\xC3\xA9.test:bob@b.test>",
  };
  for (const std::string& path : international) {
    INFO(path);
    CHECK(parse_forward_path(path, Utf8::Refused).fault == PathFault::NonAscii);
    CHECK(parse_reverse_path(path, Utf8::Refused).fault == PathFault::NonAscii);
    CHECK(parse_forward_path(path, Utf8::Allowed).ok());
    CHECK(parse_reverse_path(path, Utf8::Allowed).ok());
  }
  const std::vector<std::string> ill_formed{
      "<andr\xE9@b.test>",     "<bob@caf\xC3.test>",      "<\"\xC0\x80\"@b.test>",
      "<\xED\xA0\x80@b.test>", "<\"\\\xC3\xA9\"@b.test>",
  };
  for (const std::string& path : ill_formed) {
    CHECK(parse_forward_path(path, Utf8::Allowed).fault == PathFault::Syntax);
  }
}

TEST_CASE("Address literals follow RFC 5321 section 4.1.3", "[mail][address]") {
  for (const char* literal :
       {"[192.0.2.1]", "[0.0.0.0]", "[255.255.255.255]", "[192.000.002.001]",
        "[IPv6:1:2:3:4:5:6:7:8]", "[ipv6:2001:DB8:0:0:0:0:0:1]", "[IPv6:2001:db8::1]", "[IPv6:::]",
        "[IPv6:::1]", "[IPv6:1::]", "[IPv6:1:2:3:4:5:6::]", "[IPv6:::3:4:5:6:7:8]",
        "[IPv6:1:2:3:4:5:6:192.0.2.1]", "[IPv6:::ffff:192.0.2.1]", "[IPv6:::192.0.2.1]",
        "[IPv6:1:2:3:4::192.0.2.1]"}) {
    INFO(literal);
    CHECK(is_address_literal(literal));
    CHECK(valid_domain(literal, Utf8::Refused));
  }
  for (const char* no_literal : {"",
                                 "[",
                                 "]",
                                 "[]",
                                 "192.0.2.1",
                                 "[192.0.2]",
                                 "[192.0.2.1.1]",
                                 "[192.0.2.1",
                                 "[192.0.2.]",
                                 "[192.0.2.256]",
                                 "[192.0.2.0001]",
                                 "[ 192.0.2.1]",
                                 "[192.0.2.-1]",
                                 "[IPv6:]",
                                 "[2001:db8::1]",
                                 "[IPv6:1:2:3:4:5:6:7]",
                                 "[IPv6:1:2:3:4:5:6:7:8:9]",
                                 "[IPv6:1::2::3]",
                                 "[IPv6::::]",
                                 "[IPv6:1:2:3:4:5:6:7::]",
                                 "[IPv6:12345::]",
                                 "[IPv6:g::]",
                                 "[IPv6:1:]",
                                 "[IPv6::1]",
                                 "[IPv6:1:2:3:4:5:6:7:192.0.2.1]",
                                 "[IPv6:192.0.2.1::1]",
                                 "[IPv6:1:2:3:4:5::192.0.2.1]",
                                 "[x400:c]"}) {
    INFO(no_literal);
    CHECK_FALSE(is_address_literal(no_literal));
  }
}

TEST_CASE("Host names are told from what is none", "[mail][address]") {
  for (const std::string& name : {std::string("b.test"), std::string("localhost"),
                                  std::string("a-b.c--d.test"), domain_of(255)}) {
    CHECK(valid_domain(name, Utf8::Refused));
  }
  for (const std::string& name :
       {std::string(), std::string("b.test."), std::string("b test"), std::string("-b.test"),
        std::string("b_c.test"), std::string("b.test\r\n"), domain_of(256),
        std::string("caf\xC3\xA9.test")}) {
    INFO(name);
    CHECK_FALSE(valid_domain(name, Utf8::Refused));
  }
  CHECK(valid_domain("caf\xC3\xA9.test", Utf8::Allowed));
}

TEST_CASE("Mailboxes alone are read whole or not at all", "[mail][address]") {
  CHECK(parse_mailbox("bob@b.test", Utf8::Refused) == Mailbox{"bob", "b.test"});
  CHECK(parse_mailbox("\"a b\"@b.test", Utf8::Refused) == Mailbox{"a b", "b.test"});
  for (const std::string& text :
       {std::string("bob"), std::string("<bob@b.test>"), std::string("bob@b.test "),
        std::string("bob@b.test,c@b.test"), std::string("andr\xC3\xA9@b.test"),
        times(65, 'l') + "@b.test", "b@" + times(64, 'd') + ".test", std::string()}) {
    INFO(text);
    CHECK_FALSE(parse_mailbox(text, Utf8::Refused));
  }
}

TEST_CASE("A mailbox is written with quotes where it needs them, and so read again",
          "[mail][address]") {
  struct Case {
    Mailbox mailbox;
    std::string text;
  };
  const std::vector<Case> cases{
      {{"bob", "b.test"}, "bob@b.test"},
      {{"a.b", "b.test"}, "a.b@b.test"},
      {{"a b", "b.test"}, "\"a b\"@b.test"},
      {{"a..b", "b.test"}, "\"a..b\"@b.test"},
      {{"", "b.test"}, "\"\"@b.test"},
      {{"a\"\\b", "b.test"}, "\"a\\\"\\\\b\"@b.test"},
      {{"andr\xC3\xA9", "b.test"}, "andr\xC3\xA9@b.test"},
  };
  for (const Case& c : cases) {
    CHECK(c.mailbox.text() == c.text);
    CHECK(parse_mailbox(c.text, Utf8::Allowed) == c.mailbox);
  }
}

TEST_CASE("Local parts are compared exactly, domains without case [S31]", "[mail][address]") {
  CHECK(Mailbox{"bob", "b.test"} == Mailbox{"bob", "B.Test"});
  CHECK_FALSE(Mailbox{"bob", "b.test"} == Mailbox{"Bob", "b.test"});
  CHECK_FALSE(Mailbox{"bob", "b.test"} == Mailbox{"bob", "c.test"});
  CHECK(path_text(std::nullopt) == "<>");
  CHECK(path_text(Mailbox{"bob", "b.test"}) == "<bob@b.test>");
}

TEST_CASE("Whatever is accepted as a path reads the same when written again", "[mail][address]") {
  static constexpr std::string_view kAlphabet = "ab.-@\"\\ [1]:<>,\xC3\xA9";
  Prng prng(50);
  int accepted = 0;
  for (int round = 0; round < 200'000; ++round) {
    std::string text = "<";
    const auto length = prng.below(12);
    for (std::uint64_t i = 0; i < length; ++i) {
      text += kAlphabet[static_cast<std::size_t>(prng.below(kAlphabet.size()))];
    }
    text += "@b>";
    const ParsedPath parsed = parse_forward_path(text, Utf8::Allowed);
    if (!parsed.ok()) continue;
    ++accepted;
    const std::string again = path_text(parsed.mailbox);
    INFO(text << " and " << again);
    REQUIRE(parse_forward_path(again, Utf8::Allowed).mailbox == parsed.mailbox);
  }
  CHECK(accepted > 1'000);
}
