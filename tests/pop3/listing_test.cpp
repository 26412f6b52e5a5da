#include "pop3/listing.hpp"

#include "pop3/capability.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using namespace mailwalk::pop3;

namespace {
constexpr MessageNumber kFirstNumber{1};
constexpr MessageNumber kSecondNumber{2};
}  // namespace

TEST_CASE("A drop listing is two numbers and one blank", "[pop3][listing][P12]") {
  CHECK(text(DropListing{2, 320}) == "2 320");
  CHECK(parse_drop_listing("2 320") == DropListing{2, 320});
  CHECK(parse_drop_listing("0 0") == DropListing{0, 0});
  CHECK(parse_drop_listing("2 320 and more") == DropListing{2, 320});
  for (const char* wrong : {"", "2", "2 ", " 2 320", "2  320", "x 320", "2 x", "-2 320",
                            "4294967296 1", "1 18446744073709551616"}) {
    INFO("\"" << wrong << "\"");
    CHECK_FALSE(parse_drop_listing(wrong));
  }
}

TEST_CASE("A scan listing is a message number and a size", "[pop3][listing][P13]") {
  CHECK(text(ScanListing{kSecondNumber, 200}) == "2 200");
  CHECK(parse_scan_listing("2 200") == ScanListing{kSecondNumber, 200});
  CHECK(parse_scan_listing("2 200 extra") == ScanListing{kSecondNumber, 200});
  for (const char* wrong : {"", "2", "0 200", "2 -1", "two 200", "2 200x"}) {
    INFO("\"" << wrong << "\"");
    CHECK_FALSE(parse_scan_listing(wrong));
  }
}

TEST_CASE("A unique-id has 1 to 70 characters of 0x21 to 0x7E", "[pop3][listing][P26]") {
  CHECK(valid_unique_id("a"));
  CHECK(valid_unique_id("!~"));
  CHECK(valid_unique_id(std::string(70, 'x')));
  CHECK_FALSE(valid_unique_id(""));
  CHECK_FALSE(valid_unique_id(std::string(71, 'x')));
  CHECK_FALSE(valid_unique_id("a b"));
  CHECK_FALSE(valid_unique_id("a\x7F"));
  CHECK_FALSE(valid_unique_id("\xC3\xA9"));
  CHECK(parse_unique_id_listing("1 aa") == UniqueIdListing{kFirstNumber, "aa"});
  CHECK_FALSE(parse_unique_id_listing("1 "));
  CHECK_FALSE(parse_unique_id_listing("1 " + std::string(71, 'x')));
}

TEST_CASE("Listings of many messages are read whole or not at all", "[pop3][listing]") {
  using Scan = std::vector<ScanListing>;
  CHECK(parse_scan_listings("", 10) == Scan{});
  CHECK(parse_scan_listings("1 120\r\n2 200\r\n", 2) ==
        Scan{{kFirstNumber, 120}, {kSecondNumber, 200}});
  CHECK(parse_scan_listings("2 200\r\n1 120\r\n", 2) ==
        Scan{{kSecondNumber, 200}, {kFirstNumber, 120}});
  CHECK_FALSE(parse_scan_listings("1 120\r\n2 200\r\n", 1));
  CHECK_FALSE(parse_scan_listings("1 120\r\n1 120\r\n", 10));
  CHECK_FALSE(parse_scan_listings("2 9\r\n1 9\r\n2 9\r\n", 10));
  CHECK_FALSE(parse_scan_listings("1 120\r\n\r\n", 10));
  CHECK_FALSE(parse_scan_listings("1 120\n2 200\n", 10));
  CHECK_FALSE(parse_scan_listings("1 120", 10));
  using Ids = std::vector<UniqueIdListing>;
  CHECK(parse_unique_id_listings("1 aa\r\n2 bb\r\n", 10) ==
        Ids{{kFirstNumber, "aa"}, {kSecondNumber, "bb"}});
  CHECK_FALSE(parse_unique_id_listings("1 aa\r\n1 bb\r\n", 10));
}

TEST_CASE("Capabilities are written, read, and asked for by name", "[pop3][capability][P02]") {
  Capabilities offered;
  offered.add(Capability::Top);
  offered.add(Capability::Expire, "NEVER");
  CHECK(offered.content() == "TOP\r\nEXPIRE NEVER\r\n");
  CHECK(Capabilities::parse(offered.content().view(), 2) == offered);
  CHECK_FALSE(Capabilities::parse(offered.content().view(), 1));

  const Capabilities heard =
      Capabilities::parse("top\r\nSASL PLAIN LOGIN\r\nX-ODD 1\r\nPIPELININGX\r\nUIDL", 5).value();
  CHECK(heard.has(Capability::Top));
  CHECK(heard.has(Capability::Uidl));
  CHECK(heard.has(Capability::Sasl));
  CHECK(heard.arguments(Capability::Sasl) == "PLAIN LOGIN");
  CHECK(heard.arguments(Capability::Top).empty());
  CHECK(heard.arguments(Capability::Stls).empty());
  CHECK_FALSE(heard.has(Capability::Pipelining));
  CHECK(heard.lines.size() == 5);
  CHECK(heard.lines[2].text == "X-ODD 1");
  CHECK(Capabilities::parse("", 0) == Capabilities{});
}

TEST_CASE("Random listings never break their parsers", "[pop3][listing][random]") {
  Prng prng(11);
  for (int round = 0; round < 5'000; ++round) {
    const std::string bytes =
        mailwalk::test::random_bytes(prng, static_cast<std::size_t>(prng.below(60)));
    if (const auto listing = parse_scan_listing(bytes)) REQUIRE(listing->number.value() > 0);
    if (const auto listings = parse_unique_id_listings(bytes, 3)) REQUIRE(listings->size() <= 3);
    if (const auto heard = Capabilities::parse(bytes, 3)) REQUIRE(heard->lines.size() <= 3);
  }
}
