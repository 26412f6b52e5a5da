#include "nodes/maa_server.hpp"

#include <utility>

#include "nodes/pop3_service.hpp"

namespace mailwalk::nodes {

MaaServer::MaaServer(Machine& machine, MailboxServer& mailboxes, MaaServerConfig config)
    : machine_(machine), mailboxes_(mailboxes), config_(std::move(config)) {}

void MaaServer::listen() {
  listen(kPop3Port, pop3::LineCover::Clear);
  if (config_.tls != tls::Offer::None) listen(kPop3sPort, pop3::LineCover::Encrypted);
}

void MaaServer::listen(Port port, pop3::LineCover cover) {
  machine_.listen(port, [this, cover](const net::Caller& caller) {
    pop3::ServerConfig config = next_session(cover);
    if (caller.admission == net::Admission::TooMany) {
      config.refusal = pop3::err("too many connections, try later", pop3::ResponseCode::SysTemp);
    }
    return std::make_unique<Pop3Service>(machine_, std::move(config), mailboxes_, script_);
  });
}

pop3::ServerConfig MaaServer::next_session(pop3::LineCover cover) {
  pop3::ServerConfig config;
  config.host_name = machine_.host_name();
  config.offers = config_.offers;
  config.limits = config_.limits;
  config.stamp_serial = ++sessions_;
  config.stamp_drawn = machine_.issuer().number(machine_.prng().next());
  config.tls = config_.tls;
  config.cover = cover;
  config.clear_text_login = config_.clear_text_login;
  if (!config_.mechanisms.empty()) {
    config.login.mechanisms = config_.mechanisms;
    config.login.nonce = machine_.issuer().nonce(machine_.prng().next());
    config.login.password_of = [this](std::string_view user) {
      return mailboxes_.password_of(user);
    };
  }
  return config;
}

}  // namespace mailwalk::nodes
