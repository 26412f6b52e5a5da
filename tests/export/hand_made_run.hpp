// Runs written by hand, so that a transcript can be read beside what it tells.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "journal/journal.hpp"

namespace mailwalk::test {

inline constexpr NodeId kAnisLaptop{1};
inline constexpr NodeId kBudisPhone{2};
inline constexpr NodeId kMta{3};
inline constexpr NodeId kMailboxServer{4};

// A stage of four machines and one maildrop, and the means to let something happen on it. What is
// sent arrives 20 ms later.
class HandMadeRun {
 public:
  HandMadeRun() {
    using namespace journal;
    add(kNoNode, RunStarted{Bytes("hand.toml"),
                            {},
                            Bytes("A run by hand"),
                            Bytes("Dibuat tangan"),
                            42,
                            {1'767'578'400, 420}});
    add_machine(kAnisLaptop, "laptop-ani", "Ani's laptop", "Laptop Ani", roles(Role::Device));
    add_machine(kBudisPhone, "hp-budi", "Budi's phone", "HP Budi", roles(Role::Device));
    add_machine(kMta, "smtp.kampus.example", "Campus MTA", "MTA kampus", roles(Role::Mta));
    add_machine(kMailboxServer, "mx.kantor.example", "Mailbox server", "Server kotak surat",
                Role::MailboxServer | Role::MaaServer);
    add(kMailboxServer, MaildropAdded{Bytes("budi"), Bytes("budi@kantor.example"), 10'000});
    add(kBudisPhone,
        AccountSet{
            kAccount, Bytes("budi"), Bytes("mx.kantor.example"), FetchMode::Delete, 0, {}, 50'000});
  }

  void wait(Duration duration) { now_ = now_ + duration; }

  EventPosition add(NodeId node, journal::Payload payload) {
    return add(node, kNoConnection, std::move(payload));
  }
  EventPosition add(NodeId node, ConnectionId connection, journal::Payload payload,
                    EventPosition cause = kNoEvent) {
    return journal_.append(now_, node, connection, cause, std::move(payload));
  }
  // At the client, not on the connection, but because of the last thing that happened on it.
  EventPosition in_consequence(journal::Payload payload) {
    return add(client_, kNoConnection, std::move(payload), EventPosition{journal_.size() - 1});
  }

  // A connection that stands; what is said from now on is said on it.
  void call(NodeId client, NodeId server, Port port) {
    client_ = client;
    server_ = server;
    connection_ = ConnectionId{connection_.value() + 1};
    at_client(journal::ConnectionOpening{server, IpAddress{0xC0000201}, port});
    wait(kOneWay);
    at_server(journal::ConnectionAccepted{});
    wait(kOneWay);
    at_client(journal::ConnectionOpened{});
  }
  void hang_up() {
    at_client(journal::ConnectionClosing{});
    at_server(journal::ConnectionClosing{});
  }
  void cut() {
    at_server(journal::ConnectionReset{});
    at_client(journal::ConnectionReset{});
  }

  EventPosition at_client(journal::Payload payload) {
    return add(client_, connection_, std::move(payload));
  }
  EventPosition at_server(journal::Payload payload) {
    return add(server_, connection_, std::move(payload));
  }

  void command(journal::Verb verb, const std::string& line,
               journal::Secrecy secrecy = journal::Secrecy::Open) {
    at_client(journal::CommandSent{verb, secrecy, Bytes(line)});
    wait(kOneWay);
    at_server(journal::CommandReceived{verb, secrecy, Bytes(line)});
  }
  void reply(std::optional<journal::Verb> to, std::uint16_t code, const std::string& text,
             const std::string& content = {}) {
    const auto protocol = text.starts_with('+') || text.starts_with('-') ? journal::Protocol::Pop3
                                                                         : journal::Protocol::Smtp;
    at_server(journal::ReplySent{to, code, Bytes(text), Bytes(content), protocol});
    wait(kOneWay);
    at_client(journal::ReplyReceived{to, code, Bytes(text), Bytes(content), protocol});
  }
  void content(const std::string& content) {
    at_client(journal::ContentSent{Bytes(content)});
    wait(kOneWay);
    at_server(journal::ContentReceived{Bytes(content)});
  }

  [[nodiscard]] const journal::Journal& journal() const { return journal_; }

  inline static const Bytes kAccount{"budi@mx.kantor.example"};

 private:
  static constexpr Duration kOneWay = milliseconds(20);

  void add_machine(NodeId node, const char* name, const char* english, const char* indonesian,
                   journal::Roles roles) {
    add(node, journal::MachineAdded{Bytes(name), Bytes(english), Bytes(indonesian), roles, {}});
  }

  journal::Journal journal_;
  VirtualTime now_;
  NodeId client_, server_;
  ConnectionId connection_;
};

}  // namespace mailwalk::test
