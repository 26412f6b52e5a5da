#include "pop3/apop.hpp"

#include "tests/support/catch.hpp"

using namespace mailwalk::pop3;

TEST_CASE("The APOP digest is the one of RFC 1939's example", "[pop3][apop][P09]") {
  REQUIRE(apop_available());
  CHECK(apop_digest("<1896.697170952@dbc.mtview.ca.us>", "tanstaaf") ==
        "c4c9334bac560ecc979e58001b3e22fb");
  CHECK(apop_digest("", "") == "d41d8cd98f00b204e9800998ecf8427e");  // RFC 1321, appendix A.5
}

TEST_CASE("A stamp is found in the greeting that holds one", "[pop3][apop][P01]") {
  CHECK(make_stamp(3, 99, "pop.b.test") == "<3.99@pop.b.test>");
  CHECK(make_stamp(4, 99, "pop.b.test") != make_stamp(3, 99, "pop.b.test"));
  CHECK(find_stamp("ready <3.99@pop.b.test>") == "<3.99@pop.b.test>");
  CHECK(find_stamp("<3.99@pop.b.test> ready") == "<3.99@pop.b.test>");
  for (const char* none :
       {"ready", "", "<", "<>", "<a.b>", "<a b@c>", "a@b>", "<a@b", "<\x01@b>", "<\xC3\xA9@b>"}) {
    INFO("\"" << none << "\"");
    CHECK_FALSE(find_stamp(none));
  }
}
