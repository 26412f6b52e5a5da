// One end of a TLS connection, without any I/O: what the other side sent in, what it means out;
// what is to be said in, what is to be sent out.
//
//     filter.start();
//     … filter.receive(octets); take_plain(); send(take_cipher());
//     filter.say(plain);        send(take_cipher());
//     filter.close();           send(take_cipher());
#pragma once

#include <openssl/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/prng.hpp"
#include "tls/engine.hpp"

namespace mailwalk::tls {

enum class Side : std::uint8_t { Client, Server };

// What the two sides have agreed on.
struct Agreement {
  std::string version;                  // "TLSv1.3"
  std::string cipher;                   // "TLS_AES_128_GCM_SHA256"
  std::string server_name;              // that the client asked for; may be empty
  std::string certificate;              // at a client: whose it is
  bool certificate_is_trusted = false;  // at a client
};

enum class Failure : std::uint8_t { Handshake, Certificate, Record };

struct Broken {
  Failure why = Failure::Handshake;
  std::string detail;  // as OpenSSL says it, in English
};

class TlsFilter {
 public:
  enum class State : std::uint8_t {
    Handshake,
    Established,
    Ended,  // the other side has said that it says no more (close_notify), or it broke
  };

  // `session` is set up for its side; the filter owns it. The engine must outlive it. seed: of what
  // it draws, if the engine is seeded.
  TlsFilter(const Engine& engine, SSL* session, Side side, std::uint64_t seed);

  // A client says its ClientHello.
  void start();
  // Octets from the other side; none are kept but those of a record that is not whole.
  void receive(std::string_view cipher);
  // REQUIRES that it is Established, or Ended in order: who says no more may still listen; and that
  // close() was not called.
  void say(std::string_view plain);
  // Says that nothing more will be said.
  void close();

  // What the other side said, and what is to be sent to it: since the last call.
  std::string take_plain();
  std::string take_cipher();

  [[nodiscard]] State state() const { return state_; }
  // Set with the state Ended if it was not in order. An alert for the other side may wait in
  // take_cipher().
  [[nodiscard]] const std::optional<Broken>& broken() const { return broken_; }
  // REQUIRES that it was Established.
  [[nodiscard]] Agreement agreement() const;

 private:
  struct Freed {
    void operator()(SSL* session) const;
  };

  void draw();
  void shake_hands();
  void read_plain();
  // True: nothing is wrong, more input is needed.
  bool only_needs_input(int result);
  void fail(Failure why);

  const Engine& engine_;
  std::unique_ptr<SSL, Freed> session_;
  Side side_;
  Prng prng_;
  State state_ = State::Handshake;
  std::optional<Broken> broken_;
  std::string plain_;
};

}  // namespace mailwalk::tls
