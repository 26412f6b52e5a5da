// The table of legal moves, as a table of its own.
#include <string>

#include "smtp/transitions.hpp"
#include "tests/support/catch.hpp"

namespace mailwalk::smtp {
namespace {

TEST_CASE("SMTP transitions hold each pair of state and verb once, in order",
          "[smtp][transitions]") {
  REQUIRE(transitions().size() == kStateCount * kVerbCount);
  for (std::size_t i = 0; i < transitions().size(); ++i) {
    const Transition& row = transitions()[i];
    CHECK(&transition(row.from, row.verb) == &row);
    const bool refused = row.legality != Legality::Allowed;
    if (refused) CHECK(row.next == row.from);
    CHECK(row.refusal.empty() != refused);
  }
}

TEST_CASE("SMTP transitions are those of RFC 5321 section 4.1.4", "[smtp][transitions]") {
  CHECK(transitions_text() ==
        "Greeted    HELO  Ready\n"
        "Greeted    EHLO  Ready\n"
        "Greeted    RSET  Greeted\n"
        "Greeted    NOOP  Greeted\n"
        "Greeted    VRFY  Greeted\n"
        "Greeted    HELP  Greeted\n"
        "Greeted    QUIT  Closed\n"
        "Greeted    STARTTLS Greeted\n"
        "Ready      HELO  Ready\n"
        "Ready      EHLO  Ready\n"
        "Ready      MAIL  MailGiven\n"
        "Ready      RSET  Ready\n"
        "Ready      NOOP  Ready\n"
        "Ready      VRFY  Ready\n"
        "Ready      HELP  Ready\n"
        "Ready      QUIT  Closed\n"
        "Ready      STARTTLS Greeted\n"
        "Ready      AUTH  Ready\n"
        "MailGiven  HELO  Ready\n"
        "MailGiven  EHLO  Ready\n"
        "MailGiven  RCPT  RcptGiven\n"
        "MailGiven  RSET  Ready\n"
        "MailGiven  NOOP  MailGiven\n"
        "MailGiven  VRFY  MailGiven\n"
        "MailGiven  HELP  MailGiven\n"
        "MailGiven  QUIT  Closed\n"
        "RcptGiven  HELO  Ready\n"
        "RcptGiven  EHLO  Ready\n"
        "RcptGiven  RCPT  RcptGiven\n"
        "RcptGiven  DATA  Data\n"
        "RcptGiven  RSET  Ready\n"
        "RcptGiven  NOOP  RcptGiven\n"
        "RcptGiven  VRFY  RcptGiven\n"
        "RcptGiven  HELP  RcptGiven\n"
        "RcptGiven  QUIT  Closed\n"
        "Data       .     Ready\n"
        "NoService  QUIT  Closed\n");
}

TEST_CASE("SMTP transitions say how a move is refused", "[smtp][transitions]") {
  struct {
    State state;
    Verb verb;
    int code;
    EnhancedCode enhanced;
  } const rows[] = {
      {State::Greeted, Verb::Mail, 503, {5, 5, 1}},
      {State::Ready, Verb::Rcpt, 503, {5, 5, 1}},
      {State::Ready, Verb::Data, 503, {5, 5, 1}},
      {State::MailGiven, Verb::Mail, 503, {5, 5, 1}},
      {State::MailGiven, Verb::Data, 503, {5, 5, 1}},
      {State::RcptGiven, Verb::Mail, 503, {5, 5, 1}},
      {State::Greeted, Verb::Expn, 502, {5, 5, 1}},
      {State::Ready, Verb::Etrn, 502, {5, 5, 1}},
      {State::Greeted, Verb::Auth, 503, {5, 5, 1}},
      {State::MailGiven, Verb::Auth, 503, {5, 5, 1}},
      {State::RcptGiven, Verb::Starttls, 503, {5, 5, 1}},
      {State::Ready, Verb::Unknown, 500, {5, 5, 2}},
      {State::NoService, Verb::Noop, 503, {5, 5, 1}},
  };
  for (const auto& row : rows) {
    INFO(name(row.state) << " " << name(row.verb));
    REQUIRE_FALSE(is_allowed(row.state, row.verb));
    const Reply reply = refusal(transition(row.state, row.verb));
    CHECK(reply.code() == row.code);
    CHECK(reply.enhanced() == row.enhanced);
    CHECK_FALSE(reply.lines()[0].empty());
  }
}

}  // namespace
}  // namespace mailwalk::smtp
