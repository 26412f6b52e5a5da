// Two ends of a TLS connection that hear each other, with nothing in between but this.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "tls/issuer.hpp"
#include "tls/tls_filter.hpp"

namespace mailwalk::tls::test {

inline constexpr std::int64_t kStart = 1'767'578'400;  // 2026-01-05T02:00:00Z

inline IssuerOptions seeded(std::uint64_t seed = 7) {
  return {Randomness::Seeded, seed, kStart};
}

class FilterPair {
 public:
  explicit FilterPair(Issuer& issuer, Demand demand = Demand::TheRightHost,
                      const std::string& called = "mx.b.test", VirtualTime now = {})
      : client(issuer.client(called, demand, 1, now)), server(issuer.server("mx.b.test", 2)) {}

  // Until neither has anything more to say, in pieces of so many octets.
  void settle(std::size_t piece_octets = ~std::size_t{0}) {
    bool moved = true;
    while (moved) {
      moved = carry(*client, *server, piece_octets);
      moved = carry(*server, *client, piece_octets) || moved;
    }
  }
  void shake_hands(std::size_t piece_octets = ~std::size_t{0}) {
    client->start();
    settle(piece_octets);
  }

  std::unique_ptr<TlsFilter> client;
  std::unique_ptr<TlsFilter> server;
  std::string on_the_line;  // all octets of both, as somebody who reads along sees them

 private:
  bool carry(TlsFilter& from, TlsFilter& to, std::size_t piece_octets) {
    const std::string cipher = from.take_cipher();
    on_the_line += cipher;
    for (std::string_view rest = cipher; !rest.empty();) {
      const std::string_view piece = rest.substr(0, piece_octets);
      to.receive(piece);
      rest.remove_prefix(piece.size());
    }
    return !cipher.empty();
  }
};

}  // namespace mailwalk::tls::test
