// A person has the server answer otherwise.
#include "tests/pop3/host.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::pop3;
using namespace mailwalk::pop3::test;

TEST_CASE("A POP3 command that is answered otherwise is not carried out", "[pop3][server]") {
  Host host(three_messages());
  host.log_in();
  host.session().answer_instead(1, err("not today"));
  CHECK(is_ok(host.command("DELE 1")));
  CHECK(host.command("DELE 2") == "-ERR not today\r\n");
  CHECK(is_ok(host.command("DELE 3")));
  CHECK(host.events<Marked>().size() == 2);
  CHECK(host.events<AnsweredInstead>().size() == 1);
  CHECK(is_ok(host.command("QUIT")));
  CHECK(host.uids() == std::vector<std::string>{"bb"});
}

TEST_CASE("A POP3 QUIT that is answered otherwise deletes nothing", "[pop3][server]") {
  Host host(three_messages());
  host.log_in();
  host.command("DELE 1");
  host.session().answer_instead(0, err("stay a while"));
  CHECK(host.command("QUIT") == "-ERR stay a while\r\n");
  CHECK(host.session().state() == State::Transaction);
  host.close_from_client();
  CHECK(host.uids().size() == 3);
}

TEST_CASE("A POP3 login that is answered otherwise is no login", "[pop3][server]") {
  Host host(three_messages());
  host.session().answer_instead(1, err("the disk is asleep", ResponseCode::SysTemp));
  CHECK(is_ok(host.command("USER bob")));
  CHECK(host.command("PASS builder in blue") == "-ERR [SYS/TEMP] the disk is asleep\r\n");
  CHECK(host.session().state() == State::Authorization);
  CHECK(host.events<LoginAsked>().empty());
}
