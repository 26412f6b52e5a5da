// A conversation around which TLS may lie: what it says and hears is plain, what goes over the line
// need not be.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "nodes/machine.hpp"
#include "tls/issuer.hpp"
#include "tls/policy.hpp"
#include "tls/tls_filter.hpp"

namespace mailwalk::nodes {

class CoveredConversation : public Conversation {
 public:
  using Conversation::Conversation;

 protected:
  // From here on this end speaks TLS. REQUIRES that all that is to go out in the clear was sent,
  // and that it was not begun before.
  void begin_tls_as_server();
  void begin_tls_as_client(const std::string& server_name, tls::Wish wish);

  // Encrypted, if it is. During the handshake nothing can be said: it is dropped.
  void say(std::string plain);
  // Says nothing more, and closes in order; the conversation is over. What TLS still has to hear
  // is not its matter any more.
  void hang_up();
  [[nodiscard]] bool is_shaking_hands() const {
    return tls_ && tls_->state() == tls::TlsFilter::State::Handshake;
  }

  // If the time is up during the handshake.
  void tell_if_handshake_is_late();

  // What comes from the other side.
  virtual void heard(std::string_view plain) = 0;
  // The handshake is over.
  virtual void covered() = 0;
  // There is no TLS, and nothing more will be heard. Nothing follows.
  virtual void cover_failed(const std::string& why) = 0;
  // The other side says no more.
  virtual void ended(net::CloseKind how) = 0;

  void received(std::string_view bytes) final;
  void closed(net::CloseKind how) final;

 private:
  void begin(std::unique_ptr<tls::TlsFilter> filter, journal::Side side);
  void follow();
  void record_agreement();
  void record_break(journal::TlsTrouble why, const std::string& detail);
  void send_what_waits();

  std::unique_ptr<tls::TlsFilter> tls_;
  journal::Side side_ = journal::Side::Server;
  enum class Stage : std::uint8_t {
    Open,
    Covered,    // by TLS
    LineEnded,  // by the other side
    Over,
  } stage_ = Stage::Open;
};

}  // namespace mailwalk::nodes
