#include "export/situation.hpp"

#include <fmt/format.h>

#include <string_view>
#include <variant>

#include "export/count_words.hpp"
#include "export/letter_of.hpp"
#include "export/narrator.hpp"
#include "export/printable.hpp"
#include "export/time_words.hpp"
#include "mail/message.hpp"

namespace mailwalk::exporting {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words

class PlaceTeller {
 public:
  PlaceTeller(const WorldView& view, Language language)
      : view_(view), language_(language), narrator_(language) {}

  std::string tell() {
    add_line(fmt::format("{}, {}", date_words(view_.calendar, view_.now, language_),
                         clock_text(view_.calendar, view_.now)));
    for (const auto& [id, machine] : view_.machines) tell_machine(*machine);
    tell_connections();
    return std::move(text_);
  }

 private:
  // ---- Machines

  void tell_machine(const Machine& machine) {
    add_line("");
    add_line(narrator_.machine(machine.id, view_));
    const std::size_t before = text_.size();
    for (const auto& [id, mail] : machine.outbox) tell_outbox(*mail);
    for (const auto& [id, sent] : machine.sent) {
      add_line("  " + say("in Sent: {0}", "di folder Terkirim: {0}", letter(sent.copy)));
    }
    for (const auto& [id, mail] : machine.queue) tell_queue(*mail);
    for (const auto& [owner, drop] : machine.maildrops) tell_maildrop(*drop);
    for (const auto& [name, account] : machine.accounts) tell_account(*account);
    for (const auto& [id, held] : machine.letters) tell_letter(held);
    if (text_.size() == before) add_line("  " + say("no letters", "tidak ada surat"));
  }

  void tell_outbox(const OutboxMail& mail) {
    const auto state = [&]() -> std::string {
      switch (mail.state) {
        case OutboxState::Sending: return say("being sent", "sedang dikirim");
        case OutboxState::Refused:
          return say("refused: {0}", "ditolak: {0}", narrator_.trouble(mail.trouble, mail.reason));
        case OutboxState::Waiting: break;
      }
      if (mail.trouble == Trouble::None) return say("waits to be sent", "menunggu dikirim");
      return say("waits until {0}: {1}", "menunggu sampai pukul {0}: {1}", clock(mail.next_try),
                 narrator_.trouble(mail.trouble, mail.reason));
    };
    add_line("  " + say("in the outbox: {0}, for {1}; {2}", "di kotak keluar: {0}, untuk {1}; {2}",
                        letter(mail.copy), list(mail.pending), state()));
  }

  void tell_queue(const QueuedMail& mail) {
    AddressList open;
    for (const QueuedRecipient& recipient : mail.recipients) {
      const bool settled = recipient.outcome && *recipient.outcome != Outcome::Deferred;
      if (!settled) open.push_back(recipient.address);
    }
    const std::string state =
        mail.state == QueueState::Trying ? say("being handed on", "sedang diteruskan")
        : mail.attempts == 0
            ? say("waits for its first try", "menunggu percobaan pertama")
            : say("waits until {0}, after {1}", "menunggu sampai pukul {0}, setelah {1}",
                  clock(mail.next_try), tries(mail.attempts));
    add_line("  " + say("in the queue: {0}, for {1}; {2}", "di antrean: {0}, untuk {1}; {2}",
                        letter(mail.copy), list(open), state));
  }

  void tell_maildrop(const Maildrop& drop) {
    std::string line =
        say("{0}'s maildrop: {1}, {2}", "kotak surat {0}: {1}, {2}", printable(drop.owner.view()),
            letters(drop.letters.size()), octets(drop.used_bytes));
    if (drop.quota_bytes > 0) line += say(" of {0}", " dari {0}", drop.quota_bytes);
    if (drop.lock_holder != kNoConnection) {
      line += say(", locked by session #{0}", ", dikunci sesi #{0}", drop.lock_holder.value());
    }
    add_line("  " + line);
    for (const auto& [arrival, held] : drop.letters) tell_in_maildrop(drop, arrival, held);
  }
  void tell_in_maildrop(const Maildrop& drop, EventPosition arrival, const MaildropLetter& held) {
    const auto number = drop.number_in_session(arrival);
    std::string line =
        fmt::format("    {:>3} {}, UID {}, {}", number ? std::to_string(*number) : "-",
                    letter(held.copy), printable(held.uid.view()), octets(held.content.size()));
    if (held.marked) line += say(", marked for deletion", ", ditandai untuk dihapus");
    add_line(line);
  }

