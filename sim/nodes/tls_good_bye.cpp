#include "nodes/tls_good_bye.hpp"

#include <utility>

namespace mailwalk::nodes {
namespace {

// Longer than any way there and back. Programs that never say it are not worth more.
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
