#include "dns/name.hpp"

#include <algorithm>

#include "tests/dns/builders.hpp"

using mailwalk::dns::Name;
using namespace mailwalk::dns::test;

namespace {

const std::string kLabel63(63, 'a');
// 3 * 64 + 62 = 254 octets and the root's: the longest name there is.
const std::string kName255 =
    kLabel63 + "." + kLabel63 + "." + kLabel63 + "." + std::string(61, 'b');

}  // namespace

TEST_CASE("A domain name is read from text and written back", "[dns][name]") {
  struct Row {
    std::string text;
    std::string absolute;
    std::size_t labels;
  };
  const std::vector<Row> rows{
      {"kantor.example", "kantor.example.", 2},
      {"kantor.example.", "kantor.example.", 2},
      {"Mx.Kantor.Example", "Mx.Kantor.Example.", 3},
      {".", ".", 0},
      {"a", "a.", 1},
      {"_dmarc.kantor.example", "_dmarc.kantor.example.", 3},
      {"budi\\.santoso.kantor.example", "budi\\.santoso.kantor.example.", 3},
      {"a\\046b.example", "a\\.b.example.", 2},
      {"a\\032b.example", "a\\032b.example.", 2},
      {"back\\\\slash.example", "back\\\\slash.example.", 2},
      {"\\195\\169.example", "\\195\\169.example.", 2},
      {kLabel63 + ".example", kLabel63 + ".example.", 2},
      {kName255, kName255 + ".", 4},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const auto name = Name::parse(row.text);
    REQUIRE(name);
    CHECK(name->absolute_text() == row.absolute);
    CHECK(name->labels().size() == row.labels);
    CHECK(Name::parse(name->absolute_text()) == name);
    CHECK(Name::parse(name->text()) == name);
  }
  CHECK(domain("kantor.example.").text() == "kantor.example");
  CHECK(domain(".").text() == ".");
}

TEST_CASE("Text that is no domain name is refused", "[dns][name]") {
  const std::vector<std::string> rows{
      "",
      "..",
      ".a",
      "a..b",
      "a.b..",
      "a\\",
      "a\\1",
      "a\\12",
      "a\\256",
      "a\\1x2",
      kLabel63 + "a",
      kLabel63 + "a.example",
      kName255 + "b",
      "a." + kName255,
  };
  for (const std::string& row : rows) {
    INFO(row);
    CHECK_FALSE(Name::parse(row));
  }
}

TEST_CASE("Domain names compare without regard to case", "[dns][name]") {
  CHECK(domain("MX.Kantor.EXAMPLE") == domain("mx.kantor.example"));
  CHECK_FALSE(domain("mx.kantor.example") == domain("mx.kantor.exampl"));
  CHECK_FALSE(domain("a\\.b.example") == domain("a.b.example"));
  CHECK_FALSE(domain("A.example") < domain("a.example"));
  CHECK_FALSE(domain("a.example") < domain("A.example"));
}

// The list of RFC 4034 section 6.1, with names of our own.
TEST_CASE("In the canonical order what lies below a name comes directly after it", "[dns][name]") {
  const std::vector<std::string> sorted{
      ".",         "example",       "a.example", "z.a.example", "Zz.A.example",
      "b.example", "\\200.example", "org",       "a.org"};
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    for (std::size_t j = 0; j < sorted.size(); ++j) {
      INFO(sorted[i] << " < " << sorted[j]);
      CHECK((domain(sorted[i]) < domain(sorted[j])) == (i < j));
    }
  }
}

TEST_CASE("A name lies within its ancestors and itself only", "[dns][name]") {
  struct Row {
    std::string name;
    std::string ancestor;
    bool within;
  };
  const std::vector<Row> rows{
      {"mx.kantor.example", "kantor.example", true},
      {"mx.kantor.example", "EXAMPLE", true},
      {"mx.kantor.example", ".", true},
      {"kantor.example", "kantor.example", true},
      {".", ".", true},
      {"kantor.example", "mx.kantor.example", false},
      {"bukankantor.example", "kantor.example", false},
      {".", "example", false},
      {"kantor.example", "org", false},
  };
  for (const Row& row : rows) {
    INFO(row.name << " within " << row.ancestor);
    CHECK(domain(row.name).is_within(domain(row.ancestor)) == row.within);
  }
  CHECK(domain("mx.kantor.example").parent() == domain("kantor.example"));
  CHECK(domain("example").parent().is_root());
}
