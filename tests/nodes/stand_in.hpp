// Machines that are none of ours: a server with manners of the test's choice, a caller that types.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "net/network.hpp"

namespace mailwalk::test {

enum class Presence : std::uint8_t { Answers, Refuses, Absent };

// What a server says to whom. An empty reply is silence; "cut" breaks the line.
struct Manners {
  Presence presence = Presence::Answers;
  std::string greeting = "220 ready";
  std::map<std::string, std::string> replies = {};  // by verb, "." is the end of data
};

// To that verb this reply, else yes.
inline Manners says(const std::string& verb, const std::string& reply) {
  Manners manners;
  manners.replies[verb] = reply;
  return manners;
}

// An SMTP server that says yes, but where its manners say otherwise.
class StandInServer final : public net::NetworkClient {
 public:
  StandInServer(net::Network& network, NodeId id, Manners manners);

  // All lines of all connections, content included, without CRLF.
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
  // Mails that it has seen to their final dot.
  [[nodiscard]] const std::vector<std::string>& mails() const { return mails_; }

 private:
  struct Talk {
    std::string unread;
    bool in_content = false;
    std::string content;
  };

  void on_accepted(ConnectionId connection, Port local_port, const net::Caller& caller) override;
  void on_connected(ConnectionId) override {}
  void on_connect_failed(ConnectionId, net::ConnectFailure) override {}
  void on_bytes(ConnectionId connection, std::string_view bytes) override;
  void on_closed(ConnectionId connection, net::CloseKind how) override;
  void on_datagram(const net::Datagram&) override {}

  void take_line(ConnectionId connection, const std::string& line);
  void say(ConnectionId connection, const std::string& reply);
  [[nodiscard]] std::string reply_to(const std::string& verb) const;

  net::Network& network_;
  NodeId id_;
  Manners manners_;
  std::map<ConnectionId, Talk> talks_;
  std::vector<std::string> lines_;
  std::vector<std::string> mails_;
};

// Somebody who connects, waits for each reply, and types the next line.
class StandInCaller final : public net::NetworkClient {
 public:
  // What it types, line by line, without CRLF. After the last it waits, or leaves if it says so.
  StandInCaller(net::Network& network, NodeId id, std::vector<std::string> lines);

  void call(IpAddress to, Port port);

  // Everything that it was told.
  [[nodiscard]] const std::string& heard() const { return heard_; }
  [[nodiscard]] bool line_is_closed() const { return closed_; }
  // Breaks the line at once instead of typing the line "(cut)".
  static constexpr std::string_view kCut = "(cut)";

 private:
  void on_accepted(ConnectionId, Port, const net::Caller&) override {}
  void on_connected(ConnectionId) override {}
  void on_connect_failed(ConnectionId, net::ConnectFailure) override { closed_ = true; }
  void on_bytes(ConnectionId connection, std::string_view bytes) override;
  void on_closed(ConnectionId connection, net::CloseKind how) override;
  void on_datagram(const net::Datagram&) override {}

  net::Network& network_;
  NodeId id_;
  std::vector<std::string> lines_;
  std::size_t next_ = 0;
  std::string heard_;
  bool closed_ = false;
};

}  // namespace mailwalk::test
