// Journals made by hand: each event in one line, with the numbers that matter.
#pragma once

#include <string>
#include <utility>

#include "journal/journal.hpp"
#include "journal/reducer.hpp"

namespace mailwalk::test {

inline constexpr NodeId kLaptop{1};  // sends
inline constexpr NodeId kPhone{2};   // fetches
inline constexpr NodeId kTablet{3};  // fetches too
inline constexpr NodeId kMta{4};
inline constexpr NodeId kMailServer{5};  // mailboxes, POP3, and an MTA besides

inline const Bytes kBudi("budi@b.example");
inline const Bytes kCitra("citra@b.example");

// One event a millisecond. The stage is set at the beginning: five machines, two maildrops at the
// mail server (budi and citra), an account of budi's on phone and tablet.
class JournalBuilder {
 public:
  JournalBuilder() {
    using namespace journal;
    add(kNoNode,
        RunStarted{Bytes("hand.toml"), {}, Bytes("Hand"), Bytes("Tangan"), 7, {1000, 420}});
    add(kLaptop,
        MachineAdded{Bytes("laptop"), Bytes("Laptop"), Bytes("Laptop"), roles(Role::Device), {}});
    add(kPhone, MachineAdded{Bytes("phone"), Bytes("Phone"), Bytes("HP"), roles(Role::Device), {}});
    add(kTablet,
        MachineAdded{Bytes("tablet"), Bytes("Tablet"), Bytes("Tablet"), roles(Role::Device), {}});
    add(kMta, MachineAdded{Bytes("mta"), Bytes("MTA"), Bytes("MTA"), roles(Role::Mta), {}});
    add(kMailServer, MachineAdded{Bytes("mx"),
                                  Bytes("Server"),
                                  Bytes("Server"),
                                  Role::Mta | Role::MailboxServer | roles(Role::MaaServer),
                                  {}});
    add(kMailServer, MaildropAdded{Bytes("budi"), Bytes("budi@b.example"), 10'000});
    add(kMailServer, MaildropAdded{Bytes("citra"), Bytes("citra@b.example"), 0});
    for (const NodeId device : {kPhone, kTablet}) {
      add(device, AccountSet{kAccount, Bytes("budi"), Bytes("mx"), FetchMode::Keep, 0, {}, 5'000});
    }
  }

  EventPosition add(NodeId node, journal::Payload payload) {
    return add(node, kNoConnection, std::move(payload));
  }
  EventPosition add(NodeId node, ConnectionId connection, journal::Payload payload) {
    return journal_.append(VirtualTime{} + milliseconds(static_cast<std::int64_t>(journal_.size())),
                           node, connection, kNoEvent, std::move(payload));
  }

  // A connection that stands.
  ConnectionId connect(NodeId client, NodeId server, Port port = kSmtpPort) {
    const ConnectionId id{++connections_};
    add(client, id, journal::ConnectionOpening{server, {}, port});
    add(server, id, journal::ConnectionAccepted{});
    add(client, id, journal::ConnectionOpened{});
    return id;
  }
  // One that somebody made who is none of ours.
  ConnectionId connect_from_outside(NodeId server) {
    const ConnectionId id{++connections_};
    add(server, id, journal::ConnectionAccepted{});
    return id;
  }
  void close(ConnectionId id, NodeId first, NodeId second) {
    add(first, id, journal::ConnectionClosing{});
    add(second, id, journal::ConnectionClosing{});
  }

  EventPosition compose(std::uint32_t outbox, journal::AddressList to) {
    return add(kLaptop, journal::MailComposed{journal::OutboxId{outbox}, Bytes("ani@a.example"),
                                              std::move(to), Bytes("Subject: x\r\n\r\nHai\r\n")});
  }
  EventPosition queue(NodeId mta, ConnectionId connection, std::uint64_t number,
                      journal::AddressList to, const char* sender = "ani@a.example") {
    return add(
        mta, connection,
        journal::MailQueued{journal::QueueNumber{number}, Bytes(std::to_string(number)),
                            Bytes(sender), std::move(to), Bytes("Received: q\r\n\r\nHai\r\n")});
  }
  EventPosition deliver(ConnectionId connection, const char* owner, const char* uid,
                        std::uint64_t queue_number = 0) {
    return add(
        kMailServer, connection,
        journal::LetterDelivered{Bytes(owner), Bytes(uid), Bytes("Return-Path: <>\r\n\r\nHai\r\n"),
                                 journal::QueueNumber{queue_number}});
  }

  [[nodiscard]] const journal::Journal& journal() const { return journal_; }
  [[nodiscard]] journal::WorldView view() const { return journal::view_at_end(journal_); }

  inline static const Bytes kAccount{"budi@mx"};

 private:
  journal::Journal journal_;
  std::uint32_t connections_ = 0;
};

// Where the copies of a letter are, in the order of their making: "outbox@1 gone, queue@4 here".
inline std::string places(const journal::WorldView& view, EventPosition birth) {
  static constexpr const char* kPlaces[] = {"outbox", "sent", "queue", "maildrop", "device"};
  static constexpr const char* kStandings[] = {"here", "marked", "refused", "bounced", "gone"};
  std::string text;
  for (const auto& [id, copy] : journal::copies_of(view, journal::LetterId{birth.value()})) {
    if (!text.empty()) text += ", ";
    text += kPlaces[static_cast<std::size_t>(copy.place)];
    text += '@' + std::to_string(copy.machine.value());
    if (!copy.owner.empty()) text += '/' + std::string(copy.owner.view());
    text += ' ';
    text += kStandings[static_cast<std::size_t>(copy.standing)];
  }
  return text;
}

}  // namespace mailwalk::test
