#include "tests/journal/describe.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "base/fingerprint.hpp"

namespace mailwalk::test {

using namespace journal;  // NOLINT: this file is about the view

namespace {

// Texts of people and of strangers: whatever is in them, a line stays a line.
std::string quoted(const Bytes& text) {
  std::string out = "\"";
  for (const char c : text.view()) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 32 || octet == 127 || c == '"' || c == '\\') {
      out += fmt::format("\\{:02x}", octet);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string digest(const Bytes& content) {
  Fingerprint fingerprint;
  fingerprint.add_text(content.view());
  return fmt::format("{} octets {}", content.size(), fingerprint.text());
}

std::string text(const CopyId& copy) {
  return fmt::format("letter {} made {}", copy.letter.value(), copy.made.value());
}

std::string text(LetterId letter) {
  return letter == kNoLetter ? "none" : std::to_string(letter.value());
}

template <class E>
int number(E enumerator) {
  return static_cast<int>(enumerator);
}

class Describer {
 public:
  std::string whole(const WorldView& view) {
    line("events {} now {} seed {} start {} {} file {} title {} {}", view.events, view.now.us,
         view.seed, view.calendar.start_unix_seconds, view.calendar.utc_offset_minutes,
         quoted(view.scenario_file), quoted(view.title_english), quoted(view.title_indonesian));
    for (const auto& [id, machine] : view.machines) describe(*machine);
    for (const auto& [ends, link] : view.links) {
      line("link {} {}: {} us {} bytes/s {}", ends.first.value(), ends.second.value(),
           link.latency.us, link.bytes_per_second, link.segment_bytes);
    }
    for (const auto& [id, connection] : view.connections) describe(*connection);
    for (const auto& [sent, datagram] : view.datagrams) {
      line("datagram {}: {}:{} to {}:{} at {} {}", sent.value(), datagram.from.value(),
           datagram.from_port.value(), datagram.to.value(), datagram.to_port.value(),
           datagram.sent_at.us, digest(datagram.bytes));
    }
    for (const auto& [id, letter] : view.letters) describe(*letter);
    for (const auto& [id, copy] : view.copies) {
      line("copy of {}: machine {} place {} standing {} owner {} changed {}", text(id),
           copy.machine.value(), number(copy.place), number(copy.standing), quoted(copy.owner),
           copy.changed.value());
    }
    return std::move(out_);
  }

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  void describe(const Machine& machine) {
    line("machine {} {} {} {} roles {} address {} used {} of {}", machine.id.value(),
         quoted(machine.name), quoted(machine.label_english), quoted(machine.label_indonesian),
         machine.roles, machine.address.text(), machine.used_bytes, machine.capacity_bytes);
    for (const auto& [id, mail] : machine.outbox) describe(id, *mail);
    for (const auto& [submitted, sent] : machine.sent) {
      line("  sent {}: {} at {} {}", submitted.value(), text(sent.copy), sent.sent_at.us,
           digest(sent.content));
    }
    for (const auto& [id, mail] : machine.queue) describe(id, *mail);
    for (const auto& [owner, maildrop] : machine.maildrops) describe(*maildrop);
    for (const auto& [name, account] : machine.accounts) describe(*account);
    for (const auto& [id, letter] : machine.letters) {
      line("  letter {}: {} account {} uid {} at {} {}{}", id.value(), text(letter.copy),
           quoted(letter.account), quoted(letter.uid), letter.stored_at.us, digest(letter.content),
           letter.read ? " read" : "");
    }
  }

  void describe(OutboxId id, const OutboxMail& mail) {
    line("  outbox {}: {} {} state {} next {} trouble {} {}{}", id.value(), text(mail.copy),
         digest(mail.content), number(mail.state), mail.next_try.us, number(mail.trouble),
         quoted(mail.reason), mail.sent_before ? " sent before" : "");
    for (const Bytes& address : mail.pending) line("    pending {}", quoted(address));
  }

  void describe(QueueNumber id, const QueuedMail& mail) {
    line("  queue {} {}: {} from {} {} at {} next {} attempts {} state {}{}", id.value(),
         quoted(mail.queue_id), text(mail.copy), quoted(mail.sender), digest(mail.content),
         mail.arrived_at.us, mail.next_try.us, mail.attempts, number(mail.state),
         mail.bounced ? " bounced" : "");
    for (const QueuedRecipient& recipient : mail.recipients) {
      line("    to {} outcome {} trouble {} {}", quoted(recipient.address),
           recipient.outcome ? number(*recipient.outcome) : -1, number(recipient.trouble),
           quoted(recipient.reason));
    }
  }

  void describe(const Maildrop& maildrop) {
    line("  maildrop {} {}: used {} of {} lock {} numbered before {}", quoted(maildrop.owner),
         quoted(maildrop.address), maildrop.used_bytes, maildrop.quota_bytes,
         maildrop.lock_holder.value(),
         maildrop.numbered_before ? std::to_string(maildrop.numbered_before->value()) : "none");
    for (const auto& [arrival, letter] : maildrop.letters) {
      line("    arrival {} uid {}: {} at {} {}{}", arrival.value(), quoted(letter.uid),
           text(letter.copy), letter.arrived_at.us, digest(letter.content),
           letter.marked ? " marked" : "");
    }
    for (const auto& [uid, arrival] : maildrop.arrival_of_uid) {
      line("    uid {} arrival {}", quoted(uid), arrival.value());
    }
  }

  void describe(const Account& account) {
    line("  account {} {} at {}: mode {} days {} poll {} us{} full for {} trouble {} {}",
         quoted(account.name), quoted(account.user), quoted(account.server), number(account.mode),
         account.keep_days, account.poll_interval.us, account.polling ? " polling" : "",
         account.did_not_fit, number(account.trouble), quoted(account.reason));
    for (const auto& [uid, letter] : account.known_uids) {
      line("    knows {}: letter {}", quoted(uid), text(letter));
    }
  }

  void describe(const Connection& connection) {
    line("connection {} to {} port {} begun {} letter {} offered {} came in {}",
         connection.id.value(), connection.address.text(), connection.port.value(),
         connection.begun.us, text(connection.letter), text(connection.offered),
         text(connection.came_in));
    describe("client", connection.client);
    describe("server", connection.server);
    for (const auto& [uid, letter] : connection.retrieved) {
      line("  retrieved {}: letter {}", quoted(uid), text(letter));
    }
  }

  void describe(const char* name, const ConnectionEnd& end) {
    line("  {} node {} state {} session {} says next {}", name, end.node.value(), number(end.state),
         session_text(end.session), end.says_next.value());
    for (const auto& [sent, flight] : end.in_flight) {
      line("    in flight {}: {} arrived {} at {} says {}", sent.value(), digest(flight.bytes),
           flight.arrived, flight.sent_at.us, flight.says.value());
    }
  }

  static std::string session_text(const std::optional<SessionState>& state) {
    if (!state) return "none";
    const int value = std::visit([](auto s) { return number(s); }, *state);
    return fmt::format("{}.{}", state->index(), value);
  }

  void describe(const Letter& letter) {
    line("letter {} {}: origin {} at {} born {} sender {} about {} {}", text(letter.id),
         letter_name(letter.number), number(letter.origin), letter.born_at.value(), letter.born.us,
         quoted(letter.sender), text(letter.about), digest(letter.content));
    for (const Bytes& address : letter.recipients) line("  to {}", quoted(address));
    for (const GivenUp& gone : letter.given_up) {
      line("  not for {}: trouble {} {}", quoted(gone.recipient), number(gone.trouble),
           quoted(gone.reason));
    }
  }

  std::string out_;
};

}  // namespace

std::string describe(const WorldView& view) {
  return Describer().whole(view);
}

}  // namespace mailwalk::test
