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
  tls::Offer tls = tls::Offer::None;
  std::vector<sasl::Mechanism> mechanisms;
  tls::ClearTextLogin clear_text_login = tls::ClearTextLogin::Allowed;
};

class MaaServer {
 public:
  // Serves the maildrops of the mailbox server on the same machine. Both must outlive it.
  MaaServer(Machine& machine, MailboxServer& mailboxes, MaaServerConfig config);

  // On port 110; with TLS also on 995, where it comes first (RFC 8314).
  void listen();

  [[nodiscard]] AnswerScript& script() { return script_; }

 private:
  void listen(Port port, pop3::LineCover cover);
  [[nodiscard]] pop3::ServerConfig next_session(pop3::LineCover cover);

  Machine& machine_;
  MailboxServer& mailboxes_;
  MaaServerConfig config_;
  AnswerScript script_;
  std::uint64_t sessions_ = 0;
};

}  // namespace mailwalk::nodes
