#include "nodes/maa_server.hpp"

#include <utility>

#include "nodes/pop3_service.hpp"

namespace mailwalk::nodes {

MaaServer::MaaServer(Machine& machine, MailboxServer& mailboxes, MaaServerConfig config)
    : machine_(machine), mailboxes_(mailboxes), config_(std::move(config)) {}

void MaaServer::listen() {
  machine_.listen(kPop3Port, [this](const net::Caller& caller) {
    pop3::ServerConfig config;
    config.host_name = machine_.host_name();
    config.offers = config_.offers;
    config.limits = config_.limits;
    config.stamp_serial = ++sessions_;
    config.stamp_drawn = machine_.prng().next();
    if (caller.admission == net::Admission::TooMany) {
      config.refusal = pop3::err("too many connections, try later", pop3::ResponseCode::SysTemp);
    }
    return std::make_unique<Pop3Service>(machine_, std::move(config), mailboxes_, script_);
  });
}

}  // namespace mailwalk::nodes
