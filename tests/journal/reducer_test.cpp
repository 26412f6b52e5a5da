// What each event changes in the view, in journals made by hand.
#include "journal/reducer.hpp"

#include "tests/journal/builder.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace {

const OutboxMail* outbox_mail(const WorldView& view, std::uint32_t number) {
  const auto* mail = view.machine(kLaptop)->outbox.find(OutboxId{number});
  return mail == nullptr ? nullptr : &**mail;
}

const QueuedMail* queued_mail(const WorldView& view, std::uint64_t number) {
  const auto* mail = view.machine(kMta)->queue.find(QueueNumber{number});
  return mail == nullptr ? nullptr : &**mail;
}

const Maildrop& budis_maildrop(const WorldView& view) {
  return *view.maildrop(kMailServer, Bytes("budi"));
}

}  // namespace

// ---- The stage -------------------------------------------------------------------------------

TEST_CASE("The view knows run, machines, links, maildrops and accounts as they were set up",
          "[journal][reducer]") {
  JournalBuilder run;
  run.add(kNoNode, LinkAdded{kMta, kLaptop, milliseconds(30), 1000, 500});
  const WorldView view = run.view();
  CHECK(view.scenario_file == "hand.toml");
  CHECK(view.title_english == "Hand");
  CHECK(view.title_indonesian == "Tangan");
  CHECK(view.seed == 7);
  CHECK(view.calendar == Calendar{1000, 420});
  CHECK(view.events == run.journal().size());
  REQUIRE(view.machines.size() == 5);
  const Machine& phone = *view.machine(kPhone);
  CHECK(phone.name == "phone");
  CHECK(phone.label_english == "Phone");
  CHECK(phone.label_indonesian == "HP");
  CHECK(has_role(phone.roles, Role::Device));
  CHECK(phone.capacity_bytes == 5'000);
  CHECK((*phone.accounts.find(JournalBuilder::kAccount))->mode == FetchMode::Keep);
  const Link* link = view.links.find({kLaptop, kMta});
  REQUIRE(link != nullptr);
  CHECK(link->latency == milliseconds(30));
  CHECK(link->bytes_per_second == 1000);
  CHECK(link->segment_bytes == 500);
  CHECK(budis_maildrop(view).address == "budi@b.example");
  CHECK(budis_maildrop(view).quota_bytes == 10'000);
}

TEST_CASE("An account that is changed keeps what the device knows of it", "[journal][reducer]") {
  JournalBuilder run;
  const ConnectionId line = run.connect(kPhone, kMailServer, kPop3Port);
  run.add(kPhone, line,
          LetterStored{DeviceLetterId{1}, JournalBuilder::kAccount, Bytes("u1"), Bytes("x")});
  run.add(kPhone, AccountSet{JournalBuilder::kAccount, Bytes("budi"), Bytes("mx"),
                             FetchMode::KeepDays, 14, minutes(5), 9'000});
  const WorldView view = run.view();
  const Account& account = **view.machine(kPhone)->accounts.find(JournalBuilder::kAccount);
  CHECK(account.mode == FetchMode::KeepDays);
  CHECK(account.keep_days == 14);
  CHECK(account.poll_interval == minutes(5));
  CHECK(account.known_uids.contains(Bytes("u1")));
  CHECK(view.machine(kPhone)->capacity_bytes == 9'000);
}

// ---- Connections -----------------------------------------------------------------------------

TEST_CASE("A connection is in the view from the call until both ends have closed",
          "[journal][reducer][connection]") {
  JournalBuilder run;
  const ConnectionId id{1};
  run.add(kLaptop, id, ConnectionOpening{kMta, {}, kSubmissionPort});
  CHECK(run.view().connection(id)->client.state == EndState::Calling);
  CHECK(run.view().connection(id)->server.state == EndState::Calling);
  run.add(kMta, id, ConnectionAccepted{});
  CHECK(run.view().connection(id)->server.state == EndState::Open);
  run.add(kLaptop, id, ConnectionOpened{});
  CHECK(run.view().connection(id)->client.state == EndState::Open);
  CHECK(run.view().connection(id)->port == kSubmissionPort);
  run.add(kMta, id, ConnectionClosing{});
  CHECK(run.view().connection(id)->server.state == EndState::Ended);
  CHECK(run.view().connection(id)->client.state == EndState::Open);
  run.add(kLaptop, id, ConnectionClosed{});
  CHECK(run.view().connection(id) != nullptr);
  run.add(kLaptop, id, ConnectionClosing{});
  CHECK(run.view().connection(id) == nullptr);
}

TEST_CASE("A connection that fails or is cut leaves the view", "[journal][reducer][connection]") {
  JournalBuilder run;
  run.add(kLaptop, ConnectionId{9}, ConnectionOpening{kMta, {}, kSmtpPort});
  run.add(kLaptop, ConnectionId{9}, ConnectionFailed{ConnectFailure::Refused});
  CHECK(run.view().connections.empty());
  const ConnectionId line = run.connect(kLaptop, kMta);
  run.add(kMta, line, ConnectionReset{});
  CHECK(run.view().connections.size() == 1);
  run.add(kLaptop, line, ConnectionReset{});
  CHECK(run.view().connections.empty());
}

TEST_CASE("A connection with somebody else's machine ends when ours does",
          "[journal][reducer][connection]") {
  JournalBuilder run;
  const ConnectionId from_outside = run.connect_from_outside(kMta);
  CHECK(run.view().connection(from_outside)->client.state == EndState::Elsewhere);
  run.add(kMta, from_outside, BytesSent{Bytes("220 hi\r\n")});
  CHECK(run.view().connection(from_outside)->server.in_flight.empty());
  run.add(kMta, from_outside, ConnectionClosing{});
  CHECK(run.view().connections.empty());

  const ConnectionId to_outside{8};
  run.add(kMta, to_outside, ConnectionOpening{kNoNode, {}, kSmtpPort});
  run.add(kMta, to_outside, ConnectionOpened{});
  CHECK(run.view().connection(to_outside)->server.state == EndState::Elsewhere);
  run.add(kMta, to_outside, ConnectionReset{});
  CHECK(run.view().connections.empty());
}

TEST_CASE("A machine that talks to itself closes both ends one after the other",
          "[journal][reducer][connection]") {
  JournalBuilder run;
  const ConnectionId line = run.connect(kMailServer, kMailServer);
  run.add(kMailServer, line, ConnectionClosing{});
  CHECK(run.view().connection(line)->client.state == EndState::Ended);
  CHECK(run.view().connection(line)->server.state == EndState::Open);
  run.add(kMailServer, line, ConnectionClosing{});
  CHECK(run.view().connections.empty());
}

TEST_CASE("Bytes are in flight until the last of them has arrived or was lost",
          "[journal][reducer][connection]") {
  JournalBuilder run;
  const ConnectionId line = run.connect(kLaptop, kMta);
  const EventPosition command =
      run.add(kLaptop, line, CommandSent{smtp::Verb::Noop, {}, Bytes("NOOP")});
  run.add(kLaptop, line, CommandSent{smtp::Verb::Rset, {}, Bytes("RSET")});
  const EventPosition sent = run.add(kLaptop, line, BytesSent{Bytes("NOOP\r\nRSET\r\n")});
  const EventPosition reply = run.add(kMta, line, BytesSent{Bytes("250 Ok\r\n")});
  {
    const WorldView view = run.view();
    const InFlight* flight = view.connection(line)->client.in_flight.find(sent);
    REQUIRE(flight != nullptr);
    CHECK(flight->bytes == "NOOP\r\nRSET\r\n");
    CHECK(flight->arrived == 0);
    CHECK(flight->says == command);
    CHECK(view.connection(line)->server.in_flight.find(reply)->says == kNoEvent);
  }
  run.add(kMta, line, BytesDelivered{sent, 0, 5});
  CHECK(run.view().connection(line)->client.in_flight.find(sent)->arrived == 5);
  run.add(kLaptop, line, BytesLost{sent, 5, 7});
  CHECK(run.view().connection(line)->client.in_flight.empty());
  CHECK(run.view().connection(line)->server.in_flight.size() == 1);
  run.add(kLaptop, line, BytesDelivered{reply, 0, 8});
  CHECK(run.view().connection(line)->server.in_flight.empty());
}

TEST_CASE("Datagrams are in the view while they are under way", "[journal][reducer]") {
  JournalBuilder run;
  const auto send = [&](NodeId to) {
    return run.add(kMta, DatagramSent{to, {}, Port{5000}, kDnsPort, Bytes("?")});
  };
  const EventPosition first = send(kMailServer);
  const EventPosition second = send(kMailServer);
  send(kNoNode);
  CHECK(run.view().datagrams.size() == 2);
  CHECK(run.view().datagrams.find(first)->from == kMta);
  run.add(kMailServer, DatagramDelivered{first});
  run.add(kMta, DatagramLost{second});
  CHECK(run.view().datagrams.empty());
}

TEST_CASE("Each end has the session state that it told last", "[journal][reducer][connection]") {
  JournalBuilder run;
  const ConnectionId line = run.connect(kLaptop, kMta);
  run.add(kMta, line,
          SessionStateChanged{Side::Server, smtp::State::Connected, smtp::State::Greeted});
  const WorldView view = run.view();
  CHECK(view.connection(line)->server.session == SessionState{smtp::State::Greeted});
  CHECK_FALSE(view.connection(line)->client.session);
}

// ---- Outbox ----------------------------------------------------------------------------------

TEST_CASE("A mail waits in the outbox, is sent, put off, and leaves a copy in Sent",
          "[journal][reducer][outbox]") {
  JournalBuilder run;
  run.compose(1, {kBudi});
  CHECK(outbox_mail(run.view(), 1)->state == OutboxState::Waiting);
  const ConnectionId line = run.connect(kLaptop, kMta);
  run.add(kLaptop, line, SubmissionBegun{OutboxId{1}});
  CHECK(outbox_mail(run.view(), 1)->state == OutboxState::Sending);
  run.add(kLaptop, SubmissionDeferred{OutboxId{1}, VirtualTime{77}, Trouble::ServerSaid,
                                      Bytes("451 later")});
  {
    const WorldView view = run.view();
    CHECK(outbox_mail(view, 1)->state == OutboxState::Waiting);
    CHECK(outbox_mail(view, 1)->next_try == VirtualTime{77});
    CHECK(outbox_mail(view, 1)->trouble == Trouble::ServerSaid);
    CHECK(outbox_mail(view, 1)->reason == "451 later");
    CHECK(view.machine(kLaptop)->sent.empty());
  }
  run.add(kLaptop, MailSubmitted{OutboxId{1}, {kBudi}});
  const WorldView view = run.view();
  CHECK(outbox_mail(view, 1) == nullptr);
  CHECK(view.machine(kLaptop)->sent.size() == 1);
  CHECK(view.machine(kLaptop)->used_bytes ==
        view.machine(kLaptop)->sent.back().value.content.size());
}

TEST_CASE("A mail that is taken bit by bit is kept in Sent once, and leaves the outbox at last",
          "[journal][reducer][outbox]") {
  JournalBuilder run;
  run.compose(1, {kBudi, kCitra, kBudi});
  run.add(kLaptop, MailSubmitted{OutboxId{1}, {kBudi}});
  {
    const WorldView view = run.view();
    REQUIRE(outbox_mail(view, 1) != nullptr);
    CHECK(outbox_mail(view, 1)->pending == AddressList{kCitra, kBudi});
    CHECK(outbox_mail(view, 1)->sent_before);
  }
  run.add(kLaptop, MailSubmitted{OutboxId{1}, {kBudi}});
  run.add(kLaptop, MailRefused{OutboxId{1}, {kCitra}, Bytes("550 no")});
  CHECK(outbox_mail(run.view(), 1) == nullptr);
  CHECK(run.view().machine(kLaptop)->sent.size() == 1);
}

TEST_CASE("A mail that nobody takes stays in the outbox, refused", "[journal][reducer][outbox]") {
  JournalBuilder run;
  const EventPosition birth = run.compose(1, {kBudi});
  run.add(kLaptop, MailRefused{OutboxId{1}, {kBudi}, Bytes("550 no")});
  const WorldView view = run.view();
  REQUIRE(outbox_mail(view, 1) != nullptr);
  CHECK(outbox_mail(view, 1)->state == OutboxState::Refused);
  CHECK(outbox_mail(view, 1)->reason == "550 no");
  CHECK(view.machine(kLaptop)->sent.empty());
  CHECK(places(view, birth) == "outbox@1 refused");
}

TEST_CASE("No copy is kept in Sent where the device has no room for it",
          "[journal][reducer][outbox]") {
  JournalBuilder run;
  run.add(kLaptop, AccountSet{Bytes("a"), {}, {}, FetchMode::Keep, 0, {}, 30});  // fits one
  for (const std::uint32_t outbox : {1u, 2u}) {
    run.compose(outbox, {kBudi});
    run.add(kLaptop, MailSubmitted{OutboxId{outbox}, {kBudi}});
  }
  const WorldView view = run.view();
  CHECK(view.machine(kLaptop)->sent.size() == 1);
  CHECK(view.machine(kLaptop)->outbox.empty());
}

// ---- Queue -----------------------------------------------------------------------------------

TEST_CASE("A queued mail knows of each recipient what became of it, and when it is tried again",
          "[journal][reducer][queue]") {
  JournalBuilder run;
  const EventPosition birth = run.queue(kMta, run.connect_from_outside(kMta), 3, {kBudi, kCitra});
  CHECK(queued_mail(run.view(), 3)->state == QueueState::Waiting);
  const ConnectionId line = run.connect(kMta, kMailServer);
  run.add(kMta, line, RelayBegun{QueueNumber{3}, {kBudi, kCitra}});
  CHECK(queued_mail(run.view(), 3)->state == QueueState::Trying);
  run.add(kMta, RecipientSettled{QueueNumber{3}, kCitra, Outcome::Deferred, Trouble::ServerSaid,
                                 Bytes("452 full")});
  run.add(kMta,
          RecipientSettled{QueueNumber{3}, kBudi, Outcome::Relayed, Trouble::None, Bytes("250")});
  run.add(kMta, RetryScheduled{QueueNumber{3}, VirtualTime{500}, 1});
  {
    const WorldView view = run.view();
    const QueuedMail& mail = *queued_mail(view, 3);
    CHECK(mail.state == QueueState::Waiting);
    CHECK(mail.next_try == VirtualTime{500});
    CHECK(mail.attempts == 1);
    CHECK(mail.recipients[0].outcome == Outcome::Relayed);
    CHECK(mail.recipients[1].outcome == Outcome::Deferred);
    CHECK(mail.recipients[1].trouble == Trouble::ServerSaid);
    CHECK(mail.recipients[1].reason == "452 full");
  }
  run.add(kMta,
          RecipientSettled{QueueNumber{3}, kCitra, Outcome::Expired, Trouble::ServerSaid, {}});
  CHECK(queued_mail(run.view(), 3)->recipients[1].outcome == Outcome::Expired);
  run.add(kMta, MailDequeued{QueueNumber{3}});
  CHECK(queued_mail(run.view(), 3) == nullptr);
  CHECK(places(run.view(), birth) == "queue@4 gone");
}

// ---- Maildrop --------------------------------------------------------------------------------

TEST_CASE("Marks of DELE go with RSET or a lost line, and letters with QUIT; P20",
          "[journal][reducer][maildrop]") {
  JournalBuilder run;
  const ConnectionId outside = run.connect_from_outside(kMailServer);
  const EventPosition first = run.deliver(outside, "budi", "u1");
  run.add(kMailServer, outside, ContentReceived{});
  const EventPosition second = run.deliver(outside, "budi", "u2");
  const std::uint64_t letter_bytes = budis_maildrop(run.view()).used_bytes / 2;
  const ConnectionId line = run.connect(kPhone, kMailServer, kPop3Port);
  run.add(kMailServer, line, MaildropLocked{Bytes("budi")});
  CHECK(budis_maildrop(run.view()).lock_holder == line);
  run.add(kMailServer, line, LetterMarked{Bytes("budi"), Bytes("u1"), 1});
  CHECK(places(run.view(), first) == "maildrop@5/budi marked");
  CHECK(budis_maildrop(run.view()).find(Bytes("u1"))->marked);
  CHECK(budis_maildrop(run.view()).used_bytes == 2 * letter_bytes);
  run.add(kMailServer, line, LetterUnmarked{Bytes("budi"), Bytes("u1")});
  CHECK(places(run.view(), first) == "maildrop@5/budi here");
  run.add(kMailServer, line, LetterMarked{Bytes("budi"), Bytes("u2"), 2});
  run.add(kMailServer, line, LetterExpunged{Bytes("budi"), Bytes("u2")});
  run.add(kMailServer, line, MaildropUnlocked{Bytes("budi")});
  const WorldView view = run.view();
  CHECK(places(view, second) == "maildrop@5/budi gone");
  CHECK(budis_maildrop(view).find(Bytes("u2")) == nullptr);
  CHECK(budis_maildrop(view).letters.size() == 1);
  CHECK(budis_maildrop(view).used_bytes == letter_bytes);
  CHECK(budis_maildrop(view).lock_holder == kNoConnection);
}

TEST_CASE("Message numbers are those of the session: letters that come later have none",
          "[journal][reducer][maildrop]") {
  JournalBuilder run;
  const ConnectionId outside = run.connect_from_outside(kMailServer);
  const EventPosition first = run.deliver(outside, "budi", "u1");
  const EventPosition second = run.deliver(outside, "budi", "u2");
  const auto number = [&](EventPosition arrival) {
    return budis_maildrop(run.view()).number_in_session(arrival);
  };
  CHECK_FALSE(number(first));
  const ConnectionId line = run.connect(kPhone, kMailServer, kPop3Port);
  run.add(kMailServer, line, MaildropLocked{Bytes("budi")});
  const EventPosition late = run.deliver(outside, "budi", "u3");
  CHECK(number(first) == 1u);
  CHECK(number(second) == 2u);
  CHECK_FALSE(number(late));
  run.add(kMailServer, line, LetterMarked{Bytes("budi"), Bytes("u1"), 1});
  CHECK(number(second) == 2u);
  run.add(kMailServer, line, LetterExpunged{Bytes("budi"), Bytes("u1")});
  CHECK_FALSE(number(second));
  run.add(kMailServer, line, MaildropUnlocked{Bytes("budi")});
  CHECK_FALSE(number(second));
}

// ---- Device ----------------------------------------------------------------------------------

TEST_CASE("A letter on a device is read and thrown away there, and its UID stays known",
          "[journal][reducer][device]") {
  JournalBuilder run;
  const ConnectionId line = run.connect(kPhone, kMailServer, kPop3Port);
  run.add(kPhone, PollStarted{JournalBuilder::kAccount});
  const auto account = [&]() -> Account {
    return **run.view().machine(kPhone)->accounts.find(JournalBuilder::kAccount);
  };
  CHECK(account().polling);
  const EventPosition birth = run.add(
      kPhone, line,
      LetterStored{DeviceLetterId{1}, JournalBuilder::kAccount, Bytes("u1"), Bytes("Hai\r\n")});
  run.add(kPhone, PollFinished{JournalBuilder::kAccount, 1, Trouble::LineLost, Bytes("oh")});
  CHECK_FALSE(account().polling);
  CHECK(account().trouble == Trouble::LineLost);
  CHECK(account().reason == "oh");
  CHECK_FALSE(run.view().machine(kPhone)->letters.find(DeviceLetterId{1})->read);
  run.add(kPhone, LetterRead{DeviceLetterId{1}});
  CHECK(run.view().machine(kPhone)->letters.find(DeviceLetterId{1})->read);
  CHECK(run.view().machine(kPhone)->used_bytes == 5);
  run.add(kPhone, LetterRemoved{DeviceLetterId{1}});
  const WorldView view = run.view();
  CHECK(view.machine(kPhone)->letters.empty());
  CHECK(view.machine(kPhone)->used_bytes == 0);
  CHECK(account().known_uids.contains(Bytes("u1")));
  CHECK(places(view, birth) == "device@2 gone");
}
