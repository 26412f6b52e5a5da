#include "tests/support/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace mailwalk::test {
namespace {

sockaddr_in system_address(IpAddress address, std::uint16_t port) {
  sockaddr_in system{};
  system.sin_family = AF_INET;
  system.sin_addr.s_addr = htonl(address.value);
  system.sin_port = htons(port);
  return system;
}

}  // namespace

RawClient::RawClient(IpAddress address, std::uint16_t port, IpAddress bind_to)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (bind_to.value != 0) {
    const sockaddr_in own = system_address(bind_to, 0);
    ::bind(socket_, reinterpret_cast<const sockaddr*>(&own), sizeof own);
  }
  const sockaddr_in server = system_address(address, port);
  const int called = ::connect(socket_, reinterpret_cast<const sockaddr*>(&server), sizeof server);
  if (called != 0 && errno != EINPROGRESS) end_ = End::Broken;
}

RawClient::~RawClient() {
  reset();  // leaves nothing behind that the system would remember for a minute
}

std::size_t RawClient::send_some(std::string_view bytes) {
  const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  return sent > 0 ? static_cast<std::size_t>(sent) : 0;
}

void RawClient::read() {
  std::array<char, 65'536> buffer;
  while (end_ == End::Open) {
    const ssize_t octets = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (octets > 0) {
      heard_.append(buffer.data(), static_cast<std::size_t>(octets));
    } else if (octets == 0) {
      end_ = End::Closed;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOTCONN) {
      return;
    } else {
      end_ = End::Broken;
    }
  }
}

void RawClient::finish() {
  ::shutdown(socket_, SHUT_WR);
}

void RawClient::reset() {
  if (socket_ < 0) return;
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

void RawClient::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

}  // namespace mailwalk::test
