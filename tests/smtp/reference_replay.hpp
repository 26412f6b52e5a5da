// Sessions that Postfix 3.7 was led through, led through again here: what the client says, and the
// codes of the replies. Where ours is another code, the reason stands beside it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server_talk.hpp"

namespace mailwalk::smtp::test {

// `postfix` and `ours` are the codes of all replies in order, then "closed" if the server hangs up;
// kSilence if it says nothing. Lines are said with their CRLF.
struct Turn {
  std::string_view said;
  std::string_view postfix;
  std::string_view ours = {};  // if it is another
  std::string_view why = {};
};

inline constexpr std::string_view kSilence = "silence";

// Some answers are late: a wrong password gets one after a while.
inline constexpr Duration kLongestPause = seconds(20);

enum class Said { Lines, Octets };

inline std::string codes_of(std::string_view replies) {
  std::string codes;
  while (!replies.empty()) {
    const std::size_t end = replies.find("\r\n");
    const std::string_view line = replies.substr(0, end);
    const bool is_last_line = line.size() == 3 || (line.size() > 3 && line[3] == ' ');
    if (is_last_line) codes += (codes.empty() ? "" : " ") + std::string(line.substr(0, 3));
    replies = end == std::string_view::npos ? std::string_view{} : replies.substr(end + 2);
  }
  return codes.empty() ? std::string(kSilence) : codes;
}

inline void replay(ServerTalk& talk, const std::vector<Turn>& turns, Said said = Said::Lines) {
  for (const Turn& turn : turns) {
    INFO("after " << turn.said);
    std::string reply = said == Said::Lines ? talk.command(turn.said) : talk.say(turn.said);
    if (reply.empty()) reply = talk.wait(kLongestPause);
    std::string codes = codes_of(reply);
    if (talk.session.wants_close()) codes = codes == kSilence ? "closed" : codes + " closed";
    const bool differs = !turn.ours.empty();
    CHECK(codes == (differs ? turn.ours : turn.postfix));
    CHECK(differs == !turn.why.empty());
  }
}

}  // namespace mailwalk::smtp::test
