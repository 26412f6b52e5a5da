// The end of a line on which TLS was spoken: this end has said that it says no more (close_notify),
// and waits a moment for the other side to say so too before it closes the line.
//
// RFC 8446 section 6.1 and RFC 5246 section 7.2.1 ask for both close_notify, and let whoever says
// the first one close the line at once, as Postfix and Dovecot usually do. Then the other one comes
// to a line that is closed, and is lost: nobody misses it, but who looks at the line sees something
// get lost at the end of each session. So here both are heard.
#pragma once

#include <memory>
#include <string_view>

#include "nodes/machine.hpp"
#include "tls/tls_filter.hpp"

namespace mailwalk::nodes {

class TlsGoodBye final : public Conversation {
 public:
  // Takes the place of a conversation that has closed this filter, and sent what came of that.
  TlsGoodBye(Machine& machine, std::unique_ptr<tls::TlsFilter> filter);

 private:
  void opened() override {}  // it was, long ago
  void failed(net::ConnectFailure /*why*/) override {}
  void received(std::string_view bytes) override;
  void closed(net::CloseKind /*how*/) override {}  // without close_notify: nobody waits for more
  void deadline_passed() override { close(); }
  void shut_down() override { close(); }
  [[nodiscard]] bool expects_no_more() const override { return true; }

  std::unique_ptr<tls::TlsFilter> filter_;
};

}  // namespace mailwalk::nodes
