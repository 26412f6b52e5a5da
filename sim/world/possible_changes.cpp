#include "world/possible_changes.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "pop3/transitions.hpp"
#include "smtp/transitions.hpp"
#include "world/command_at.hpp"

namespace mailwalk::world {
namespace {

using journal::payload_if;
using journal::Protocol;
using journal::Role;

// One of each kind that tells something else: come back later, never, no room, the server goes.
constexpr std::array<std::string_view, 4> kSmtpAnswers{
    "451 4.7.1 Come back later", "550 5.1.1 No such user here", "552 5.2.2 Mailbox full",
    "421 4.3.2 Closing for a while"};
// RFC 2449 section 8 and RFC 3206 have the codes in brackets.
constexpr std::array<std::string_view, 3> kPop3LoginAnswers{
    "-ERR [AUTH] Wrong name or password", "-ERR [IN-USE] Somebody else is in there",
    "-ERR [SYS/TEMP] Come back later"};
constexpr std::array<std::string_view, 3> kPop3LetterAnswers{
    "-ERR No such message", "-ERR That message is marked as deleted",
    "-ERR [SYS/TEMP] Come back later"};
constexpr std::array<std::string_view, 2> kPop3Answers{"-ERR [SYS/TEMP] Come back later",
                                                       "-ERR No"};

bool names_a_letter(pop3::Verb verb) {
  return verb == pop3::Verb::Retr || verb == pop3::Verb::Dele || verb == pop3::Verb::Top;
}
// With which the server has name and proof.
bool is_login(pop3::Verb verb) {
  return verb == pop3::Verb::Pass || verb == pop3::Verb::Apop || verb == pop3::Verb::Auth;
}

class Finder {
 public:
  Finder(const journal::Journal& journal, journal::Timeline& timeline, const Pointed& pointed)
      : journal_(journal),
        timeline_(timeline),
        event_(journal[pointed.event]),
        view_(timeline.view_at(pointed.event)),
        machine_(pointed.machine == kNoNode ? event_.node : pointed.machine),
        connection_(pointed.connection == kNoConnection ? event_.connection : pointed.connection) {}

  std::vector<PossibleChange> find() {
    find_cut();
    find_device_changes();
    find_faults();
    find_answers();
    find_commands();
    const journal::SeedChanged seed{0, view_.seed + 1};
    add(ChangeKind::DrawAnew, kNoNode, kNoConnection, seed);
    return std::move(found_);
  }

 private:
  void add(ChangeKind kind, NodeId machine, ConnectionId connection, Input what) {
    found_.push_back({kind, {machine, connection, std::move(what)}});
  }

  void find_cut() {
    const journal::Connection* connection = view_.connection(connection_);
    if (connection == nullptr) return;
    const std::array states{connection->client.state, connection->server.state};
    const auto has = [&](journal::EndState state) {
      return std::find(states.begin(), states.end(), state) != states.end();
    };
    const bool stands = has(journal::EndState::Open) && !has(journal::EndState::Ended);
    if (stands && !was_cut())
      add(ChangeKind::CutLine, event_.node, connection_, journal::LineCut{});
  }

  // Its ends learn of it only later, and count as open until then.
  [[nodiscard]] bool was_cut() const {
    for (std::uint64_t at = event_.position.value() + 1; at-- > 0;) {
      const journal::Event& event = journal_[EventPosition{at}];
      if (event.connection != connection_) continue;
      if (payload_if<journal::LineCut>(event) || payload_if<journal::FaultInjected>(event)) {
        return true;
      }
      if (payload_if<journal::ConnectionOpening>(event) != nullptr) return false;
    }
    return false;
  }

  void find_faults() {
    const journal::Machine* machine = view_.machine(machine_);
    if (machine == nullptr) return;
    journal::NetworkDisturbed fault;
    if (machine->roles != journal::roles(Role::Device)) {
      fault.fault = journal::Fault::Refuse;
      add(ChangeKind::RefuseCalls, machine_, kNoConnection, fault);
    }
    fault.fault = journal::Fault::Unreachable;
    add(ChangeKind::BeUnreachable, machine_, kNoConnection, fault);
  }

  void find_answers() {
    const auto read = command_read_at(journal_, event_.position);
    if (!read) return;
    const auto* command = payload_if<journal::CommandReceived>(journal_[*read]);
    const auto* pop3 = command == nullptr ? nullptr : std::get_if<pop3::Verb>(&command->verb);
    const auto offer = [&](std::string_view line) {
      add(ChangeKind::Answer, kNoNode, kNoConnection, journal::AnswerReplaced{0, 0, Bytes(line)});
    };
    const auto offer_all = [&](const auto& lines) {
      std::for_each(lines.begin(), lines.end(), offer);
    };
    if (pop3 == nullptr) return offer_all(kSmtpAnswers);
    if (is_login(*pop3)) return offer_all(kPop3LoginAnswers);
    if (names_a_letter(*pop3)) return offer_all(kPop3LetterAnswers);
    offer_all(kPop3Answers);
  }

