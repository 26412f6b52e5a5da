// The server's side of mail access: lets people fetch their letters by POP3.
#pragma once

#include <cstdint>

#include "nodes/answer_script.hpp"
#include "nodes/machine.hpp"
#include "nodes/mailbox_server.hpp"
#include "pop3/server_session.hpp"

namespace mailwalk::nodes {

struct MaaServerConfig {
  pop3::Offers offers;
  pop3::ServerLimits limits;
};

class MaaServer {
 public:
  // Serves the maildrops of the mailbox server on the same machine. Both must outlive it.
  MaaServer(Machine& machine, MailboxServer& mailboxes, MaaServerConfig config);

  void listen();

  [[nodiscard]] AnswerScript& script() { return script_; }

 private:
  Machine& machine_;
  MailboxServer& mailboxes_;
  MaaServerConfig config_;
  AnswerScript script_;
  std::uint64_t sessions_ = 0;
};

}  // namespace mailwalk::nodes
