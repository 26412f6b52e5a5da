// Answers that the scenario or a person puts into a server's mouth: "the second RCPT gets 451".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "journal/vocabulary.hpp"
#include "smtp/reply.hpp"

namespace mailwalk::nodes {

struct ScriptedReply {
  journal::Verb verb;
  std::uint32_t nth = 1;    // the first such command from now on is 1
  std::uint32_t times = 1;  // how many in a row; 0 = all from then on
  std::string line;         // "451 4.7.1 Come back later", "-ERR not today"
};

// One machine's. Counts its commands across connections, in the order in which they come.
class AnswerScript {
 public:
  void add(ScriptedReply reply) { entries_.push_back({std::move(reply), 0}); }
  void clear() { entries_.clear(); }

  // To be called once for every command that could be answered so: the line, if there is one.
  std::optional<std::string> take(journal::Verb verb);

 private:
  struct Entry {
    ScriptedReply reply;
    std::uint32_t seen = 0;
  };
  std::vector<Entry> entries_;
};

// "451 4.7.1 Come back later" as a reply; nullopt if it is none. 4xx and 5xx only, and 2xx.
std::optional<smtp::Reply> parse_reply_line(const std::string& line);

}  // namespace mailwalk::nodes
