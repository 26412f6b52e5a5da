// MxLookup: whatever datagrams come, it comes to an end. The input is a series of answers, each
// with two octets of length before it; their ids are set so that they count.
#include "dns/mx_lookup.hpp"

#include <optional>
#include <string>

#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

namespace {

std::string take_answer(std::string_view& input) {
  if (input.size() < 2) {
    input = {};
    return {};
  }
  const auto high = static_cast<unsigned char>(input[0]);
  const auto low = static_cast<unsigned char>(input[1]);
  input.remove_prefix(2);
  const std::string answer(input.substr(0, std::size_t{high} * 256 + low));
  input.remove_prefix(answer.size());
  return answer;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input = fuzz::as_text(data, size);
  Prng choices = fuzz::choices_for(input);
  dns::MxLookup lookup("kantor.example", "mx2.kantor.example", choices);
  VirtualTime now;
  while (!lookup.done()) {
    const auto query = lookup.take_query(now);
    std::string answer = take_answer(input);
    if (answer.size() >= 2 && query) answer.replace(0, 2, *query, 0, 2);
    if (!answer.empty()) lookup.receive(answer, now);
    while (lookup.next_event()) {
    }
    if (!input.empty() || lookup.done()) continue;
    if (const auto deadline = lookup.deadline()) {
      fuzz::require(*deadline >= now, "time goes forward");
      now = *deadline;
      lookup.time_passed(now);
    }
  }
  const dns::MxResult& result = lookup.result();
  fuzz::require((result.status == dns::MxResult::Status::Found) == !result.hosts.empty(),
                "there are hosts if some were found");
  return 0;
}
