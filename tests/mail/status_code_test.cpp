#include "mail/status_code.hpp"

#include "tests/support/catch.hpp"

using mailwalk::mail::StatusCode;

TEST_CASE("Status codes are read as RFC 3463 writes them", "[mail][dsn]") {
  CHECK(StatusCode::parse("5.1.1") == StatusCode{5, 1, 1});
  CHECK(StatusCode::parse("4.4.7") == StatusCode{4, 4, 7});
  CHECK(StatusCode::parse("2.0.0") == StatusCode{2, 0, 0});
  CHECK(StatusCode::parse("5.999.999") == StatusCode{5, 999, 999});
  CHECK(StatusCode{5, 7, 10}.text() == "5.7.10");
  for (const char* text : {"", "5", "5.", "5.1", "5.1.", "5.1.1.1", "3.1.1", "1.1.1", "5.01.1",
                           "5.1.1000", "5.-1.1", " 5.1.1", "5.1.1 ", "51.1.1", "5.x.1"}) {
    INFO(text);
    CHECK_FALSE(StatusCode::parse(text));
  }
}
