// The line between a test that says what a client would say, and the session that it talks to.
//
// In memory it hands over what it is given. Where MAILWALK_TEST_LINE is "tcp", everything goes
// through the TCP network and a socket of the system: the same tests, word for word, on real TCP.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mailwalk::test {

class Line {
 public:
  virtual ~Line() = default;

  // The pieces in which these bytes arrive at the server; at least one, which may be empty.
  virtual std::vector<std::string> to_server(std::string_view bytes) = 0;
  // The same for one command: where the line is real, it is cut at its edges, so that its first
  // octet and its LF arrive alone.
  virtual std::vector<std::string> command_to_server(std::string_view bytes) = 0;
  // What arrives at the client.
  virtual std::string to_client(const std::string& bytes) = 0;
};

// As the environment wants it.
std::unique_ptr<Line> make_line();

}  // namespace mailwalk::test
