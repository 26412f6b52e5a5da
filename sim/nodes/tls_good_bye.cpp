#include "nodes/tls_good_bye.hpp"

#include <utility>

namespace mailwalk::nodes {
namespace {

// Longer than most ways there and back: over a line that is slower than that, the other good-bye
// comes too late and is lost. Programs that never say it are not worth more.
constexpr Duration kLongestGoodBye = seconds(2);

}  // namespace

TlsGoodBye::TlsGoodBye(Machine& machine, std::unique_ptr<tls::TlsFilter> filter)
    : Conversation(machine), filter_(std::move(filter)) {
  set_deadline(now() + kLongestGoodBye);
}

// Who says something else now is not listened to any longer.
void TlsGoodBye::received(std::string_view bytes) {
  filter_->receive(bytes);
  const bool has_ended = filter_->state() == tls::TlsFilter::State::Ended;
  if (has_ended || !filter_->take_plain().empty()) close();
}

}  // namespace mailwalk::nodes
