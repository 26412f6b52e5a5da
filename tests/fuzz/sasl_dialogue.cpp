// Both sides of AUTH: whatever is said in it, nobody gets in who does not know the password.
#include <string>

#include "sasl/client_dialogue.hpp"
#include "sasl/server_dialogue.hpp"
#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text(data, size);
  Prng choices = fuzz::choices_for(input);
  const auto mechanism = sasl::kMechanisms[choices.below(sasl::kMechanisms.size())];
  sasl::ServerDialogue server({{sasl::kMechanisms.begin(), sasl::kMechanisms.end()},
                               [](std::string_view) { return std::optional<std::string>(); },
                               "mx.b.test",
                               "server"});
  sasl::ClientDialogue client({mechanism, "budi", "kopi-tubruk"}, "client");
  fuzz::require(!client.begin().empty(), "a client begins");

  std::string_view rest = input;
  bool first = true;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const sasl::Outcome outcome = first ? server.begin(line) : server.answer(line);
    first = false;
    fuzz::require(!std::holds_alternative<sasl::LoggedIn>(outcome), "nobody is known here");
    fuzz::require(client.answer(line).find_first_of("\r\n") == std::string::npos,
                  "an answer is one line");
  }
  return 0;
}
