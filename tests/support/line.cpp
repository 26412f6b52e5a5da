#include "tests/support/line.hpp"

#include <cstdlib>
#include <optional>

#include "journal/journal.hpp"
#include "journal/recorder.hpp"
#include "net/scheduler.hpp"
#include "net/tcp_network.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/raw_client.hpp"

namespace mailwalk::test {
namespace {

class MemoryLine final : public Line {
 public:
  std::vector<std::string> to_server(std::string_view bytes) override {
    return {std::string(bytes)};
  }
  std::vector<std::string> command_to_server(std::string_view bytes) override {
    return to_server(bytes);
  }
  std::string to_client(const std::string& bytes) override { return bytes; }
};

net::TcpOptions any_port() {
  net::TcpOptions options;
  options.ports[kSmtpPort] = Port{0};
  return options;
}

// The server's end belongs to the TCP network, the client's is a socket.
class TcpLine final : public Line, private net::NetworkClient {
 public:
  TcpLine() : recorder_(journal_), scheduler_(recorder_), network_(scheduler_, any_port()) {
    network_.add_machine(kServer, IpAddress{0xC0000201}, *this);
    network_.listen(kServer, kSmtpPort);
    REQUIRE(network_.trouble() == nullptr);
    const net::Endpoint door = network_.doors().front().endpoint;
    client_.emplace(door.address, door.port.value());
    while (connection_ == kNoConnection) go_on();
  }

  std::vector<std::string> to_server(std::string_view bytes) override {
    pieces_.clear();
    send(bytes);
    if (pieces_.empty()) pieces_.emplace_back();
    return std::move(pieces_);
  }

  std::vector<std::string> command_to_server(std::string_view bytes) override {
    if (bytes.size() < 3) return to_server(bytes);
    pieces_.clear();
    send(bytes.substr(0, 1));
    send(bytes.substr(1, bytes.size() - 2));
    send(bytes.substr(bytes.size() - 1));
    return std::move(pieces_);
  }

  std::string to_client(const std::string& bytes) override {
    const std::size_t before = client_->heard().size();
    network_.send(connection_, kServer, Bytes(bytes));
    while (client_->heard().size() < before + bytes.size()) {
      REQUIRE(client_->end() == RawClient::End::Open);
      go_on();
      client_->read();
    }
    return client_->heard().substr(before);
  }

 private:
  static constexpr NodeId kServer{1};

  // Until all of it has arrived.
  void send(std::string_view bytes) {
    const std::size_t wanted = arrived_ + bytes.size();
    while (arrived_ < wanted) {
      bytes.remove_prefix(client_->send_some(bytes));
      go_on();
    }
  }

  void go_on() {
    REQUIRE(network_.now() < VirtualTime{} + minutes(1));  // it hangs
    network_.wait(network_.now() + milliseconds(1));
    while (scheduler_.next_time() && *scheduler_.next_time() <= network_.now()) scheduler_.step();
  }

  void on_accepted(ConnectionId connection, Port, const net::Caller&) override {
    connection_ = connection;
  }
  void on_connected(ConnectionId) override {}
  void on_connect_failed(ConnectionId, net::ConnectFailure) override {}
  void on_bytes(ConnectionId, std::string_view bytes) override {
    pieces_.emplace_back(bytes);
    arrived_ += bytes.size();
  }
  void on_closed(ConnectionId, net::CloseKind) override {}
  void on_datagram(const net::Datagram&) override {}

  journal::Journal journal_;
  journal::Recorder recorder_;
  net::Scheduler scheduler_;
  net::TcpNetwork network_;
  std::optional<RawClient> client_;
  ConnectionId connection_;
  std::vector<std::string> pieces_;
  std::size_t arrived_ = 0;
};

}  // namespace

std::unique_ptr<Line> make_line() {
  const char* wanted = std::getenv("MAILWALK_TEST_LINE");
  if (wanted != nullptr && std::string_view(wanted) == "tcp") return std::make_unique<TcpLine>();
  return std::make_unique<MemoryLine>();
}

}  // namespace mailwalk::test
