#include "gui/line_tap.hpp"

#include <variant>

#include "base/one_of.hpp"

namespace mailwalk::gui {

using namespace journal;  // NOLINT: this file is about the journal's words and nothing else

namespace {

bool is_said_in(const Event& event) {
  return std::visit(
      [](const auto& payload) {
        return is_one_of<std::decay_t<decltype(payload)>, CommandSent, CommandReceived, ReplySent,
                         ReplyReceived, ContentSent, ContentReceived>;
      },
      event.payload);
}

}  // namespace

bool is_known_to_ends_alone(const Event& event) {
  return payload_if<TlsEstablished>(event) != nullptr || payload_if<TlsBroken>(event) != nullptr;
}

Glimpse LineTap::take(const Event& event) {
  Glimpse glimpse;
  if (event.connection == kNoConnection) return glimpse;
  if (payload_if<TlsEstablished>(event) != nullptr) {
    encrypted_ends_.insert({event.connection, event.node});
  }
  const bool is_covered = encrypted_ends_.contains({event.connection, event.node});
  glimpse.is_hidden = is_known_to_ends_alone(event) || (is_said_in(event) && is_covered);
  for (exporting::WireRecord& it : wire_.take(event)) {
    glimpse.records.push_back(std::move(it.record));
  }
  return glimpse;
}

}  // namespace mailwalk::gui
