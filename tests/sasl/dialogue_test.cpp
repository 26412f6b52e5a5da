// Both sides of AUTH, against each other and against what strangers say.
#include <string>

#include "base/prng.hpp"
#include "sasl/client_dialogue.hpp"
#include "sasl/server_dialogue.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/catch.hpp"
#include "wire/base64.hpp"

namespace mailwalk::sasl {
namespace {

ServerSetup setup() {
  return {{kMechanisms.begin(), kMechanisms.end()},
          [](std::string_view user) {
            return user == "budi" ? std::optional<std::string>("kopi-tubruk") : std::nullopt;
          },
          "mx.kantor.example",
          "server-nonce"};
}

// To the end: what the server makes of it.
Outcome talk(ServerDialogue& server, ClientDialogue& client) {
  Outcome outcome = server.begin(client.begin());
  while (const auto* challenge = std::get_if<Challenge>(&outcome)) {
    outcome = server.answer(client.answer(challenge->base64));
  }
  return outcome;
}

TEST_CASE("Client and server agree by every mechanism on who knows the password",
          "[sasl][dialogue]") {
  for (const Mechanism mechanism : kMechanisms) {
    INFO(name(mechanism));
    for (const std::string user : {"budi", "nobody"}) {
      for (const std::string password : {"kopi-tubruk", "kopi", "", "kopi-tubruk "}) {
        ServerDialogue server(setup());
        ClientDialogue client({mechanism, user, password}, "client-nonce");
        const Outcome outcome = talk(server, client);
        const bool right = user == "budi" && password == "kopi-tubruk";
        CHECK(std::holds_alternative<LoggedIn>(outcome) == right);
        if (!right) CHECK(outcome == Outcome(DialogueFault::Refused));
        if (right) CHECK(client.server_is_proven());
      }
    }
  }
}

TEST_CASE("SCRAM refuses an unknown user only at its end", "[sasl][dialogue][scram]") {
  const auto steps = [](const std::string& user) {
    ServerDialogue server(setup());
    ClientDialogue client({Mechanism::ScramSha256, user, "x"}, "client-nonce");
    int challenges = 0;
    Outcome outcome = server.begin(client.begin());
    for (; std::holds_alternative<Challenge>(outcome); ++challenges) {
      outcome = server.answer(client.answer(std::get<Challenge>(outcome).base64));
    }
    return challenges;
  };
  CHECK(steps("budi") == steps("nobody"));
}

TEST_CASE("SCRAM finds out a server that does not know the password", "[sasl][dialogue][scram]") {
  ServerSetup other = setup();
  other.password_of = [](std::string_view) { return std::optional<std::string>("guessed"); };
  ServerDialogue server(other);
  ClientDialogue client({Mechanism::ScramSha256, "budi", "kopi-tubruk"}, "client-nonce");
  const Outcome first = server.begin(client.begin());
  const Outcome judged = server.answer(client.answer(std::get<Challenge>(first).base64));
  CHECK(judged == Outcome(DialogueFault::Refused));  // an honest one: the proof does not fit
  // One that lets everybody in has nothing to prove with.
  CHECK(client.answer(wire::base64_encode("v=" + wire::base64_encode("made up"))) == kCancel);
  CHECK_FALSE(client.server_is_proven());
}

TEST_CASE("A client of SCRAM goes no further with another dialogue's nonce",
          "[sasl][dialogue][scram]") {
  for (const std::string_view nonce : {"other-nonce", "client-nonce", "client"}) {
    ClientDialogue client({Mechanism::ScramSha256, "budi", "kopi-tubruk"}, "client-nonce");
    REQUIRE_FALSE(client.begin().empty());
    const std::string first = server_first({std::string(nonce), "salt", 4096});
    CHECK(client.answer(wire::base64_encode(first)) == kCancel);
  }
}

TEST_CASE("Who proves who they are cannot act as somebody else", "[sasl][dialogue]") {
  using namespace std::string_literals;
  ServerDialogue server(setup());
  const auto plain = [](const std::string& text) { return "PLAIN " + wire::base64_encode(text); };
  CHECK(server.begin(plain("ani\0budi\0kopi-tubruk"s)) == Outcome(DialogueFault::Refused));
  CHECK(std::holds_alternative<LoggedIn>(server.begin(plain("budi\0budi\0kopi-tubruk"s))));
}

TEST_CASE("A mechanism that is not offered is unknown", "[sasl][dialogue]") {
  ServerSetup few = setup();
  few.offered = {Mechanism::CramMd5};
  ServerDialogue server(few);
  CHECK(server.begin("PLAIN") == Outcome(DialogueFault::UnknownMechanism));
  CHECK(server.begin("") == Outcome(DialogueFault::UnknownMechanism));
  CHECK(std::holds_alternative<Challenge>(server.begin("cram-md5")));
}

TEST_CASE("A dialogue of AUTH cut at any octet logs nobody in", "[sasl][dialogue][grinder]") {
  for (const Mechanism mechanism : kMechanisms) {
    ClientDialogue whole({mechanism, "budi", "kopi-tubruk"}, "client-nonce");
    ServerDialogue first(setup());
    Outcome outcome = first.begin(whole.begin());
    std::string last;
    while (const auto* challenge = std::get_if<Challenge>(&outcome)) {
      last = whole.answer(challenge->base64);
      if (last.empty()) break;
      outcome = first.answer(last);
    }
    for (std::size_t cut = 0; cut < last.size(); ++cut) {
      ServerDialogue server(setup());
      ClientDialogue client({mechanism, "budi", "kopi-tubruk"}, "client-nonce");
      Outcome now = server.begin(client.begin());
      while (const auto* challenge = std::get_if<Challenge>(&now)) {
        const std::string line = client.answer(challenge->base64);
        if (line == last) {
          now = server.answer(line.substr(0, cut));
          break;
        }
        now = server.answer(line);
      }
      CHECK_FALSE(std::holds_alternative<LoggedIn>(now));
    }
  }
}

TEST_CASE("Drawn lines never log anybody in", "[sasl][dialogue][fuzz]") {
  for (int seed = 0; seed < test::cases(500); ++seed) {
    Prng prng(static_cast<std::uint64_t>(seed));
    ServerDialogue server(setup());
    ClientDialogue client({kMechanisms[prng.below(4)], "budi", "kopi-tubruk"}, "n");
    server.begin(std::string(name(kMechanisms[prng.below(4)])));
    REQUIRE_FALSE(client.begin().empty());
    for (int line = 0; line < 6; ++line) {
      std::string octets(prng.below(60), '\0');
      for (char& c : octets) c = static_cast<char>(prng.below(128));
      const bool encoded = prng.chance(800);
      const std::string said = encoded ? wire::base64_encode(octets) : octets;
      CHECK_FALSE(std::holds_alternative<LoggedIn>(server.answer(said)));
      client.answer(said);
    }
  }
}

}  // namespace
}  // namespace mailwalk::sasl