  // What may be sent in the place of the client's next command, as the transition table has it.
  void find_commands() {
    if (connection_ == kNoConnection) return;
    const auto sent = command_sent_from(journal_, event_.position, connection_);
    if (!sent || sent->value() == 0) return;
    const std::string own(payload_if<journal::CommandSent>(journal_[*sent])->line.view());
    const journal::WorldView before = timeline_.view_at(EventPosition{sent->value() - 1});
    const journal::Connection* connection = before.connection(connection_);
    if (connection == nullptr || !connection->client.session) return;
    const auto offer = [&](const std::string& line) {
      if (line == own || line.empty()) return;
      add(ChangeKind::Type, kNoNode, connection_, journal::CommandTyped{0, 0, Bytes(line)});
    };
    if (const auto* state = std::get_if<pop3::State>(&*connection->client.session)) {
      for (const pop3::Verb verb : pop3::legal_verbs(*state)) offer(pop3_line(verb, own));
    } else if (const auto* smtp_state = std::get_if<smtp::State>(&*connection->client.session)) {
      for (const smtp::Verb verb :
           {smtp::Verb::Ehlo, smtp::Verb::Helo, smtp::Verb::Mail, smtp::Verb::Rcpt,
            smtp::Verb::Rset, smtp::Verb::Noop, smtp::Verb::Vrfy, smtp::Verb::Quit}) {
        if (smtp::is_allowed(*smtp_state, verb)) offer(smtp_line(verb));
      }
    }
  }

  // A whole line; empty for a verb that needs a secret, which nobody types by a click.
  static std::string pop3_line(pop3::Verb verb, const std::string& own) {
    const std::size_t blank = own.find(' ');
    const std::string argument = blank == std::string::npos ? "" : own.substr(blank + 1);
    const bool is_number =
        !argument.empty() && argument.find_first_not_of("0123456789") == std::string::npos;
    const std::string number = is_number ? argument : "1";
    const std::string keyword(pop3::name(verb));
    switch (pop3::arguments_of(verb)) {
      case pop3::Arguments::None:
      case pop3::Arguments::OptionalNumber: return keyword;
      case pop3::Arguments::Number: return keyword + " " + number;
      case pop3::Arguments::NumberAndLines: return keyword + " " + number + " 0";
      case pop3::Arguments::Name: return keyword + " nobody";
      case pop3::Arguments::Text:
      case pop3::Arguments::Mechanism:
      case pop3::Arguments::NameAndDigest: return "";
    }
    return "";
  }

  [[nodiscard]] std::string smtp_line(smtp::Verb verb) const {
    const std::string nobody = "nobody@" + some_domain();
    switch (verb) {
      case smtp::Verb::Ehlo: return "EHLO client.example";
      case smtp::Verb::Helo: return "HELO client.example";
      case smtp::Verb::Mail: return "MAIL FROM:<>";
      case smtp::Verb::Rcpt: return "RCPT TO:<" + nobody + ">";
      case smtp::Verb::Vrfy: return "VRFY " + nobody;
      case smtp::Verb::Rset: return "RSET";
      case smtp::Verb::Noop: return "NOOP";
      case smtp::Verb::Quit: return "QUIT";
      default: return "";
    }
  }
  // One in which somebody has a maildrop.
  [[nodiscard]] std::string some_domain() const {
    for (const auto& [id, machine] : view_.machines) {
      for (const auto& [owner, maildrop] : machine->maildrops) {
        const std::string_view address = maildrop->address.view();
        const std::size_t at = address.rfind('@');
        if (at != std::string_view::npos) return std::string(address.substr(at + 1));
      }
    }
    return "example.org";
  }

  void find_device_changes() {
    const journal::Machine* device = fetching_device();
    if (device == nullptr) return;
    for (const journal::FetchMode mode : {journal::FetchMode::Delete, journal::FetchMode::Keep}) {
      bool is_new = false;
      for (const auto& [name, account] : device->accounts) is_new |= account->mode != mode;
      if (is_new) {
        add(ChangeKind::ChooseMode, device->id, kNoConnection, journal::ModeChosen{0, {}, mode, 0});
      }
    }
    add(ChangeKind::Poll, device->id, kNoConnection, journal::PollWanted{});
  }
  // The machine that is meant, or the one that fetches over the connection.
  [[nodiscard]] const journal::Machine* fetching_device() const {
    const journal::Machine* machine = view_.machine(machine_);
    if (machine != nullptr && !machine->accounts.empty()) return machine;
    const journal::Connection* connection = view_.connection(connection_);
    if (connection == nullptr) return nullptr;
    machine = view_.machine(connection->client.node);
    return machine != nullptr && !machine->accounts.empty() ? machine : nullptr;
  }

  const journal::Journal& journal_;
  journal::Timeline& timeline_;
  const journal::Event& event_;
  journal::WorldView view_;
  NodeId machine_;
  ConnectionId connection_;
  std::vector<PossibleChange> found_;
};

}  // namespace

std::vector<PossibleChange> possible_changes(const journal::Journal& journal,
                                             journal::Timeline& timeline, const Pointed& pointed) {
  return Finder(journal, timeline, pointed).find();
}

}  // namespace mailwalk::world
