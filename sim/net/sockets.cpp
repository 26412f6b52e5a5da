#include "net/sockets.hpp"

#include <fmt/format.h>
#include <sched.h>

#include <algorithm>
#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cassert>
#include <chrono>
#include <csignal>
#include <unordered_map>
#include <utility>
#include <vector>

#include "net/look_out.hpp"

namespace mailwalk::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using journal::ConnectFailure;
using std::chrono::steady_clock;

// The most that is read at once: whoever sends without end takes his turn like others, and so much
// of him keeps all others waiting (it may be a hundred commands).
constexpr std::size_t kReadOctets = 4 * 1024;

// So many things are told before the machines have their turn again, however fast callers come.
constexpr std::size_t kMostAtOnce = 256;

// How long accepting rests when the system has no socket left to give.
constexpr std::chrono::milliseconds kRest{100};

tcp::endpoint asio_endpoint(Endpoint endpoint) {
  return {asio::ip::address_v4(endpoint.address.value), endpoint.port.value()};
}

Endpoint endpoint_of(const tcp::endpoint& endpoint) {
  return {IpAddress{endpoint.address().to_v4().to_uint()}, Port{endpoint.port()}};
}

ConnectFailure failure_of(const error_code& error) {
  if (error == asio::error::connection_refused) return ConnectFailure::Refused;
  if (error == asio::error::timed_out) return ConnectFailure::TimedOut;
  return ConnectFailure::Unreachable;
}

Error cannot_listen(Endpoint endpoint, const error_code& error) {
  Error told;
  told.what = fmt::format("nobody can listen at {}: {}", endpoint.text(), error.message());
  if (error == asio::error::address_in_use) {
    told.remedy = "another program does so already; end it, or choose another port";
  } else if (error == asio::error::access_denied) {
    told.remedy = "ports below 1024 are for the administrator; choose a higher one";
  } else {
    told.remedy = "choose an address of this computer";
  }
  return told;
}

}  // namespace

std::string Endpoint::text() const {
  return fmt::format("{}:{}", address.text(), port.value());
}

struct Sockets::Impl {
  struct Socket {
    Socket(asio::io_context& context, SocketId id_of_it) : id(id_of_it), stream(context) {}
    SocketId id;
    tcp::socket stream;
    Bytes writing;
    bool has_finished = false;             // our end: it sends no more
    std::array<char, kReadOctets> buffer;  // what is read, until it is told
  };
  struct Door {
    Door(asio::io_context& context, ListenerId id_of_it)
        : id(id_of_it), acceptor(context), rest(context) {}
    ListenerId id;
    tcp::acceptor acceptor;
    asio::steady_timer rest;
  };
  using Shared = std::shared_ptr<Socket>;
  struct Written {
    Shared socket;
    error_code error;
    std::size_t octets;
  };

  explicit Impl(SocketOwner& owner_of_it) : owner(owner_of_it) {}

  // nullptr: it is gone.
  [[nodiscard]] Shared find(SocketId id) const {
    const auto found = sockets.find(id);
    return found == sockets.end() ? nullptr : found->second;
  }
  [[nodiscard]] bool is_there(const Shared& socket) const { return sockets.count(socket->id) > 0; }

  Shared add() {
    const SocketId id{++last_socket};
    return sockets[id] = std::make_shared<Socket>(context, id);
  }

  // Nothing that is asked of it waits.
  static void make_nonblocking(tcp::socket& stream) {
    error_code ignored;
    stream.non_blocking(true, ignored);
  }

  void accept_at(Door& door) {
    door.acceptor.async_wait(tcp::acceptor::wait_read, [this, &door](const error_code& error) {
      if (error || !door.acceptor.is_open()) return;
      if (accept_those_at(door)) {
        accept_at(door);
      } else {
        rest_at(door);
      }
    });
  }

  // A crowd is let in as a crowd: nobody should wait long behind others that call all the time.
  // False: the system has no room for more.
  bool accept_those_at(Door& door) {
    for (std::size_t i = 0; i < kMostAtOnce; ++i) {
      tcp::socket stream(context);
      tcp::endpoint peer;
      error_code error;
      door.acceptor.accept(stream, peer, error);
      if (error == asio::error::would_block) return true;
      if (error == asio::error::connection_aborted) continue;  // it has left already
      if (error) return false;
      accepted(door, std::move(stream), peer);
    }
    return true;
  }

  void accepted(const Door& door, tcp::socket stream, const tcp::endpoint& peer) {
    const Shared socket = add();
    socket->stream = std::move(stream);
    make_nonblocking(socket->stream);
    owner.socket_accepted(door.id, socket->id, endpoint_of(peer));
  }