  void tell_account(const Account& account) {
    std::string line =
        say("fetches {0}'s mail from {1} in {2}", "mengambil surat {0} dari {1}, {2}",
            printable(account.user.view()), printable(account.server.view()),
            narrator_.mode(account.mode, account.keep_days));
    if (account.polling) {
      line += say("; is asking just now", "; sedang mengambil surat");
    } else if (account.trouble != Trouble::None) {
      line += say("; last time: {0}", "; terakhir kali: {0}",
                  narrator_.trouble(account.trouble, account.reason));
    }
    add_line("  " + line);
  }

  void tell_letter(const DeviceLetter& held) {
    add_line(fmt::format("  {}, {}", letter(held.copy),
                         held.read ? say("read", "sudah dibaca") : say("unread", "belum dibaca")));
  }

  // ---- Connections

  void tell_connections() {
    add_line("");
    if (view_.connections.empty()) {
      add_line(say("no connection is open", "tidak ada sambungan yang terbuka"));
      return;
    }
    add_line(say("open connections", "sambungan yang terbuka"));
    for (const auto& [id, connection] : view_.connections) tell_connection(*connection);
  }

  void tell_connection(const Connection& connection) {
    std::string line = fmt::format(
        "  #{}  {} → {}, port {}", connection.id.value(), end_name(connection.client, connection),
        end_name(connection.server, connection), connection.port.value());
    const std::string state = session_state(connection);
    if (!state.empty()) line += ", " + state;
    if (connection.letter != kNoLetter) {
      line +=
          say(", with letter {0}", ", membawa surat {0}", name_of_letter(connection.letter, view_));
    }
    add_line(line);
    tell_under_way(connection.client, "→");
    tell_under_way(connection.server, "←");
  }

  std::string end_name(const ConnectionEnd& end, const Connection& connection) const {
    if (end.node != kNoNode) return narrator_.machine(end.node, view_);
    return &end == &connection.server ? connection.address.text()
                                      : say("somebody outside", "seseorang di luar");
  }

  // The server's, since it decides what may come next; the client's where there is no other.
  std::string session_state(const Connection& connection) const {
    if (connection.client.state == EndState::Calling) return say("is called", "sedang dihubungi");
    const auto& state =
        connection.server.session ? connection.server.session : connection.client.session;
    if (!state) return {};
    return std::visit(
        [](const auto& its) { return std::string(protocol(its)) + " " + std::string(name(its)); },
        *state);
  }
  static std::string_view protocol(smtp::State) { return "SMTP"; }
  static std::string_view protocol(pop3::State) { return "POP3"; }

  void tell_under_way(const ConnectionEnd& end, std::string_view arrow) {
    std::uint64_t count = 0;
    for (const auto& [sent, part] : end.in_flight) count += part.bytes.size() - part.arrived;
    if (count == 0) return;
    add_line(fmt::format("      {} {}", arrow,
                         say("{0} under way", "{0} dalam perjalanan", octets(count))));
  }

  // ---- Words

  template <class... Arguments>
  std::string say(std::string_view english, std::string_view indonesian,
                  const Arguments&... arguments) const {
    return narrator_.format(english, indonesian, arguments...);
  }
  void add_line(const std::string& line) { text_ += line + '\n'; }

  // letter A “Kopi?”
  std::string letter(const CopyId& copy) const {
    const Letter* found = view_.letter(copy.letter);
    if (found == nullptr) return say("a letter", "sepucuk surat");
    return say("letter {0} “{1}”", "surat {0} “{1}”", letter_name(found->number),
               printable(mail::Message(found->content).decoded_subject()));
  }
  std::string letters(std::uint64_t count) const {
    return say("{0}", "{1} surat", count_words(count, "letter", "letters"), count);
  }
  std::string octets(std::uint64_t count) const {
    return say("{0}", "{1} oktet", count_words(count, "octet", "octets"), count);
  }
  std::string tries(std::uint64_t count) const {
    return say("{0}", "{1} percobaan", count_words(count, "try", "tries"), count);
  }
  std::string clock(VirtualTime time) const {
    return clock_words(view_.calendar, time, view_.now, language_);
  }
  static std::string list(const AddressList& addresses) {
    std::string text;
    for (const Bytes& address : addresses) {
      if (!text.empty()) text += ", ";
      text += printable(address.view());
    }
    return text;
  }

  const WorldView& view_;
  Language language_;
  Narrator narrator_;
  std::string text_;
};

}  // namespace

std::string situation_text(const WorldView& view, Language language) {
  return PlaceTeller(view, language).tell();
}

}  // namespace mailwalk::exporting
