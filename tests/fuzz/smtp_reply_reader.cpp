// ReplyReader: the same replies and the same fault, however the network cuts them.
#include "smtp/reply_reader.hpp"

#include <vector>

#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

namespace {

void take_replies(smtp::ReplyReader& reader, std::vector<smtp::Reply>& replies) {
  while (auto reply = reader.next()) replies.push_back(std::move(*reply));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text(data, size);

  smtp::ReplyReader uncut;
  std::vector<smtp::Reply> expected;
  uncut.feed(input);
  take_replies(uncut, expected);

  smtp::ReplyReader reader;
  std::vector<smtp::Reply> replies;
  Prng choices = fuzz::choices_for(input);
  fuzz::in_segments(input, choices, [&](std::string_view segment) {
    reader.feed(segment);
    take_replies(reader, replies);
  });

  fuzz::require(replies == expected, "segmentation makes no difference to replies");
  fuzz::require(reader.fault() == uncut.fault(), "segmentation makes no difference to the fault");
  for (const smtp::Reply& reply : replies) {
    fuzz::require(reply.code() >= 200 && reply.code() <= 599, "a reply has a code of SMTP");
    fuzz::require(!reply.lines().empty(), "a reply has a line");
  }
  return 0;
}