  void rest_at(Door& door) {
    door.rest.expires_after(kRest);
    door.rest.async_wait([this, &door](const error_code& error) {
      if (!error && door.acceptor.is_open()) accept_at(door);
    });
  }

  void broke(const Shared& socket) {
    sockets.erase(socket->id);
    owner.socket_broke(socket->id);
  }

  // Asio looks first whether something is there already. To wait for it alone, with one buffer for
  // all, would cost less memory, but more of the system's time for each command.
  void read(const Shared& socket) {
    socket->stream.async_read_some(asio::buffer(socket->buffer),
                                   [this, socket](const error_code& error, std::size_t octets) {
                                     if (!is_there(socket)) return;
                                     if (error == asio::error::eof)
                                       return owner.socket_read_all(socket->id);
                                     if (error) return broke(socket);
                                     owner.socket_read(socket->id, {socket->buffer.data(), octets});
                                   });
  }

  // Nearly always the system takes it at once. That is told with the next wait(). Whoever is told
  // later may have read it by then, but not the end.
  void write(const Shared& socket, Then then) {
    const std::string_view bytes = socket->writing.view();
    error_code error;
    const std::size_t octets = socket->stream.send(asio::buffer(bytes.data(), bytes.size()),
                                                   then == Then::End ? MSG_MORE : 0, error);
    if (error == asio::error::would_block) return write_later(socket);
    if (then == Then::End && octets == bytes.size()) finish_writing(socket);
    socket->writing = {};
    written.push_back({socket, error, octets});
  }

  void write_later(const Shared& socket) {
    socket->stream.async_wait(tcp::socket::wait_write, [this, socket](const error_code& error) {
      if (!is_there(socket)) return;
      if (error) return broke(socket);
      write(socket, Then::MayFollow);
    });
  }

  static void finish_writing(const Shared& socket) {
    if (std::exchange(socket->has_finished, true)) return;
    error_code ignored;  // of a line that broke; reading tells
    socket->stream.shutdown(tcp::socket::shutdown_send, ignored);
  }

  // Whether there was anything to tell.
  bool tell_what_was_written() {
    telling.swap(written);
    for (const Written& one : telling) {
      if (!is_there(one.socket)) continue;
      if (one.error) {
        broke(one.socket);
      } else {
        owner.socket_wrote(one.socket->id, one.octets);
      }
    }
    const bool any = !telling.empty();
    telling.clear();
    return any;
  }

  [[nodiscard]] Duration age() const {
    const auto passed = steady_clock::now() - began;
    return microseconds(std::chrono::duration_cast<std::chrono::microseconds>(passed).count());
  }

  // How many things were told: one, or none until then.
  std::size_t wait_for_one(Duration until) {
    const Duration begun = age();
    std::size_t told = look_out.pays(begun) ? look_for_one(begun, until) : 0;
    if (told == 0) told = context.run_one_until(began + std::chrono::microseconds(until.us));
    look_out.waited(begun, age(), told > 0 ? LookOut::Heard::Something : LookOut::Heard::Nothing);
    return told;
  }

  std::size_t look_for_one(Duration begun, Duration until) {
    const Duration end = std::min(until, begun + LookOut::kLongest);
    std::size_t told = 0;
    while ((told = context.poll_one()) == 0 && age() < end) {
      sched_yield();  // whoever is looked out for may need this very processor
    }
    look_out.looked_out(begun, age());
    return told;
  }

  SocketOwner& owner;
  const steady_clock::time_point began = steady_clock::now();
  asio::io_context context{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE};  // one thread: nothing is locked
  // Waiting lasts until its time has come, also where there is no socket at all.
  asio::executor_work_guard<asio::io_context::executor_type> waiting =
      asio::make_work_guard(context);
  std::unordered_map<SocketId, Shared> sockets;
  std::vector<Written> written;              // since the last wait()
  std::vector<Written> telling;              // empty but while it is told: it keeps its memory
  std::vector<std::unique_ptr<Door>> doors;  // by id - 1
  std::optional<asio::signal_set> signals;
  std::uint64_t last_socket = 0;
  LookOut look_out;
  bool signal_caught = false;
};

Sockets::Sockets(SocketOwner& owner) : impl_(std::make_unique<Impl>(owner)) {}

Sockets::~Sockets() = default;

// ---- Listening -------------------------------------------------------------------------------

