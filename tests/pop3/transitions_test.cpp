#include "pop3/transitions.hpp"

#include <algorithm>

#include "pop3/apop.hpp"
#include "sasl/client_dialogue.hpp"
#include "tests/pop3/host.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::pop3;
using namespace mailwalk::pop3::test;

namespace {

// A line of this verb with good arguments.
std::string good_line(Verb verb, const Host& host) {
  switch (verb) {
    case Verb::User: return Command::user(std::string(kUser)).line();
    case Verb::Pass: return Command::pass(std::string(kPassword)).line();
    case Verb::Apop: {
      const std::string stamp = find_stamp(host.greeting()).value();
      return Command::apop(std::string(kUser), apop_digest(stamp, kPassword).value()).line();
    }
    case Verb::Retr: return Command::retr(MessageNumber{1}).line();
    case Verb::Dele: return Command::dele(MessageNumber{1}).line();
    case Verb::Auth: {
      sasl::ClientDialogue dialogue(
          {sasl::Mechanism::Plain, std::string(kUser), std::string(kPassword)}, "n");
      return Command::auth(dialogue.begin()).line();
    }
    case Verb::Top: return Command::top(MessageNumber{1}, 1).line();
    default: return std::string(name(verb));
  }
}

// A server in that state; in AUTHORIZATION, with a user name given.
Host host_in(State state) {
  Host host(three_messages(), server_with_login());
  if (state == State::Transaction) {
    host.log_in();
  } else {
    host.command("USER " + std::string(kUser));
  }
  REQUIRE(host.session().state() == state);
  return host;
}

}  // namespace

TEST_CASE("The server accepts a command exactly where the table has it, and goes where it says",
          "[pop3][transitions][P03][P08]") {
  for (const State state : {State::Authorization, State::Transaction}) {
    for (std::size_t i = 1; i < kVerbCount; ++i) {
      const auto verb = static_cast<Verb>(i);
      Host host = host_in(state);
      const Transition* transition = find_transition(state, verb);
      INFO(name(state) << ": " << name(verb));
      const std::string reply = host.command(good_line(verb, host));
      CHECK(is_ok(reply) == (transition != nullptr));
      CHECK(is_err(reply) == (transition == nullptr));
      State expected = transition != nullptr ? transition->to : state;
      if (const auto next = state_after(expected, Occasion::UpdateDone)) expected = *next;
      CHECK(host.session().state() == expected);
    }
  }
}

TEST_CASE("Every state but CLOSED has a way out, and CLOSED has none", "[pop3][transitions]") {
  for (std::size_t i = 0; i < kStateCount; ++i) {
    const auto state = static_cast<State>(i);
    const bool leads_on =
        std::any_of(kPassages.begin(), kPassages.end(),
                    [&](const Passage& passage) { return passage.from == state; });
    CHECK(leads_on == (state != State::Closed));
    if (state == State::Closed) CHECK(legal_verbs(state).empty());
  }
  CHECK_FALSE(state_after(State::Update, Occasion::Cut));
  CHECK(name(State::Transaction) == "TRANSACTION");
}

TEST_CASE("What may be typed now follows what was said before", "[pop3][transitions]") {
  Host host(three_messages());
  using Verbs = std::vector<Verb>;
  CHECK(host.session().legal_now() == Verbs{Verb::User, Verb::Apop, Verb::Capa, Verb::Quit});
  host.command("USER bob");
  CHECK(host.session().legal_now() ==
        Verbs{Verb::User, Verb::Pass, Verb::Apop, Verb::Capa, Verb::Quit});
  host.command("PASS " + std::string(kPassword));
  CHECK(host.session().legal_now() == legal_verbs(State::Transaction));
  host.command("QUIT");
  CHECK(host.session().legal_now().empty());

  ServerConfig config = server_config();
  config.offers.apop = false;
  config.offers.capa = false;
  CHECK(Host({}, config).session().legal_now() == Verbs{Verb::User, Verb::Quit});
}
