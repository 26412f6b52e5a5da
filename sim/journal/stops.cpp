#include "journal/stops.hpp"

#include <algorithm>
#include <bit>
#include <variant>

#include "base/one_of.hpp"
#include "journal/mailbox_effects.hpp"

namespace mailwalk::journal {
namespace {

constexpr std::uint64_t kBitsPerWord = 64;

template <class P>
constexpr bool kIsConnection =
    is_one_of<P, ConnectionOpening, ConnectionAccepted, ConnectionOpened, ConnectionFailed,
              ConnectionClosing, ConnectionClosed, ConnectionReset>;

template <class P>
constexpr bool kIsFault =
    is_one_of<P, FaultInjected, ConnectionFailed, ConnectionReset, AnswerReplaced, RunTakenUp>;

}  // namespace

void Stops::mark(Kind kind) {
  bits_[static_cast<std::size_t>(kind)].back() |= std::uint64_t{1} << (size_ % kBitsPerWord);
}

void Stops::add(const Event& event) {
  if (size_ % kBitsPerWord == 0) {
    for (std::vector<std::uint64_t>& words : bits_) words.push_back(0);
  }
  mark(Kind::Event);
  std::visit(
      [&](const auto& payload) {
        using P = std::decay_t<decltype(payload)>;
        if constexpr (is_one_of<P, CommandSent, ContentSent>) own_clients_.insert(event.connection);
        if constexpr (is_one_of<P, ReplySent>) own_servers_.insert(event.connection);
        if constexpr (is_one_of<P, CommandSent, ReplySent>) {
          mark(is_one_of<P, CommandSent> ? Kind::Command : Kind::Reply);
        }
        if constexpr (is_one_of<P, CommandReceived>) {
          if (own_clients_.count(event.connection) == 0) mark(Kind::Command);
        }
        if constexpr (is_one_of<P, ReplyReceived>) {
          if (own_servers_.count(event.connection) == 0) mark(Kind::Reply);
        }
        if constexpr (kIsMailboxEffect<P>) mark(Kind::MailboxEffect);
        if constexpr (kIsConnection<P>) mark(Kind::Connection);
        if constexpr (kIsFault<P>) mark(Kind::Fault);
      },
      event.payload);
  ++size_;
}

std::optional<EventPosition> Stops::first_from(std::uint64_t at, Kind kind) const {
  if (at >= size_) return std::nullopt;
  const std::vector<std::uint64_t>& words = bits_[static_cast<std::size_t>(kind)];
  std::uint64_t word = at / kBitsPerWord;
  std::uint64_t left = words[word] & ~std::uint64_t{0} << (at % kBitsPerWord);
  while (left == 0) {
    if (++word == words.size()) return std::nullopt;
    left = words[word];
  }
  return EventPosition{word * kBitsPerWord + static_cast<std::uint64_t>(std::countr_zero(left))};
}

std::optional<EventPosition> Stops::last_before(std::uint64_t before, Kind kind) const {
  before = std::min(before, size_);
  if (before == 0) return std::nullopt;
  const std::vector<std::uint64_t>& words = bits_[static_cast<std::size_t>(kind)];
  const std::uint64_t last = before - 1;
  std::uint64_t word = last / kBitsPerWord;
  std::uint64_t left = words[word] & ~std::uint64_t{0} >> (kBitsPerWord - 1 - last % kBitsPerWord);
  while (left == 0) {
    if (word-- == 0) return std::nullopt;
    left = words[word];
  }
  return EventPosition{word * kBitsPerWord + static_cast<std::uint64_t>(kBitsPerWord - 1) -
                       static_cast<std::uint64_t>(std::countl_zero(left))};
}

}  // namespace mailwalk::journal