Result<Sockets::Listener> Sockets::listen(Endpoint endpoint) {
  const ListenerId id{static_cast<std::uint32_t>(impl_->doors.size() + 1)};
  auto door = std::make_unique<Impl::Door>(impl_->context, id);
  tcp::acceptor& acceptor = door->acceptor;
  error_code error;
  acceptor.open(tcp::v4(), error);
  // A port whose last connections are only remembered by the system is free.
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  // Those that are accepted have it from here.
  if (!error) acceptor.set_option(tcp::no_delay(true), error);
  if (!error) acceptor.bind(asio_endpoint(endpoint), error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) acceptor.non_blocking(true, error);
  if (error) return cannot_listen(endpoint, error);
  endpoint = endpoint_of(acceptor.local_endpoint(error));
  if (error) return cannot_listen(endpoint, error);
  impl_->doors.push_back(std::move(door));
  impl_->accept_at(*impl_->doors.back());
  return Listener{id, endpoint};
}

void Sockets::stop_listening() {
  error_code ignored;
  for (const auto& door : impl_->doors) door->acceptor.close(ignored);
}

// ---- Connections -----------------------------------------------------------------------------

std::optional<SocketId> Sockets::connect(IpAddress from, Endpoint to) {
  const Impl::Shared socket = impl_->add();
  error_code error;
  socket->stream.open(tcp::v4(), error);
  if (!error) socket->stream.set_option(tcp::no_delay(true), error);
  // A port that is chosen before the other end is known must be free towards everybody, and after
  // many thousand calls there is none.
  if (!error && from != IpAddress{}) {
    socket->stream.bind(asio_endpoint({from, Port{0}}), error);
  }
  if (error) {
    impl_->sockets.erase(socket->id);
    return std::nullopt;
  }
  socket->stream.async_connect(asio_endpoint(to), [this, socket](const error_code& failed) {
    if (!impl_->is_there(socket)) return;
    if (failed) {
      impl_->sockets.erase(socket->id);
      return impl_->owner.socket_not_connected(socket->id, failure_of(failed));
    }
    Impl::make_nonblocking(socket->stream);
    impl_->owner.socket_connected(socket->id);
  });
  return socket->id;
}

Endpoint Sockets::local_endpoint(SocketId socket) const {
  error_code ignored;
  return endpoint_of(impl_->find(socket)->stream.local_endpoint(ignored));
}

void Sockets::read(SocketId socket) {
  if (const Impl::Shared reading = impl_->find(socket)) impl_->read(reading);
}

void Sockets::write(SocketId socket, Bytes bytes, Then then) {
  assert(!bytes.empty());
  const Impl::Shared writing = impl_->find(socket);
  if (!writing) return;
  writing->writing = std::move(bytes);
  impl_->write(writing, then);
}

bool Sockets::has_left(SocketId socket) const {
  const Impl::Shared asked = impl_->find(socket);
  if (!asked) return true;
  char octet = 0;
  error_code error;
  asked->stream.receive(asio::buffer(&octet, 1), asio::socket_base::message_peek, error);
  return error && error != asio::error::would_block;
}

void Sockets::finish_writing(SocketId socket) {
  if (const Impl::Shared done = impl_->find(socket)) Impl::finish_writing(done);
}

void Sockets::close(SocketId socket) {
  const Impl::Shared closing = impl_->find(socket);
  if (!closing) return;
  impl_->sockets.erase(socket);
  error_code ignored;
  closing->stream.close(ignored);
}

void Sockets::reset(SocketId socket) {
  error_code ignored;
  if (const auto breaking = impl_->find(socket)) {
    breaking->stream.set_option(asio::socket_base::linger(true, 0), ignored);
  }
  close(socket);
}

// ---- Waiting ---------------------------------------------------------------------------------

Duration Sockets::age() const {
  return impl_->age();
}

std::int64_t Sockets::unix_seconds() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since_1970).count();
}

void Sockets::wait(Duration until_age) {
  // Where that time is over already, nothing would be looked at: what is there is taken all the
  // same.
  const std::size_t told = impl_->tell_what_was_written() ? 1 : impl_->wait_for_one(until_age);
  // To look whether there is more asks the system again, so that a single client would wait for
  // that with each of its commands. Each socket has one thing to tell, as a rule.
  const std::size_t most = std::clamp<std::size_t>(impl_->sockets.size(), 1, kMostAtOnce);
  for (std::size_t i = told; i < most && impl_->context.poll_one() > 0; ++i) {
  }
}

void Sockets::catch_signals() {
  impl_->signals.emplace(impl_->context, SIGINT, SIGTERM);
  impl_->signals->async_wait([this](const error_code& error, int /*signal*/) {
    if (!error) impl_->signal_caught = true;
  });
}

bool Sockets::signal_was_caught() const {
  return impl_->signal_caught;
}

}  // namespace mailwalk::net
